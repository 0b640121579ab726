"""Publish a version, close and reopen, discard a draft, remove."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_away
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search

from ..models import Questionnaire, Version
from ..questions import faults
from ..selectors import KIND, draft_of


def publish(questionnaire: Questionnaire, *, by: Any) -> Version:
    """Freeze the draft: from now on it is what is asked. Raises ValidationError saying what keeps it from being asked."""
    language = installation().default_language
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        draft = draft_of(row)
        if draft is None:
            raise ValidationError(_("There is no draft to publish."))
        found = [f"{code}: {reason}" if code else reason for code, reason in faults(draft.asked(), language)]
        if not (draft.texts.get(language) or {}).get("title"):
            found.append(_("Write a title in the main language."))
        if found:
            raise ValidationError(found)
        draft.published_at = timezone.now()
        draft.save(update_fields=["published_at"])
        row.updated_at = draft.published_at
        row.save(update_fields=["updated_at"])
        record(by=by, verb="questionnaires.published", about=[row], details={"number": draft.number})
        search.index(KIND, [row.pk])
    return draft


def discard_draft(questionnaire: Questionnaire, *, by: Any) -> None:
    """Drop the draft of a new version. Raises ValidationError when there is none, or no other version."""
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        draft = draft_of(row)
        if draft is None or draft.number == 1:
            raise ValidationError(_("There is no draft beside a published version."))
        record(by=by, verb="questionnaires.draft_discarded", about=[row], details={"number": draft.number})
        draft.delete()


def close(questionnaire: Questionnaire, *, by: Any) -> Questionnaire:
    """No more answers are taken; what was answered stays."""
    return _set_end(questionnaire, timezone.now(), by, "closed")


def reopen(questionnaire: Questionnaire, *, by: Any) -> Questionnaire:
    """Answers are taken again, as far as its days allow."""
    return _set_end(questionnaire, None, by, "reopened")


def _set_end(questionnaire: Questionnaire, at: datetime | None, by: Any, verb: str) -> Questionnaire:
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if (row.ended_at is None) == (at is None):
            return row
        row.ended_at, row.updated_at = at, timezone.now()
        row.save(update_fields=["ended_at", "updated_at"])
        record(by=by, verb=f"questionnaires.{verb}", about=[row])
    return row


def remove(questionnaire: Questionnaire, *, by: Any) -> ChangeSet:
    """Take away a questionnaire that nobody has answered; an undo brings it back. Raises ValidationError when somebody has."""
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if row.responses.exists():
            raise ValidationError(_("People have answered it, and their answers stay. Close it instead."))
        named = {"name": row.name}
        done = take_away(row, row.versions.all(), by=by, verb="questionnaires.removed", details=named)
        search.remove(KIND, [questionnaire.pk])
    return done
