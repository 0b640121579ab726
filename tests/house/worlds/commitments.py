"""Promises of the small world."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 50
EXAMPLES = {
    "commitments:uuid": named("commitments.Commitment", "uuid", what="World promise"),
    "commitments:key": named("commitments.Commitment", "pk", what="World promise"),
}


def build(people: dict[str, Any]) -> None:
    """A promise of ours and one to us, both due today."""
    from django.utils import timezone

    from barnraise.what.commitments.services import make_commitment
    from barnraise.who.organisations.models import Organisation

    bob = people["bob"]
    partner, today = Organisation.objects.filter(is_own=False).order_by("pk")[0], timezone.localdate()
    make_commitment(by=bob, direction="ours", what="World promise", due_on=today)
    make_commitment(by=bob, direction="theirs", partner=partner, what="World pledge", due_on=today)
