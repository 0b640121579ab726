"""Everything that is kept about a person, as one JSON value to hand over."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.belongings import belonging_to
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.profile.selectors import installation

from ..models import Person
from ..selectors import KIND


def export_person(person: Person, *, by: Any) -> dict[str, Any]:
    """By room what it keeps about the person. That it was handed out is noted in the journal."""
    ref = Ref.to(person)
    with transaction.atomic():
        found = {name: told for name, plug in belonging_to(KIND) if (told := plug.export(ref))}
        record(by=by, verb="people.exported", about=[person])
    return {
        "kept_by": str(installation()),
        "exported_at": timezone.now().isoformat(),
        "about": person.display_name,
        **found,
    }
