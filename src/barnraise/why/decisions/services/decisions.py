"""Add, change, open, settle, drop and remove decisions; say who carries one out and what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import (
    add_changes,
    amend,
    is_as_it_came,
    record,
    reset_row,
    take_away,
)
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.sockets import kinds

from ..models import Decision, Vote
from ..models.proposal import State
from ..selectors import CARRIERS, KIND
from ..tally import MOST

FIELDS = (
    "title",
    "code",
    "about",
    "rules",
    "need",
    "method",
    "most",
    "is_public",
    "is_moderated",
    "closes_on",
)
Stage = Decision.Stage
_CODE = re.compile(r"^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")


def _text_faults(row: Decision) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str) and "\x00" in value:
            errors[field.name] = _("It contains a character that cannot be stored.")
        if isinstance(value, date) and not isinstance(value, datetime) and not 1900 <= value.year <= 9000:
            errors[field.name] = _("Write a day from 1900 on.")
    return errors


def _checked(row: Decision) -> None:
    row.title = squeeze(row.title)
    row.title_folded = fold(row.title)[:200]
    errors = _text_faults(row)
    if not _CODE.match(row.code):
        errors["code"] = _("Use 3 to 40 small letters, digits and hyphens.")
    elif Decision.objects.filter(code=row.code).exclude(pk=row.pk).exists():
        errors["code"] = _("Another decision has this address.")
    if not 1 <= row.most <= MOST:
        errors["most"] = _("Between 1 and 10 proposals are ranked.")
    try:
        row.full_clean(exclude=["title_folded", "code"], validate_unique=False, validate_constraints=False)
    except ValidationError as no:
        errors = {**no.error_dict, **errors}
    if errors:
        raise ValidationError(errors)


def _free_code(title: str) -> str:
    start = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:30].strip("-")
    start = start if len(start) > 2 else f"{start or 'a'}-question"
    taken = set(Decision.objects.filter(code__startswith=start).values_list("code", flat=True))
    code, at = start, 2
    while code in taken:
        code, at = f"{start}-{at}", at + 1
    return code


def check_decision(decision: Decision | None, **values: Any) -> None:
    """Raise ValidationError by field for what a question with these values may not say."""
    row = decision or Decision(code=_free_code(str(values["title"])), created_at=timezone.now())
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = timezone.now()
    _checked(row)


def amend_decisions(
    given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime, is_new: bool = False
) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    `is_new`: what has just been added stays one that nobody changed since.
    """
    found = amend(Decision, given, at=at)
    keys = [change.key for change in found]
    if is_new:
        Decision.objects.filter(pk__in=keys).update(updated_at=F("created_at"))
    search.index(KIND, keys)
    return found


def restore_decisions(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo questions that came or changed with a file, and removed ones, in the caller's transaction; what people took part in stays."""
    kept = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(KIND, [change.key])
        elif change.action == Change.Action.CREATED:
            row = Decision.objects.filter(pk=change.key).first()
            if row is None:
                continue
            if not is_as_it_came(row) or row.proposals.exists() or row.voices.exists():
                kept[change.key] = "touched"
                continue
            row.delete()
            search.remove(KIND, [change.key])
    return kept


def add_decision(
    *, title: str, by: Any, code: str = "", is_sample: bool = False, change_set: Any = None, **values: Any
) -> Decision:
    """A new question in draft (fields of FIELDS). Imports keep it in `change_set`. Raises ValidationError by field."""
    now = timezone.now()
    row = Decision(
        title=title,
        code=code.strip().lower() or _free_code(title),
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
        **values,
    )
    _checked(row)
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="decisions.added", about=[row])
        else:
            change = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(KIND, [row.pk])
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | None) else str(value)


