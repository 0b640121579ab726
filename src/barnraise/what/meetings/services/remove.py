"""Take meetings away."""

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

from ..models import Attendance, Meeting, Member, Series
from ..selectors import KIND, SERIES, actions_of
from .plan import told
from .series import counted_anew


def take_away(keys: Sequence[int]) -> None:
    """Delete these with agenda, attendance and files, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Meeting.objects.filter(pk__in=list(keys)).delete()


def remove_meeting(meeting: Meeting, *, by: Any) -> None:
    """Take away one that was planned by mistake. Raises ValidationError when promises were made at it."""
    with transaction.atomic():
        if actions_of(meeting).exists():
            raise ValidationError(_("Promises were made at it: cancel it instead."))
        record(by=by, verb="meetings.removed", about=told(meeting)[1:], details={"title": meeting.title})
        take_away([meeting.pk])
        counted_anew(meeting.series)


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's meetings and series go, and who of its organisations was asked to any. How many."""
    keys = list(
        Meeting.objects.filter(Q(is_sample=True) | Q(series__is_sample=True)).values_list("pk", flat=True)
    )
    Attendance.objects.filter(organisation__is_sample=True).delete()
    Member.objects.filter(organisation__is_sample=True).delete()
    if keys:
        take_away(keys)
        record(by=by, verb="meetings.sample_removed", about=[], details={"count": len(keys)})
    rows = Series.objects.filter(is_sample=True)
    search.remove(SERIES, list(rows.values_list("pk", flat=True)))
    rows.delete()
    return len(keys)
