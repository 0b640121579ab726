"""Events as occasions: what an invitation says of one, and an answer as a place or a cancelled place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.mail.sockets import readers
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.events import services as places
from barnraise.what.events.models import Event, Registration
from barnraise.who.people.models import Person

from .sockets import Invited, Occasion

MOST = 100


def _choices() -> Sequence[tuple[int, str]]:
    rows = Event.objects.filter(cancelled_at__isnull=True, closed_at__isnull=True, ends_at__gt=timezone.now())
    return list(rows.order_by("starts_at", "pk").values_list("pk", "title")[:MOST])


def _invited(key: int) -> Invited | None:
    event = Event.objects.filter(pk=key, cancelled_at__isnull=True).first()
    if event is None:
        return None
    begins = timezone.localtime(event.starts_at, ZoneInfo(installation().time_zone))
    url = f"{settings.BARNRAISE_URL}{reverse('events:public', args=[event.uuid])}" if event.is_public else ""
    return Invited(event.title, date_format(begins, "DATETIME_FORMAT"), event.place, url)


def _answered(ref: Ref, person: int, answer: str, at: datetime) -> None:
    """A yes is a place or one on the waitlist, and the event tells them by mail which; a no gives it back. Where registration
    is over, the answer stands and nothing else."""
    event, row = Event.objects.filter(pk=ref.id).first(), Person.objects.filter(pk=person).first()
    if event is None or row is None:
        return
    there = (
        Registration.objects.filter(event=event, person=row)
        .exclude(state=Registration.State.CANCELLED)
        .first()
    )
    try:
        if answer == "yes" and there is None and event.ends_at > at:
            reader = readers("people.person", [person])[person]
            who = places.Newcomer(reader.name, reader.address, row, reader.language)
            places.register(event, who, by=None, way=Registration.Way.TEAM.value)
        elif answer == "no" and there is not None:
            places.cancel_registration(there, by=None)
    except ValidationError:
        return


EVENT = Occasion(_("Event"), _choices, _invited, _answered)
