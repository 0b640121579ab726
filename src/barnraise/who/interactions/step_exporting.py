"""Next steps as rows of a sheet, or whole: all of them for the operator, or what one account may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import selectors
from .models import NextStep

COLUMNS = (
    "uuid",
    "What",
    "Who does it",
    "Until",
    "Done at",
    "Done by",
    "Person",
    "Organisation",
    "Who may read it",
)
_BATCH = 500


def _rows(actor: Any) -> Iterator[NextStep]:
    last = 0
    while True:
        found = list(selectors.steps_listed(actor).filter(pk__gt=last).order_by("pk")[:_BATCH])
        if not found:
            return
        yield from found
        last = found[-1].pk


def number(actor: Any = None) -> int:
    """How many there are, for this account or for the operator."""
    return selectors.steps_listed(actor).count()


def whole(actor: Any = None) -> Iterator[dict[str, Any]]:
    """Each next step, in the order they were noted; without `actor` also those of notes that only coordinators read."""
    for row in _rows(actor):
        yield {
            "uuid": str(row.uuid),
            "text": row.text,
            "owner": row.owner.email if row.owner else None,
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "done_at": row.done_at.isoformat() if row.done_at else None,
            "done_by": row.done_by.email if row.done_by else None,
            "person": str(row.person.uuid) if row.person else None,
            "person_name": row.person.display_name if row.person else None,
            "organisation": str(row.organisation.uuid) if row.organisation else None,
            "organisation_name": row.organisation.name if row.organisation else None,
            "visibility": row.visibility,
            "created_at": row.created_at.isoformat(),
            "updated_at": row.updated_at.isoformat(),
        }


def flat(actor: Any = None) -> Iterator[list[Any]]:
    """One row each, as COLUMNS says."""
    for row in _rows(actor):
        yield [
            str(row.uuid),
            row.text,
            row.owner.email if row.owner else "",
            row.due_on.isoformat() if row.due_on else "",
            row.done_at.isoformat() if row.done_at else "",
            row.done_by.email if row.done_by else "",
            row.person.display_name if row.person else "",
            row.organisation.name if row.organisation else "",
            row.visibility,
        ]
