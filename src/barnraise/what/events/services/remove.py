"""Take events away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import CoHost, Event, Registration
from ..selectors import KIND
from .counting import came_changed


def _take_away(keys: Sequence[int]) -> None:
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Event.objects.filter(pk__in=list(keys)).delete()


def remove_event(event: Event, *, by: Any) -> None:
    """Take away one that was planned by mistake. Raises ValidationError when somebody came: close it out instead."""
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        if Registration.objects.filter(event=row, came_at__isnull=False).exists():
            raise ValidationError(_("People came to it, and that stays. Close it out instead."))
        record(by=by, verb="events.removed", about=[row], details={"title": row.title})
        _take_away([row.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's events go, and whatever else its people and organisations have to do with events. How many events."""
    seats = Registration.objects.filter(Q(is_sample=True) | Q(person__is_sample=True))
    came_changed(seats.values_list("event_id", flat=True).distinct())
    seats.delete()
    CoHost.objects.filter(organisation__is_sample=True).delete()
    keys = list(Event.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        _take_away(keys)
        record(by=by, verb="events.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
