"""Tag names as people type them. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from barnraise.foundation.text import fold, squeeze

LONGEST = 60
"""Characters of a name."""

MOST_AT_ONCE = 50
"""Names in one text."""


def tidy(name: str) -> str:
    """A name without control characters, commas and spare blanks."""
    return squeeze("".join(ch if ch.isprintable() and ch not in ",;" else " " for ch in name))


def folded(name: str) -> str:
    """What makes two names the same tag: case, accents and blanks do not count."""
    return fold(tidy(name))[:80]


def split(text: str) -> list[str]:
    """The names in a text parted by commas, semicolons or lines, each once, in order."""
    for sign in (";", "\n", "\r"):
        text = text.replace(sign, ",")
    return distinct(text.split(","))


def distinct(names: Iterable[str]) -> list[str]:
    """Tidied names, empty ones and repetitions left out."""
    found: dict[str, str] = {}
    for name in names:
        kept = tidy(name)
        if kept and folded(kept):
            found.setdefault(folded(kept), kept)
    return list(found.values())
