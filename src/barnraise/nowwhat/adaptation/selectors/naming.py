"""Typed references that people write as names, and how they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.sockets import kinds
from barnraise.what.events.models import Event
from barnraise.what.projects.models import Project
from barnraise.why.goals.models import Goal, Objective

_NAMED: tuple[tuple[str, Any, str], ...] = (
    ("projects.project", Project, "name_folded"),
    ("goals.objective", Objective, "name_folded"),
    ("goals.goal", Goal, "name_folded"),
    ("events.event", Event, "title_folded"),
)


def named_many(texts: Collection[str], kinds_of: Sequence[str]) -> dict[str, list[str]]:
    """By text the typed references of the projects, objectives, goals and events that are called so, or that it names itself ("events.event:3").

    Two queries for each kind."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        wanted[fold(text)].add(text)
    found: dict[str, list[str]] = defaultdict(list)
    for kind, model, field in _NAMED:
        if kind in kinds_of:
            rows = model._default_manager.filter(**{f"{field}__in": list(wanted)}).order_by("pk")
            for key, name in rows.values_list("pk", field):
                for text in wanted[name]:
                    found[text].append(f"{kind}:{key}")
    typed = [text for text in texts if text not in found and text.partition(":")[0] in kinds_of]
    return found | {text: [text] for text in titles_of(typed)}


def titles_of(refs: Collection[str]) -> dict[str, str]:
    """Titles of these typed references; what is gone is left out. A query for each kind."""
    keys: dict[str, list[int]] = defaultdict(list)
    for text in set(refs):
        try:
            ref = Ref.parse(text)
        except ValueError:
            continue
        keys[ref.kind].append(ref.id)
    found: dict[str, str] = {}
    for kind, some in keys.items():
        described = kinds.find(kind)
        if described is not None:
            found |= {f"{kind}:{key}": str(title) for key, title in described.titles(some).items() if title}
    return found


def linked(refs: Sequence[str]) -> list[tuple[str, str]]:
    """(title, address) of what these typed references name, in their order; what is gone is left out."""
    titles = titles_of(refs)
    found = []
    for text in refs:
        if text in titles:
            ref = Ref.parse(text)
            found.append((titles[text], str(kinds.get(ref.kind).url(ref.id))))
    return found


def seen(ref: str) -> Mapping[str, str]:
    """Title and address of one typed reference; empty where it is gone."""
    return {"title": found[0][0], "url": found[0][1]} if (found := linked([ref])) else {}
