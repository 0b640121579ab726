"""Issue a report, so that it no longer changes, and withdraw it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, record, reset_row
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST
from ..models import Report
from ..selectors import KIND, forgetting
from .drafting import CONTENT, cite, draft, keep, note_cited, take_away, told, without_content

CHUNK = 50
"""So many reports are in memory at a time with all that they say."""


def issue(report: Report, *, by: Any) -> Report:
    """Keep what it says today. Raises ValidationError when it is issued, or says nothing."""
    with transaction.atomic():
        row = draft(report)
        keep(row, by=by, at=timezone.now())
        if not row.content:
            raise ValidationError(_("It says nothing: no section has a row in this period."))
        row.save(update_fields=["content", "issued_on", "issued_by", "updated_at"])
        note_cited([row.pk])
        record(by=by, verb="reports.issued", about=told(row))
    return row


def withdraw(report: Report, *, by: Any, reason: str) -> Report:
    """It is not to be used any more; it stays, with the reason. Raises ValidationError."""
    reason = reason.strip()
    found = text_faults(MOST, reason=reason)
    if not reason:
        found.append(("reason", _("Say why.")))
    with transaction.atomic():
        row = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
        if row.issued_on is None or row.withdrawn_on is not None:
            raise ValidationError(_("Only an issued report is withdrawn."))
        refuse(found)
        row.withdrawn_on, row.withdrawn_reason = timezone.localdate(), reason
        row.updated_at = timezone.now()
        row.save(update_fields=["withdrawn_on", "withdrawn_reason", "updated_at"])
        record(by=by, verb="reports.withdrawn", about=told(row), details={"reason": reason})
    return row


@transaction.atomic
def forget_told(refs: Collection[Ref]) -> int:
    """What issued reports say of these goes out of them for good, without a sentence; they say that something did. How many.

    All reports are read once, a few at a time; only those that change are locked.
    """
    texts = {str(ref) for ref in refs}
    issued = Report.objects.filter(issued_on__isnull=False).order_by("pk").only("content")
    told = [row.pk for row in issued.iterator(chunk_size=CHUNK) if forgetting(row.content, texts) is not None]
    for key in told:
        for row in Report.objects.select_for_update(of=("self",)).filter(pk=key):
            content = forgetting(row.content, texts)
            if content is not None:
                Report.objects.filter(pk=key).update(content=content)
                cite(key, content)
    _clean_changes()
    return len(told)


def _clean_changes() -> None:
    """No change keeps what a report said: those of before did."""
    for change in Change.objects.filter(kind=KIND, action=Change.Action.UPDATED).iterator(chunk_size=CHUNK):
        if CONTENT in {**(change.before or {}), **(change.after or {})}:
            change.before, change.after = without_content(change.before), without_content(change.after)
            change.save(update_fields=["before", "after"])


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo reports that a file brought, changed, issued or withdrew; one that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Report.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            Report.objects.filter(pk=row.pk, issued_on__isnull=True).update(content=[])
            note_cited([row.pk])
            search.index(KIND, [row.pk])
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's reports go, and those for its organisations. How many."""
    rows = Report.objects.filter(is_sample=True) | Report.objects.filter(organisation__is_sample=True)
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="reports.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
