"""Whoever applied on a page becomes somebody of the directory when they are matched."""

from __future__ import annotations

from typing import Any

from barnraise.who.people.models import Person
from barnraise.who.people.services import PersonDocument, Reach, register_person

from ..models import Opening, Placement


def into_directory(row: Placement, *, by: Any) -> None:
    """Whoever applied on the page and is matched is somebody of the directory from now on. In the caller's transaction; the caller saves."""
    if row.person_id is not None or not row.name:
        return
    is_helper = row.opening.kind == Opening.Kind.VOLUNTEER
    document = PersonDocument(
        display_name=row.name,
        kind=(Person.Kind.VOLUNTEER if is_helper else Person.Kind.RESIDENT).value,
        language=row.language,
        contacts=(Reach("email", row.email),) if row.email else (),
    )
    row.person = register_person(document, by=by, is_sample=row.is_sample)
    row.name = row.email = ""
