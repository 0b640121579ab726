"""Add a questionnaire, change its settings, write its draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.search import services as search

from ..faults import cleaned_texts, is_code, text_faults
from ..models import Questionnaire, Version
from ..questions import Question, fresh_code, write_all
from ..selectors import KIND, draft_of, versions_of

SETTINGS = ("name", "code", "is_public", "is_anonymous", "is_sensitive", "opens_on", "closes_on")


def check_questionnaire(row: Questionnaire) -> None:
    """Tidy its name; raises ValidationError by field when its settings cannot be."""
    row.name = squeeze(row.name)
    row.name_folded = fold(row.name)[:120]
    errors: dict[str, Any] = {}
    if not is_code(row.code):
        errors["code"] = _("Use 3 to 40 small letters, digits and hyphens.")
    elif Questionnaire.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        errors["code"] = _("Another questionnaire has this address.")
    if row.opens_on and row.closes_on and row.closes_on < row.opens_on:
        errors["closes_on"] = _("It would close before it opens.")
    if any(day is not None and not 1900 <= day.year <= 9000 for day in (row.opens_on, row.closes_on)):
        errors["opens_on"] = _("Write a day from 1900 on.")
    if "\x00" in row.name:
        errors["name"] = _("It contains a character that cannot be stored.")
    try:
        row.full_clean(exclude=["name_folded", "code"], validate_unique=False, validate_constraints=False)
    except ValidationError as no:
        errors = {**errors, **no.error_dict}
    if errors:
        raise ValidationError(errors)


def _free_code(name: str) -> str:
    start = fresh_code(name, ()).replace("_", "-")
    start = start if len(start) > 2 else f"{start}-form"
    taken = set(Questionnaire.objects.filter(code__startswith=start).values_list("code", flat=True))
    return fresh_code(start, {code.replace("-", "_") for code in taken}).replace("_", "-")


def add_questionnaire(
    *,
    name: str,
    texts: Mapping[str, Mapping[str, str]],
    by: Any,
    code: str = "",
    questions: Sequence[Question] = (),
    is_public: bool = True,
    is_anonymous: bool = False,
    is_sensitive: bool = False,
    opens_on: date | None = None,
    closes_on: date | None = None,
    is_sample: bool = False,
    change_set: Any = None,
) -> Questionnaire:
    """A new questionnaire with the draft of its first version. Without `code` its address is made of its name. Imports keep it in `change_set`.

    Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    row = Questionnaire(
        name=name,
        code=code.strip().lower() or _free_code(name),
        is_public=is_public,
        is_anonymous=is_anonymous,
        is_sensitive=is_sensitive,
        opens_on=opens_on,
        closes_on=closes_on,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    said = cleaned_texts(texts)
    check_questionnaire(row)
    if found := text_faults(said):
        raise ValidationError({"texts": found})
    with transaction.atomic():
        row.save(force_insert=True)
        Version.objects.create(
            questionnaire=row, number=1, texts=said, questions=write_all(questions), created_at=now
        )
        if change_set is None:
            record(by=by, verb="questionnaires.added", about=[row])
        else:
            made = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[made])
        search.index(KIND, [row.pk])
    return row


def change_questionnaire(questionnaire: Questionnaire, *, by: Any, **values: Any) -> Questionnaire:
    """Set the given settings (of SETTINGS). What was answered stays. Raises ValidationError by field.

    Whether answers are anonymous is settled once answers have come.
    """
    if unknown := set(values) - set(SETTINGS):
        raise TypeError(f"A questionnaire has no setting {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        before = {name: getattr(row, name) for name in SETTINGS}
        if "code" in values:
            values["code"] = str(values["code"]).strip().lower() or row.code
        for name, value in values.items():
            setattr(row, name, value)
        check_questionnaire(row)
        differ = [name for name in SETTINGS if before[name] != getattr(row, name)]
        if "is_anonymous" in differ and row.responses.exists():
            raise ValidationError(
                {"is_anonymous": _("People have answered already: what they were promised stays.")}
            )
        if differ:
            row.updated_at = timezone.now()
            row.save(update_fields=[*differ, "name_folded", "updated_at"])
            told = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            record(by=by, verb="questionnaires.changed", about=[row], changes=told)
            search.index(KIND, [row.pk])
    return row


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def begin_version(questionnaire: Questionnaire, *, by: Any) -> Version:
    """The draft of the next version, a copy of the last; the draft there is, when there is one."""
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        draft = draft_of(row)
        if draft is not None:
            return draft
        last = versions_of(row)[0]
        draft = Version.objects.create(
            questionnaire=row,
            number=last.number + 1,
            texts=last.texts,
            questions=last.questions,
            created_at=timezone.now(),
        )
        _touch(row)
        record(by=by, verb="questionnaires.version_begun", about=[row], details={"number": draft.number})
    return draft


def write_draft(
    questionnaire: Questionnaire,
    *,
    by: Any,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    questions: Sequence[Question] | None = None,
) -> Version:
    """Set the words around the questions, or the questions, of the draft; what is None stays.

    Raises ValidationError when there is no draft (a published version is never changed), or the words are refused.
    """
    with transaction.atomic():
        row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        draft = draft_of(row)
        if draft is None:
            raise ValidationError(
                _("A published version stays as it is. Begin a new version to change the questions.")
            )
        before = (draft.texts, draft.questions)
        if texts is not None:
            draft.texts = cleaned_texts(texts)
            if found := text_faults(draft.texts):
                raise ValidationError({"texts": found})
        if questions is not None:
            draft.questions = write_all(questions)
        if (draft.texts, draft.questions) != before:
            draft.save(update_fields=["texts", "questions"])
            _touch(row)
            record(by=by, verb="questionnaires.draft_written", about=[row], details={"number": draft.number})
    return draft


def _touch(row: Questionnaire) -> None:
    row.updated_at = timezone.now()
    row.save(update_fields=["updated_at"])