def change_decision(decision: Decision, *, by: Any, **values: Any) -> Decision:
    """Set the given fields (of FIELDS). How it is voted stays once somebody has voted. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A decision has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Decision.objects.select_for_update().get(pk=decision.pk)
        if "code" in values:
            values["code"] = str(values["code"]).strip().lower() or row.code
        told = {}
        for name, value in values.items():
            before = getattr(row, name)
            if before != value:
                setattr(row, name, value)
                told[name] = (_plain(before), _plain(value))
        if not told:
            return row
        _checked(row)
        if {"method", "most"} & set(told) and Vote.objects.filter(voice__decision=row).exists():
            raise ValidationError({"method": _("People have voted already: how it is voted stays.")})
        row.updated_at = timezone.now()
        row.save(update_fields=[*told, "title_folded", "updated_at"])
        record(by=by, verb="decisions.changed", about=[row], changes=told)
        search.index(KIND, [row.pk])
    return row


def _moved(decision: Decision, stage: str, by: Any, verb: str, **values: Any) -> Decision:
    with transaction.atomic():
        row = Decision.objects.select_for_update().get(pk=decision.pk)
        row.stage, row.updated_at = stage, timezone.now()
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=["stage", "updated_at", *values])
        record(by=by, verb=f"decisions.{verb}", about=[row])
        search.index(KIND, [row.pk])
    return row


def open_proposals(decision: Decision, *, by: Any) -> Decision:
    """From now on residents and partners propose and discuss. Raises ValidationError without rules they can read."""
    if not decision.rules.strip():
        raise ValidationError(
            _("Write the rules first: people read them before they propose or say something.")
        )
    return _moved(decision, Stage.PROPOSING, by, "proposals_opened")


def open_vote(decision: Decision, *, by: Any) -> Decision:
    """From now on the shown proposals are voted on. Raises ValidationError with fewer than two of them."""
    if decision.proposals.filter(state=State.SHOWN).count() < 2:
        raise ValidationError(_("Two shown proposals at least are needed for a vote."))
    if decision.proposals.filter(state=State.WAITING).exists():
        raise ValidationError(_("Some proposals wait to be read. Show or hide them first."))
    return _moved(decision, Stage.VOTING, by, "vote_opened")


def settle(
    decision: Decision, *, by: Any, outcome: str, decided_on: date, carried_by: Ref | None = None
) -> Decision:
    """Say what was decided and who carries it out. Raises ValidationError by field."""
    outcome = outcome.strip()
    errors: dict[str, Any] = {}
    if not outcome or len(outcome) > 4000 or "\x00" in outcome:
        errors["outcome"] = _("Say what was decided, in at most 4,000 characters.")
    if decided_on > timezone.localdate() or decided_on.year < 1900:
        errors["decided_on"] = _("Write a day that is not in the future.")
    if _stage(decision) == Stage.DRAFT:
        errors["outcome"] = _("Open it first: residents and partners have a say in it.")
    if carried_by is not None and not _is_there(carried_by):
        errors["carried_by"] = _("This goal or project is not here.")
    if errors:
        raise ValidationError(errors)
    values = {
        "outcome": outcome,
        "decided_on": decided_on,
        "carried_by": str(carried_by) if carried_by else "",
    }
    return _moved(decision, Stage.DECIDED, by, "settled", **values)


def _stage(decision: Decision) -> str:
    """Where it stands now."""
    return str(Decision.objects.values_list("stage", flat=True).get(pk=decision.pk))


def _is_there(ref: Ref) -> bool:
    described = kinds.find(ref.kind) if ref.kind in CARRIERS else None
    return bool(described and described.titles([ref.id]))


def carry(decision: Decision, *, by: Any, carried_by: Ref | None) -> Decision:
    """Say which goal or project carries a settled decision out. Raises ValidationError."""
    if _stage(decision) != Stage.DECIDED:
        raise ValidationError({"carried_by": _("Settle it first.")})
    if carried_by is not None and not _is_there(carried_by):
        raise ValidationError({"carried_by": _("This goal or project is not here.")})
    with transaction.atomic():
        row = Decision.objects.select_for_update().get(pk=decision.pk)
        row.carried_by, row.updated_at = str(carried_by) if carried_by else "", timezone.now()
        row.save(update_fields=["carried_by", "updated_at"])
        record(by=by, verb="decisions.carried", about=[row, *([carried_by] if carried_by else [])])
    return row


def follow_up(decision: Decision, *, by: Any, became: str, became_on: date) -> Decision:
    """Tell those who decided what became of it. Raises ValidationError by field."""
    became = became.strip()
    errors: dict[str, Any] = {}
    if _stage(decision) != Stage.DECIDED:
        errors["became"] = _("Settle it first.")
    elif not became or len(became) > 4000 or "\x00" in became:
        errors["became"] = _("Say what became of it, in at most 4,000 characters.")
    if became_on > timezone.localdate() or became_on.year < 1900:
        errors["became_on"] = _("Write a day that is not in the future.")
    if errors:
        raise ValidationError(errors)
    return _moved(decision, Stage.DECIDED, by, "followed_up", became=became, became_on=became_on)


def drop_decision(decision: Decision, *, by: Any, reason: str) -> Decision:
    """It is not decided after all. Raises ValidationError without a reason, which everybody reads."""
    reason = reason.strip()
    if not reason or len(reason) > 4000 or "\x00" in reason:
        raise ValidationError({"reason": _("Say why: those who took part will read it.")})
    return _moved(decision, Stage.DROPPED, by, "dropped", outcome=reason)


def remove_decision(decision: Decision, *, by: Any) -> ChangeSet:
    """Take away a question that nobody has taken part in; an undo brings it back. Raises ValidationError for another."""
    with transaction.atomic():
        row = Decision.objects.select_for_update().get(pk=decision.pk)
        if row.proposals.exists() or row.voices.exists():
            raise ValidationError(_("People have taken part in it. Drop it instead, and say why."))
        done = take_away(row, by=by, verb="decisions.removed", details={"name": row.title})
        search.remove(KIND, [decision.pk])
    return done
