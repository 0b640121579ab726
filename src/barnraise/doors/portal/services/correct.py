"""What a partner changes in its record by itself, and what it proposes."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.who.interactions.services import log_interaction, next_step
from barnraise.who.organisations.services import change_organisation
from barnraise.who.people.models import Person

from ..policies import Visitor
from ..selectors import keeper_of
from .promise import about

DAYS = 7
"""By when the team looks at what was proposed."""


def set_mission(*, by: Visitor, mission: str) -> bool:
    """What the organisation is for, in its own words. Whether it differs. Raises ValidationError at "mission"."""
    with transaction.atomic(), arriving_by("portal"):
        changed = change_organisation(by.organisation, by=by.account, mission=mission.strip())
        if changed:
            record(by=by.account, verb="portal.mission_set", about=about(by))
    return bool(changed)


def correct(*, by: Visitor, text: str) -> None:
    """Propose a correction: an interaction with a next step for whoever keeps the relation. Raises ValidationError at "text"."""
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write what is wrong, and what is right.")})
    if len(text) > 2000:
        raise ValidationError({"text": _("At most %(most)s characters are kept here.") % {"most": 2000}})
    person = Person.objects.filter(pk=by.person).first() if by.person else None
    step = next_step(
        by=None,
        text=_("Look at the correction that %(name)s proposes") % {"name": by.organisation.name},
        owner=keeper_of(by.organisation),
        due_on=timezone.localdate() + timedelta(days=DAYS),
    )
    with transaction.atomic(), arriving_by("portal"):
        log_interaction(
            by=by.account,
            text=text,
            direction="in",
            organisations=[by.organisation],
            people=[person] if person else [],
            step=step,
        )
        record(by=by.account, verb="portal.corrected", about=about(by))
