"""Add, change, word, end and remove purposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, amend, record, reset_row, take_away
from barnraise.plumbing.search import services as search

from ..faults import wording_faults
from ..models import Consent, Purpose, Wording
from ..models.purpose import Channel
from ..selectors import PURPOSE, current_wording

FIELDS = ("name", "about", "channels")
WORDING = "consent.wording"


def _checked(row: Purpose) -> None:
    row.name_folded = fold(row.name)[:120]
    errors: dict[str, Any] = {}
    if not row.channels:
        errors["channels"] = _("Choose one channel at least.")
    elif strange := [code for code in row.channels if code not in Channel.values]:
        errors["channels"] = _("“%(code)s” is not a channel.") % {"code": str(strange[0])[:40]}
    if Purpose.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk).exists():
        errors["name"] = _("There is a purpose of this name already.")
    try:
        row.full_clean(exclude=["name_folded", "channels"], validate_unique=False)
    except ValidationError as no:
        errors = {**errors, **no.error_dict}
    if errors:
        raise ValidationError(errors)


def _in_order(channels: Sequence[str]) -> list[str]:
    return [
        *(code for code in Channel.values if code in channels),
        *(c for c in channels if c not in Channel.values),
    ]


def check_purpose(purpose: Purpose | None, *, texts: Mapping[str, str], **values: Any) -> Purpose:
    """The purpose as it would be with these values and words, written nowhere. Raises ValidationError by field."""
    now = timezone.now()
    row = purpose or Purpose(created_at=now, updated_at=now)
    for name, value in values.items():
        setattr(row, name, _in_order(value) if name == "channels" else value)
    _checked(row)
    if (purpose is None or texts) and (found := wording_faults(texts)):
        raise ValidationError({"texts": found})
    return row


def bring_purpose(
    *, by: Any, change_set: Any, texts: Mapping[str, str], ended_at: datetime | None, **values: Any
) -> Purpose:
    """Keep one that a file brings, checked already, without a sentence, in the caller's transaction."""
    row = check_purpose(None, texts=texts, **values)
    row.ended_at = ended_at
    row.save(force_insert=True)
    _word(row, texts, row.created_at)
    change = Change(kind=PURPOSE, key=row.pk, action=Change.Action.CREATED)
    add_changes(change_set=change_set, changes=[change])
    search.index(PURPOSE, [row.pk])
    return row


def amend_purpose(
    key: int, *, texts: Mapping[str, str], change_set: Any, at: datetime, **values: Any
) -> None:
    """Set these fields and words, checked already, as a file says, in the caller's transaction. Other words are a new version."""
    changes = amend(Purpose, [(key, values)], at=at)
    row = Purpose.objects.get(pk=key)
    last = current_wording(row)
    made = _word(row, {**(last.texts if last else {}), **texts}, at) if texts else None
    if made is not None:
        changes.append(Change(kind=WORDING, key=made.pk, action=Change.Action.CREATED))
        Purpose.objects.filter(pk=key).update(updated_at=at)
    add_changes(change_set=change_set, changes=changes)
    search.index(PURPOSE, [key])


