"""Take in many filled forms at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record

from ..answering import Said, check
from ..models import Questionnaire, Response, Version
from ..selectors import RESPONSE
from .respond import write_response


@dataclass(frozen=True, slots=True)
class Row:
    """One filled form of a file. `number` is the row that a spreadsheet program shows; `given` is by question."""

    number: int
    given: Mapping[str, Sequence[str]]
    answered_at: datetime
    respondent: Ref | None = None


def take_in(
    questionnaire: Questionnaire, rows: Sequence[Row], *, version: Version, by: Any, is_dry: bool = False
) -> tuple[int, int, ChangeSet | None]:
    """(taken, there already, what takes them back). All rows or none: raises ValidationError with one sentence for each row that has to be mended.

    A row that was taken in before, all of it the same, is not taken again. `is_dry` only says what would be done.
    """
    checked, wrong = _checked(questionnaire, rows, version)
    if wrong:
        raise ValidationError(wrong)
    known = set(
        Response.objects.filter(number__in=[mark for mark, _row, _said in checked]).values_list(
            "number", flat=True
        )
    )
    fresh = [one for one in checked if one[0] not in known]
    done = None
    with transaction.atomic():
        if fresh and not is_dry:
            done = _write(questionnaire, fresh, version, by)
    return len(fresh), len(checked) - len(fresh), done


_Checked = tuple[str, Row, list[Said]]


def _checked(
    questionnaire: Questionnaire, rows: Sequence[Row], version: Version
) -> tuple[list[_Checked], list[str]]:
    questions = version.asked()
    names = {one.code: one for one in questions}
    answered = set(
        Response.objects.filter(questionnaire=questionnaire)
        .exclude(respondent="")
        .exclude(way=Response.Way.FILE)
        .values_list("respondent", flat=True)
    )
    checked: list[_Checked] = []
    wrong: list[str] = []
    seen: Counter[str] = Counter()
    named: set[str] = set()
    for row in rows:
        said, reasons = check(questions, row.given)
        for code, reason in reasons.items():
            wrong.append(
                _("Row %(row)d, column “%(column)s”: %(reason)s")
                % {"row": row.number, "column": names[code].code, "reason": reason}
            )
        who = str(row.respondent) if row.respondent and not questionnaire.is_anonymous else ""
        if who and (who in answered or who in named):
            wrong.append(
                _("Row %(row)d: whoever is named has answered this questionnaire already.")
                % {"row": row.number}
            )
        named.add(who)
        mark = _mark(questionnaire, row, said)
        seen[mark] += 1
        checked.append((f"{mark}-{seen[mark]}", row, said))
    return checked, wrong


def _mark(questionnaire: Questionnaire, row: Row, said: Sequence[Said]) -> str:
    text = f"{questionnaire.pk}|{row.answered_at.isoformat()}|{row.respondent or ''}|{list(said)!r}"
    return f"file-{hashlib.blake2b(text.encode(), digest_size=20).hexdigest()}"


def _write(questionnaire: Questionnaire, fresh: Sequence[_Checked], version: Version, by: Any) -> ChangeSet:
    change_set = open_change_set(by=by, verb="questionnaires.taken_in")
    changes = []
    for mark, row, said in fresh:
        made = write_response(
            version,
            said,
            way=Response.Way.FILE,
            at=row.answered_at,
            respondent=None if questionnaire.is_anonymous else row.respondent,
            by=by,
            number=mark,
        )
        changes.append(Change(kind=RESPONSE, key=made.pk, action=Change.Action.CREATED))
    add_changes(change_set=change_set, changes=changes)
    record(
        by=by,
        verb="questionnaires.taken_in",
        about=[questionnaire],
        details={"count": len(fresh)},
        change_set=change_set,
    )
    close_change_set(change_set=change_set)
    return change_set
