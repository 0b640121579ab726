"""HTML built in Python: escaped by default, several times faster than templates for table bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

_VOID = frozenset({"br", "hr", "img", "input", "use", "path", "meta", "link", "col", "source", "wbr"})


class Safe(str):
    """Text that is HTML already. Django's templates take it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


_SPECIAL = re.compile("[&<>\"']").search


def _escaped(value: str) -> str:
    """Most texts hold nothing to escape, and looking is quicker than five replacements."""
    return escape(value, quote=True) if _SPECIAL(value) else value


def text(value: Any) -> Safe:
    """Any value as escaped HTML; None is nothing; Safe stays as it is."""
    if isinstance(value, Safe):
        return value
    if value is None:
        return Safe("")
    if hasattr(value, "__html__"):
        return Safe(value.__html__())
    return Safe(_escaped(str(value)))


def join(parts: Iterable[Any], separator: str = "") -> Safe:
    """Parts one after the other, each escaped as by `text`; `separator` is HTML."""
    return Safe(separator.join(text(part) for part in parts))


@lru_cache(maxsize=1000)
def _attribute(name: str) -> str:
    return name.strip("_").replace("_", "-")


def attributes(values: Mapping[str, Any]) -> str:
    """` name="value"` pairs; None and False are left out, True is a bare name; `_` becomes `-`, a leading `_` goes."""
    out = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        out.append(
            f" {_attribute(name)}" if value is True else f' {_attribute(name)}="{_escaped(str(value))}"'
        )
    return "".join(out)


def el(tag: str, /, *children: Any, **attrs: Any) -> Safe:
    """`<tag attrs>children</tag>`. `class_="x"`, `data_id=3` and `aria_label="..."` become class, data-id, aria-label."""
    head = f"<{tag}{attributes(attrs)}>" if attrs else f"<{tag}>"
    if tag in _VOID:
        return Safe(head)
    return Safe(f"{head}{''.join([text(child) for child in children])}</{tag}>")
