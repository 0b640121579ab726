"""The portal of the small world: petra speaks for a partner."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 60
EXAMPLES = {
    "portal:send:uuid": named("organisations.Organisation", "uuid", is_own=False),
    "portal:keep:uuid": named("commitments.Commitment", "uuid", what="World portal promise"),
    "portal:late:uuid": named("commitments.Commitment", "uuid", what="World portal promise"),
    "portal:report:uuid": named("indicators.Report", "uuid"),
    "portal:meeting:uuid": named("meetings.Meeting", "uuid", title="World table"),
    "portal:concern:uuid": named("issues.Issue", "uuid", what="World concern"),
}


def build(people: dict[str, Any]) -> None:
    """Petra has a role at the partner of the other parts, which promised something."""
    from django.utils import timezone

    from barnraise.what.commitments.services import make_commitment
    from barnraise.who.organisations.models import Organisation
    from barnraise.who.people.documents import PersonDocument
    from barnraise.who.people.services import add_role, register_person

    bob, petra = people["bob"], people["petra"]
    partner = Organisation.objects.filter(is_own=False).order_by("pk")[0]
    document = PersonDocument(given_name="Petra", family_name="World", account=petra.pk)
    add_role(register_person(document, by=bob), organisation=partner, title="Director", by=bob)
    today = timezone.localdate()
    make_commitment(by=bob, direction="theirs", partner=partner, what="World portal promise", due_on=today)
