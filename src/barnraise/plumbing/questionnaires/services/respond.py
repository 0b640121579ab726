"""Keep what somebody answered, and take an answer away."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record

from ..answering import Said, check
from ..models import Answer, Questionnaire, Response, Version
from ..selectors import RESPONSE, answers_of

AHEAD = timedelta(minutes=15)
"""Clocks of phones and servers differ by so much."""


class AnsweredAlready(Exception):
    """This respondent has answered this questionnaire before."""


def write_response(
    version: Version,
    said: Sequence[Said],
    *,
    way: str,
    at: datetime,
    respondent: Ref | None = None,
    by: Any = None,
    language: str = "",
    channel: str = "",
    number: str = "",
    is_sample: bool = False,
) -> Response:
    """Store checked answers, without a sentence, in the caller's transaction. Raises IntegrityError for a number or a
    respondent that is there already."""
    now = timezone.now()
    row = Response.objects.create(
        questionnaire_id=version.questionnaire_id,
        version=version,
        way=way,
        channel=channel[:40],
        respondent=str(respondent) if respondent else "",
        language=language[:10],
        number=number or secrets.token_urlsafe(24),
        answered_at=at,
        by=by if getattr(by, "pk", None) else None,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    Answer.objects.bulk_create(
        [
            Answer(
                response=row,
                version=version,
                question=one.question,
                code=one.code,
                number=one.number,
                text=one.text,
                on=one.on,
            )
            for one in said
        ]
    )
    return row


def respond(
    questionnaire: Questionnaire,
    *,
    version: Version,
    given: Mapping[str, Sequence[str]],
    way: str,
    by: Any = None,
    respondent: Ref | None = None,
    answered_at: datetime | None = None,
    language: str = "",
    channel: str = "",
    number: str = "",
) -> Response:
    """Keep one filled form; the same `number` again gives the response that is there.

    Staff may type in after a questionnaire has closed what was answered on paper. Raises ValidationError by question, and
    AnsweredAlready for a respondent who has answered; then nothing is kept.
    """
    now = timezone.now()
    at = answered_at or now
    known = Response.objects.filter(number=number).first() if number else None
    if known is not None:
        return known
    said, wrong = check(version.asked(), given)
    if at > now + AHEAD:
        wrong["answered_at"] = _("This lies in the future.")
    if wrong:
        raise ValidationError(wrong)
    who = None if questionnaire.is_anonymous else respondent
    try:
        with transaction.atomic():
            row = write_response(
                version,
                said,
                way=way,
                at=at,
                respondent=who,
                by=by,
                language=language,
                channel=channel,
                number=number,
            )
            _tell(row, questionnaire, who, by, f"questionnaires.{_verb(way)}")
    except IntegrityError:
        twin = Response.objects.filter(number=number).first() if number else None
        if twin is not None:
            return twin
        raise AnsweredAlready from None
    return row


def _tell(row: Response, questionnaire: Questionnaire, who: Ref | None, by: Any, verb: str) -> None:
    """The sentence; what the team noted can be undone."""
    change_set = None
    if by is not None:
        change_set = open_change_set(by=by, verb=verb)
        made = Change(kind=RESPONSE, key=row.pk, action=Change.Action.CREATED)
        add_changes(change_set=change_set, changes=[made])
    record(by=by, verb=verb, about=[questionnaire, *([who] if who else [])], change_set=change_set)
    if change_set is not None:
        close_change_set(change_set=change_set)


def _verb(way: str) -> str:
    return "typed" if way in (Response.Way.TYPED, Response.Way.API) else "answered"


def remove_response(response: Response, *, by: Any) -> ChangeSet:
    """Take one response away with its answers; for thirty days an undo brings it back."""
    with transaction.atomic():
        row = Response.objects.select_for_update().get(pk=response.pk)
        change_set = open_change_set(by=by, verb="questionnaires.response_removed")
        before = document_of(row)
        change = Change(kind=RESPONSE, key=row.pk, action=Change.Action.REMOVED, before=before)
        add_changes(change_set=change_set, changes=[change])
        record(
            by=by, verb="questionnaires.response_removed", about=[row.questionnaire], change_set=change_set
        )
        close_change_set(change_set=change_set)
        row.delete()
    return change_set


def document_of(row: Response) -> dict[str, Any]:
    """All of a response as JSON values, from which the undo makes it again."""
    said = [one for answers in answers_of([row])[row.pk].values() for one in answers]
    return {
        "uuid": str(row.uuid),
        "questionnaire": row.questionnaire_id,
        "version": row.version_id,
        "way": row.way,
        "channel": row.channel,
        "respondent": row.respondent,
        "language": row.language,
        "number": row.number,
        "answered_at": row.answered_at.isoformat(),
        "by": row.by_id,
        "is_sample": row.is_sample,
        "answers": [
            {
                "question": one.question,
                "code": one.code,
                "number": None if one.number is None else str(one.number),
                "text": one.text,
                "on": one.on.isoformat() if one.on else None,
            }
            for one in said
        ],
    }
