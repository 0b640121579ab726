"""Who was in the room, the themes, and the quotes of a listening session, as lines of text and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

MOST = 200


def groups_of(lines: str) -> list[dict[str, Any]]:
    """Of lines like "Seniors: 8"; without a number one person. Raises ValueError with a sentence naming the line."""
    found = []
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        group, mark, count = line.rpartition(":")
        if not mark:
            group, count = line, "1"
        if not group.strip() or not count.strip().isascii() or not count.strip().isdigit():
            raise ValueError(
                _("Line %(line)d: write a group and how many, such as Seniors: 8.") % {"line": number}
            )
        found.append({"group": group.strip(), "count": int(count)})
    return found


def lines_of(groups: Sequence[Mapping[str, Any]]) -> str:
    """The text from which `groups_of` makes them again."""
    return "\n".join(f"{one['group']}: {one['count']}" for one in groups)


def quotes_of(free: str, bound: str) -> list[dict[str, Any]]:
    """Of quotes, one in a line: those that may be repeated, and those that may not."""
    said = [(line, True) for line in free.splitlines()] + [(line, False) for line in bound.splitlines()]
    return [{"text": line.strip(), "may_repeat": is_free} for line, is_free in said if line.strip()]


def faults(groups: Any, themes: Any, quotes: Any) -> list[tuple[str, str]]:
    """(field, reason) of whatever has the wrong shape."""
    found = []
    if not isinstance(groups, list) or not all(_is_group(one) for one in groups):
        found.append(("groups", _("Each group has a name and how many were there, 1 to 10,000.")))
    if not isinstance(themes, list) or not all(_is_text(one, 200) for one in themes):
        found.append(("themes", _("A theme is a text of at most 200 characters.")))
    if not isinstance(quotes, list) or not all(_is_quote(one) for one in quotes):
        found.append(
            ("quotes", _("A quote has its words, at most 1,000 characters, and whether it may be repeated."))
        )
    return found


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= most and "\x00" not in value


def _is_group(one: Any) -> bool:
    if not isinstance(one, dict) or set(one) != {"group", "count"}:
        return False
    count = one["count"]
    return _is_text(one["group"], 120) and type(count) is int and 1 <= count <= 10_000


def _is_quote(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"text", "may_repeat"}
        and _is_text(one["text"], 1000)
        and type(one["may_repeat"]) is bool
    )
