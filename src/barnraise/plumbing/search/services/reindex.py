"""Write the whole index anew, kind by kind, and notice at night when it does not agree with the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from barnraise.plumbing.jobs import services as jobs

from ..models import SearchDocument
from ..sockets import Documents, documents
from .index import AT_ONCE, index, remove


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one step of a reindex did: where the next one starts (None: over) and how many documents it wrote."""

    kind: str
    after: int
    written: int
    is_over: bool


def reindex(kind: str | None = None, *, by: Any = None) -> Any:
    """Start a job that writes the documents of one kind, or of all kinds, anew. Returns the job.

    Raises SocketError when nothing is plugged for `kind`.
    """
    if kind is not None:
        documents.get(kind)
    return jobs.start(handler="search.reindex", title="Rebuild search", arguments={"kind": kind or ""}, by=by)


def reindex_step(*, kinds: Sequence[str], cursor: Mapping[str, Any]) -> Stretch:
    """Write the next AT_ONCE documents of `kinds`. Safe to repeat. `cursor` is {} or {"kind", "after"} of the last step."""
    if not kinds:
        return Stretch("", 0, 0, is_over=True)
    kind = str(cursor.get("kind") or kinds[0])
    after = int(cursor.get("after") or 0)
    keys = list(_next_keys(kind, documents.get(kind), after))
    stale = SearchDocument.objects.filter(kind=kind, key__gt=after).exclude(key__in=keys)
    if len(keys) == AT_ONCE:
        stale = stale.filter(key__lt=keys[-1])
    remove(kind, list(stale.values_list("key", flat=True)))
    written = index(kind, keys)
    if len(keys) == AT_ONCE:
        return Stretch(kind, keys[-1], written, is_over=False)
    follower = kinds[list(kinds).index(kind) + 1 :]
    return Stretch(follower[0] if follower else kind, 0, written, is_over=not follower)


def compare_counts() -> dict[str, tuple[int, int]]:
    """Kinds whose number of documents is not the number of things: kind -> (documents, things)."""
    held = dict(SearchDocument.objects.values_list("kind").annotate(count=models.Count("id")))
    found = {}
    for kind, plug in documents.items():
        things = plug.count() if plug.count else _model(kind)._default_manager.count()
        if held.get(kind, 0) != things:
            found[kind] = (held.get(kind, 0), things)
    found.update({kind: (count, 0) for kind, count in held.items() if kind not in documents})
    return found


def _model(kind: str) -> type[models.Model]:
    return apps.get_model(kind)


def _next_keys(kind: str, plug: Documents, after: int) -> Sequence[int]:
    if plug.after is not None:
        return plug.after(after, AT_ONCE)
    rows = _model(kind)._default_manager.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])
