"""Make a story public, take it back, and write down what consents have ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST, publishing_faults
from ..models import Story
from ..selectors import not_live_any_more
from .change import locked, touch
from .make import told

AT_ONCE = 200


def publish_story(story: Story, *, by: Any) -> Story:
    """Public from now on, as long as everybody in it agrees. Raises ValidationError by field with all that hinders it."""
    now = timezone.now()
    with transaction.atomic():
        row = locked(story)
        if row.state == Story.State.PUBLISHED:
            refuse(publishing_faults(row, timezone.localdate(now)))
            raise ValidationError(_("It is public already."))
        refuse(publishing_faults(row, timezone.localdate(now)))
        row.state, row.published_at = Story.State.PUBLISHED, now
        row.ended_at, row.ended_why, row.ended_note = None, "", ""
        touch(row, ["state", "published_at", "ended_at", "ended_why", "ended_note"])
        record(by=by, verb="stories.published", about=told(row))
    return row


def end_story(story: Story, *, by: Any, note: str) -> Story:
    """Taken back from the public, with the reason. Raises ValidationError by field; then nothing changes."""
    note = squeeze(note)
    found = text_faults(MOST, note=note)
    if not note:
        found.append(("note", _("Say why: whoever finds it gone will want to know.")))
    refuse(found)
    with transaction.atomic():
        row = locked(story)
        if row.state != Story.State.PUBLISHED:
            raise ValidationError(_("It is not public."))
        end_row(row, Story.Why.HAND, note=note)
        record(by=by, verb="stories.ended", about=told(row), details={"reason": note})
    return row


def end_row(row: Story, why: str, *, note: str = "") -> None:
    """It ends, without a sentence, in the caller's transaction."""
    row.state, row.ended_at, row.ended_why, row.ended_note = Story.State.ENDED, timezone.now(), why, note
    touch(row, ["state", "ended_at", "ended_why", "ended_note"])


def end_blocked(rows: Iterable[Story]) -> int:
    """Write down of these which are public no more for want of a consent, in the caller's transaction. How many."""
    today, many = timezone.localdate(), 0
    for row in not_live_any_more(today).filter(pk__in=[one.pk for one in rows]):
        end_row(row, Story.Why.CONSENT)
        record(by=None, verb="stories.lapsed", about=told(row))
        many += 1
    return many


def let_consents_tell(*, now: datetime) -> int:
    """Write down which published stories are public no more because a consent ended or was withdrawn. How many.

    Readers saw them go in the same moment (selectors.live); this keeps it so when the consent comes back.
    """
    many = 0
    rows = not_live_any_more(timezone.localdate(now)).order_by("pk")
    for row in rows[:AT_ONCE]:
        with transaction.atomic():
            many += end_blocked([locked(row)])
    return many
