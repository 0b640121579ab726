"""Meetings that people name in their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from barnraise.foundation.text import fold

from ..models import Meeting


def called(texts: Collection[str]) -> Mapping[str, Sequence[Meeting]]:
    """By text the meetings that are meant by it: their title, or their id. At most two queries."""
    found: dict[str, list[Meeting]] = defaultdict(list)
    ids, titles = {}, defaultdict(list)
    for text in texts:
        try:
            ids[UUID(text)] = text
        except ValueError:
            titles[fold(text)[:200]].append(text)
    if ids:
        for row in Meeting.objects.filter(uuid__in=list(ids)):
            found[ids[row.uuid]].append(row)
    if titles:
        for row in Meeting.objects.filter(title_folded__in=list(titles)).order_by("pk"):
            for text in titles[row.title_folded]:
                found[text].append(row)
    return found


def named_many(texts: Collection[str]) -> Mapping[str, Sequence[str]]:
    """By text the typed references of meetings at which something may be promised: an id, a title, or a title with the day
    ("Food table, 2026-03-02"). Those that are cancelled are none."""
    parts = {text: _parted(text) for text in texts}
    rows = called({name for names in parts.values() for name, _day in names})
    found: dict[str, list[str]] = {}
    for text, names in parts.items():
        met = {
            row.pk
            for name, day in names
            for row in rows.get(name, [])
            if row.cancelled_at is None and day in ("", row.on.isoformat())
        }
        found[text] = [f"meetings.meeting:{key}" for key in sorted(met)]
    return found


def _parted(text: str) -> list[tuple[str, str]]:
    """The whole as a name, and what stands before the last comma with the day behind it."""
    name, comma, day = text.rpartition(",")
    return [(text, ""), *([(name.strip(), day.strip())] if comma and day.strip() else [])]
