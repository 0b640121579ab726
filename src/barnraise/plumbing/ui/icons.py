"""Icons: one `<use>` of the sprite that the vendor build makes of the names in icons.txt (Tabler icons)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

from barnraise.foundation.html import Safe, attributes

NAMES_FILE = Path(__file__).parent / "icons.txt"


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The names icon() draws: one on each line of icons.txt, comments after `#`."""
    lines = (line.split("#")[0].strip() for line in NAMES_FILE.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line)


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("vendor/icons.svg")


def icon(name: str, *, label: Any = None, class_: str = "icon") -> Safe:
    """The icon of that name (one of `names()`); hidden from screen readers unless `label` says what it means."""
    return _drawn(name, str(label) if label else "", class_)


@lru_cache(maxsize=1000)
def _drawn(name: str, label: str, class_: str) -> Safe:
    seen = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    attrs = attributes({"class": class_, **seen, "focusable": "false"})
    return Safe(f'<svg{attrs}><use href="{_sprite()}#{name}"></use></svg>')