def restore_purposes(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo purposes and versions of their words that came, changed or went, in the caller's transaction; those that people answered to are kept."""
    gone = [change for change in changes if change.action == Change.Action.REMOVED]
    kept = dict(search.bring_back(gone, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED:
            reason = reset_row(change)
        elif change.action == Change.Action.CREATED:
            reason = _taken_back(Wording if change.kind == WORDING else Purpose, change.key)
        else:
            continue
        if reason:
            kept[change.key] = reason
    search.index(PURPOSE, [change.key for change in changes if change.kind == PURPOSE])
    return kept


def _taken_back(model: Any, key: int) -> str:
    try:
        with transaction.atomic():
            model.objects.filter(pk=key).delete()
    except ProtectedError:
        return "in_use"
    return ""


def add_purpose(
    *,
    name: str,
    channels: Sequence[str],
    texts: Mapping[str, str],
    by: Any,
    about: str = "",
    is_sample: bool = False,
) -> Purpose:
    """A new purpose with the first version of its words. Raises ValidationError by field."""
    now = timezone.now()
    row = Purpose(
        name=squeeze(name),
        about=about,
        channels=_in_order(channels),
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    _checked(row)
    with transaction.atomic():
        row.save(force_insert=True)
        _word(row, texts, now)
        record(by=by, verb="consent.purpose_added", about=[row])
        search.index(PURPOSE, [row.pk])
    return row


def _word(purpose: Purpose, texts: Mapping[str, str], at: datetime) -> Wording | None:
    said = {language: text.strip() for language, text in texts.items() if text.strip()}
    if found := wording_faults(texts):
        raise ValidationError({"texts": found})
    last = current_wording(purpose)
    if last is not None and last.texts == said:
        return None
    number = last.number + 1 if last else 1
    return Wording.objects.create(purpose=purpose, number=number, texts=said, created_at=at)


def change_purpose(
    purpose: Purpose, *, by: Any, texts: Mapping[str, str] | None = None, **values: Any
) -> Wording | None:
    """Set the given fields (of FIELDS), and say it in other words.

    Changed words are a new version, which is returned: who agreed to an earlier one agreed to that. Raises ValidationError
    by field; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A purpose has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    with transaction.atomic():
        row = Purpose.objects.select_for_update().get(pk=purpose.pk)
        _set(row, values, by, now)
        made = _word(row, texts, now) if texts is not None else None
        if made is not None:
            Purpose.objects.filter(pk=row.pk).update(updated_at=now)
            record(by=by, verb="consent.purpose_worded", about=[row], details={"number": made.number})
    return made


def _set(row: Purpose, values: dict[str, Any], by: Any, now: datetime) -> None:
    before = {name: getattr(row, name) for name in FIELDS}
    if "name" in values:
        values["name"] = squeeze(values["name"])
    if "channels" in values:
        values["channels"] = _in_order(values["channels"])
    for name, value in values.items():
        setattr(row, name, value)
    differ = [name for name in FIELDS if before[name] != getattr(row, name)]
    if not differ:
        return
    _checked(row)
    row.updated_at = now
    row.save(update_fields=[*differ, "name_folded", "updated_at"])
    told = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
    record(by=by, verb="consent.purpose_changed", about=[row], changes=told)
    search.index(PURPOSE, [row.pk])


def _told(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def end_purpose(purpose: Purpose, *, by: Any) -> Purpose:
    """Nobody is asked or contacted for it any more. What was said stays."""
    return _set_end(purpose, timezone.now(), by, "purpose_ended")


def reopen_purpose(purpose: Purpose, *, by: Any) -> Purpose:
    """It goes on; whoever had consented and not withdrawn is reached again."""
    return _set_end(purpose, None, by, "purpose_reopened")


def _set_end(purpose: Purpose, at: datetime | None, by: Any, verb: str) -> Purpose:
    with transaction.atomic():
        row = Purpose.objects.select_for_update().get(pk=purpose.pk)
        if (row.ended_at is None) == (at is None):
            return row
        row.ended_at, row.updated_at = at, timezone.now()
        row.save(update_fields=["ended_at", "updated_at"])
        record(by=by, verb=f"consent.{verb}", about=[row])
    return row


def remove_purpose(purpose: Purpose, *, by: Any) -> ChangeSet:
    """Take away a purpose that nobody has said anything about; an undo brings it back. Raises ValidationError when somebody has."""
    with transaction.atomic():
        if Consent.objects.filter(purpose=purpose).exists():
            raise ValidationError(
                _("People have said something about it, and the record of that stays. End it instead.")
            )
        key = purpose.pk
        named = {"name": purpose.name}
        words = purpose.wordings.all()
        done = take_away(purpose, words, by=by, verb="consent.purpose_removed", details=named)
        search.remove(PURPOSE, [key])
    return done
