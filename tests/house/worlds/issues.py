"""Concerns of the small world."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 51
EXAMPLES = {
    "issues:uuid": named("issues.Issue", "uuid", what="World concern"),
    "issues:key": named("issues.Issue", "pk", what="World concern"),
    "issues:answer_by_key:key": named("issues.Answer", "pk"),
}


def build(people: dict[str, Any]) -> None:
    """An urgent concern that waits for its answer, and one that was answered."""
    from barnraise.what.issues.services import answer_issue, raise_issue
    from barnraise.who.organisations.models import Organisation

    bob = people["bob"]
    partner = Organisation.objects.filter(is_own=False).order_by("pk")[0]
    raise_issue(by=bob, origin="partner", organisation=partner, what="World concern", severity="urgent")
    heard = raise_issue(by=bob, origin="resident", asker_name="Wilma World", what="World worry")
    answer_issue(heard, by=bob, text="World answer", way="said")
