"""Placeholders in texts: {{given_name}}, or with words for those who have none: {{given_name|neighbour}}. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*(?:\|([^{}|]*))?\}\}")
_BRACES = re.compile(r"\{\{[^{}]*\}\}|\{\{|\}\}")


def names_in(*texts: str) -> list[str]:
    """The names of all placeholders, each once, in order."""
    return list(dict.fromkeys(found[1] for text in texts for found in _PLACE.finditer(text)))


def broken_in(*texts: str) -> list[str]:
    """Braces that are no placeholder, as they stand."""
    found = []
    for text in texts:
        rest = _PLACE.sub("", text)
        found += [one[0] for one in _BRACES.finditer(rest)]
    return list(dict.fromkeys(found))


def unknown_in(known: Iterable[str], *texts: str) -> list[str]:
    """Names that nobody gives a value for."""
    have = set(known)
    return [name for name in names_in(*texts) if name not in have]


def filled(text: str, values: Mapping[str, str], *, is_html: bool = False) -> str:
    """The text with values in their places; without one the words behind the bar, else nothing."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1], "") or (found[2] or "").strip()
        return html.escape(value) if is_html else value

    return _PLACE.sub(put, text)
