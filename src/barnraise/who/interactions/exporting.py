"""Interactions as rows of a sheet, or whole: all of them for the operator, or what one account may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from barnraise.foundation.text import squeeze
from barnraise.plumbing.tags import selectors as tags

from . import policies, selectors
from .models import Interaction, NextStep
from .selectors import KIND, TakingPart

COLUMNS = (
    "uuid",
    "When",
    "Kind",
    "Direction",
    "Subject",
    "Text",
    "People",
    "Organisations",
    "Community",
    "Noted by",
    "Who may read it",
    "Next steps",
    "Tags",
)
_BATCH = 500


def _rows(actor: Any) -> Iterator[tuple[Interaction, TakingPart, list[str]]]:
    last = 0
    while True:
        found = list(selectors.listed(actor).filter(pk__gt=last).order_by("pk")[:_BATCH])
        if not found:
            return
        keys = [row.pk for row in found]
        around, tagged = selectors.taking_part(keys), tags.tags_of(KIND, keys)
        for row in found:
            part = around[row.pk]
            if actor is not None:
                part.steps = [step for step in part.steps if policies.may_see_step(actor, step)]
            yield row, part, [tag.name for tag in tagged.get(row.pk, ())]
        last = keys[-1]


def number(actor: Any = None) -> int:
    """How many there are, for this account or for the operator."""
    return selectors.listed(actor).count()


def whole(actor: Any = None) -> Iterator[dict[str, Any]]:
    """Each interaction with everything it says, in the order they were noted.

    Without `actor` all of them, also those that only coordinators read: `visibility` says which.
    """
    for row, part, names in _rows(actor):
        yield {
            "uuid": str(row.uuid),
            "kind": row.kind,
            "direction": row.direction,
            "subject": row.subject,
            "text": row.text,
            "happened_at": row.happened_at.isoformat(),
            "visibility": row.visibility,
            "by": row.by.email if row.by else None,
            "community": row.community.name if row.community else None,
            "people": [{"uuid": str(one.uuid), "name": one.display_name} for one in part.people],
            "organisations": [{"uuid": str(one.uuid), "name": one.name} for one in part.organisations],
            "next_steps": [_step(step) for step in part.steps],
            "tags": names,
            "created_at": row.created_at.isoformat(),
            "updated_at": row.updated_at.isoformat(),
        }


def _step(step: NextStep) -> dict[str, Any]:
    return {
        "uuid": str(step.uuid),
        "text": step.text,
        "owner": step.owner.email if step.owner else None,
        "due_on": step.due_on.isoformat() if step.due_on else None,
        "done_at": step.done_at.isoformat() if step.done_at else None,
    }


def flat(actor: Any = None) -> Iterator[list[Any]]:
    """One row each, as COLUMNS says; several values in one cell are separated by "; "."""
    for row, part, names in _rows(actor):
        yield [
            str(row.uuid),
            row.happened_at.isoformat(),
            row.kind,
            row.direction,
            row.subject,
            row.text,
            "; ".join(one.display_name for one in part.people),
            "; ".join(one.name for one in part.organisations),
            row.community.name if row.community else "",
            row.by.email if row.by else "",
            row.visibility,
            "; ".join(squeeze(step.text) for step in part.steps),
            "; ".join(names),
        ]
