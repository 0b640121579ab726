"""Say whom a story names or shows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import Fault, refuse, text_faults
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import Channel
from barnraise.who.people.models import Person

from ..faults import MOST
from ..models import Story, StoryPerson
from .change import locked, touch
from .publish import end_blocked


def name_person(
    story: Story, *, by: Any, person: Person, purpose: Purpose, named_as: str = ""
) -> StoryPerson:
    """This person is named or shown in it, as far as they agree to the purpose for publication.

    A published story whose new person does not agree stops being public at once. Raises ValidationError by field.
    """
    name = squeeze(named_as) or str(person)[:120]
    found: list[Fault] = text_faults(MOST, named_as=name)
    if Channel.PUBLIC.value not in purpose.channels or purpose.is_ended:
        found.append(("purpose", _("Nobody is asked whether they may be shown in public for this purpose.")))
    refuse(found)
    with transaction.atomic():
        row = locked(story)
        if StoryPerson.objects.filter(story=row, person=person).exists():
            raise ValidationError({"person": _("They are in this story already.")})
        made = StoryPerson.objects.create(
            story=row, person=person, purpose=purpose, named_as=name, created_at=timezone.now()
        )
        touch(row, [])
        record(by=by, verb="stories.named", about=[row, person])
    return made


def unname_person(named: StoryPerson, *, by: Any) -> None:
    """They are in it no more: whoever says so has taken their name and picture out of it."""
    with transaction.atomic():
        row = locked(named.story)
        end_blocked([row])
        StoryPerson.objects.filter(pk=named.pk).delete()
        touch(row, [])
        record(by=by, verb="stories.unnamed", about=[row, named.person])
