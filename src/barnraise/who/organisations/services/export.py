"""Everything that is kept about an organisation, as one JSON value to hand over."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.belongings import belonging_to
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.profile.selectors import installation

from ..documents import to_json
from ..models import Organisation
from ..selectors import KIND, documents


def export_organisation(organisation: Organisation, *, by: Any) -> dict[str, Any]:
    """Its record, and by room what hangs on it. That it was handed out is noted in the journal."""
    ref = Ref.to(organisation)
    with transaction.atomic():
        found = {name: told for name, plug in belonging_to(KIND) if (told := plug.export(ref))}
        record(by=by, verb="organisations.exported", about=[organisation])
    return {
        "kept_by": str(installation()),
        "exported_at": timezone.now().isoformat(),
        "about": organisation.name,
        "organisation": to_json(documents([organisation.pk])[organisation.pk]),
        **found,
    }
