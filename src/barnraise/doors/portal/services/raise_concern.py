"""A partner raises a concern, and says more about one it raised."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from barnraise.foundation.policy import require
from barnraise.plumbing.journal.services import arriving_by
from barnraise.what.issues import services as issues
from barnraise.what.issues.models import Issue
from barnraise.who.people.models import Person

from ..policies import Visitor, may_see_concern


def raise_concern(*, by: Visitor, what: str, detail: str = "", language: str = "") -> Issue:
    """A concern of the visitor's organisation. Raises ValidationError by field; then nothing is written."""
    person: Any = Person.objects.filter(pk=by.person).first() if by.person else None
    with transaction.atomic(), arriving_by("portal"):
        return issues.raise_issue(
            by=by.account,
            origin="partner",
            what=what,
            detail=detail,
            organisation=by.organisation,
            person=person,
            language=language,
            tells=True,
        )


def say_more(concern: Issue, *, by: Visitor, text: str) -> Issue:
    """More about it, or that it is not settled. Raises ValidationError at "text"."""
    require(may_see_concern, by, concern)
    with arriving_by("portal"):
        return issues.asker_says(concern, text=text, by=by.account)
