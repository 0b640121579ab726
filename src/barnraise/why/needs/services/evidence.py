"""Add evidence to a need, and take it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, amend, record, take_away, take_out
from barnraise.plumbing.ui.sockets import kinds

from ..models import Evidence, Need
from ..selectors import EVIDENCE, SESSION
from .writing import differing

CITED = ("questionnaires.questionnaire", SESSION, "communities.figure")
"""The kinds that can be cited."""


def add_evidence(
    need: Need,
    *,
    by: Any,
    said: str,
    source: str,
    dated_on: date,
    cites: Ref | None = None,
    is_quiet: bool = False,
    change_set: Any = None,
) -> Evidence:
    """What shows the need, who says so, and of which day; imports keep it in `change_set`. Raises ValidationError by field."""
    said, source = squeeze(said), squeeze(source)
    check_evidence(said=said, source=source, dated_on=dated_on, cites=cites)
    now = timezone.now()
    with transaction.atomic():
        row = Evidence.objects.create(
            need=need,
            cites=str(cites) if cites else "",
            said=said,
            source=source,
            dated_on=dated_on,
            created_at=now,
            updated_at=now,
        )
        Need.objects.filter(pk=need.pk).update(updated_at=now)
        if change_set is not None:
            change = Change(kind=EVIDENCE, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        elif not is_quiet:
            about = [need, *([cites] if cites else [])]
            record(by=by, verb="needs.evidence_added", about=about, details={"said": said[:120]})
    return row


def change_evidence(evidence: Evidence, *, by: Any, **values: Any) -> Evidence:
    """Set the given of said, source, dated_on and cites. Raises ValidationError by field; then nothing is changed."""
    with transaction.atomic():
        row = Evidence.objects.select_for_update().get(pk=evidence.pk)
        values |= {name: squeeze(values[name]) for name in ("said", "source") if name in values}
        if "cites" in values:
            values["cites"] = str(values["cites"] or "")
        before = row.cites
        told = differing(row, values)
        if told:
            cites = Ref.parse(row.cites) if row.cites and row.cites != before else None
            check_evidence(said=row.said, source=row.source, dated_on=row.dated_on, cites=cites)
            row.updated_at = timezone.now()
            row.save(update_fields=[*told, "updated_at"])
            Need.objects.filter(pk=row.need_id).update(updated_at=row.updated_at)
            details = {"said": row.said[:120]}
            record(by=by, verb="needs.evidence_changed", about=[row.need], changes=told, details=details)
    return row


def amend_evidence(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    found = amend(Evidence, given, at=at)
    keys = [change.key for change in found]
    Need.objects.filter(pk__in=Evidence.objects.filter(pk__in=keys).values("need")).update(updated_at=at)
    return found


def check_evidence(*, said: str, source: str, dated_on: date, cites: Ref | None) -> None:
    """Raise ValidationError by field for what evidence may not say."""
    errors: dict[str, Any] = {}
    for name, text, most in (("said", said, 1000), ("source", source, 300)):
        if not text:
            errors[name] = _("This is needed: evidence has words, a source and a day.")
        elif len(text) > most or "\x00" in text:
            errors[name] = _("At most %(most)d characters are kept here.") % {"most": most}
    if dated_on > timezone.localdate() or dated_on.year < 1900:
        errors["dated_on"] = _("Write a day that is not in the future.")
    if cites is not None and not _is_there(cites):
        errors["cites"] = _("What is cited is not here.")
    if errors:
        raise ValidationError(errors)


def _is_there(ref: Ref) -> bool:
    described = kinds.find(ref.kind) if ref.kind in CITED else None
    return bool(described and described.titles([ref.id]))


def take_out_evidence(evidence: Evidence, *, change_set: ChangeSet) -> None:
    """Take it away by an import, in the caller's transaction."""
    take_out(evidence, change_set=change_set)
    Need.objects.filter(pk=evidence.need_id).update(updated_at=timezone.now())


def remove_evidence(evidence: Evidence, *, by: Any) -> ChangeSet:
    """Take it away; an undo brings it back."""
    with transaction.atomic():
        said = {"said": evidence.said[:120]}
        done = take_away(evidence, by=by, verb="needs.evidence_removed", about=[evidence.need], details=said)
        Need.objects.filter(pk=evidence.need_id).update(updated_at=timezone.now())
    return done
