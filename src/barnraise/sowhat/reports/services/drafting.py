"""Write a report, change it, take it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import report_faults
from ..models import Cited, Report
from ..selectors import KIND, Content, choices, read, refs_of

FIELDS = ("name", "audience", "organisation", "begins_on", "ends_on", "intro", "language", "sections")
ISSUED = "issued"
CONTENT = "content"


@dataclass(frozen=True, slots=True)
class New:
    """A report to write, checked already; `state` "draft" or "issued"."""

    name: str
    audience: str
    begins_on: date
    ends_on: date
    organisation_id: int | None = None
    intro: str = ""
    language: str = ""
    state: str = "draft"


def _others(row: Report) -> set[str]:
    rows = Report.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk)
    return set(rows.values_list("name_folded", flat=True))


def told(row: Report) -> list[Any]:
    """What a sentence about a report is about."""
    return [row, row.organisation] if row.organisation is not None else [row]


def _tidy(row: Report) -> None:
    row.name, row.intro = squeeze(row.name), row.intro.strip()
    row.name_folded = fold(row.name)[:200]
    if row.audience != Report.Audience.PARTNER:
        row.organisation = None


def write_report(
    *,
    by: Any,
    name: str,
    audience: str,
    begins_on: date,
    ends_on: date,
    organisation: Any = None,
    intro: str = "",
    language: str = "",
    sections: Sequence[str] | None = None,
) -> Report:
    """A draft; without `sections` with all that may stand in it. Raises ValidationError by field; then nothing is written."""
    now = timezone.now()
    row = Report(
        name=name,
        audience=audience,
        organisation=organisation,
        begins_on=begins_on,
        ends_on=ends_on,
        intro=intro,
        language=language or installation().default_language,
        sections=[one for one, _title in choices(audience)] if sections is None else list(sections),
        created_at=now,
        updated_at=now,
    )
    _tidy(row)
    refuse(report_faults(row, others=_others(row)))
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="reports.written", about=told(row))
        search.index(KIND, [row.pk])
    return row


def draft(report: Report) -> Report:
    """The row, locked for a change. Raises ValidationError once it is issued."""
    row = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
    if row.issued_on is not None:
        raise ValidationError(
            _("It is issued: what it says no longer changes. Withdraw it and write a new one.")
        )
    return row


def change_report(report: Report, *, by: Any, **values: Any) -> Report:
    """Set the given fields (of FIELDS) of a draft. Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A report has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = draft(report)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, list(value) if name == "sections" else value)
        _tidy(row)
        refuse(report_faults(row, others=_others(row)))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.updated_at = timezone.now()
            row.save(update_fields=[*differ, "name_folded", "updated_at"])
            shown = [name for name in differ if name != "sections"]
            changes = {name: (_text(before[name]), _text(getattr(row, name))) for name in shown}
            record(by=by, verb="reports.changed", about=told(row), changes=changes)
            search.index(KIND, [row.pk])
    return row


def _text(value: Any) -> Any:
    return None if value is None else str(value)


def take_away(keys: Sequence[int]) -> None:
    """Delete these with their files, without a sentence."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Report.objects.filter(pk__in=list(keys)).delete()


def remove_report(report: Report, *, by: Any) -> None:
    """Take a draft away. Raises ValidationError for one that was issued: it is withdrawn."""
    with transaction.atomic():
        row = draft(report)
        record(by=by, verb="reports.removed", about=told(row)[1:], details={"title": row.name})
        take_away([row.pk])


def drafted(there: Report | None, values: Mapping[str, Any]) -> Report:
    """A draft with these fields as it would be kept: that one, else a new one with all that may stand in it. Nothing is written."""
    row = there or Report(language=installation().default_language)
    for name, value in values.items():
        if name not in ("state", "withdrawn_reason"):
            setattr(row, name, value)
    row.language = row.language or installation().default_language
    row.name, row.intro = squeeze(row.name), row.intro.strip()
    row.name_folded = fold(row.name)[:200]
    if row.audience != Report.Audience.PARTNER:
        row.organisation_id = None
    allowed = [name for name, _title in choices(row.audience)]
    row.sections = [name for name in row.sections if name in allowed] if there else allowed
    return row


def write(
    given: Sequence[New], *, at: datetime, is_sample: bool = False, by: Any = None, change_set: Any = None
) -> list[Report]:
    """Add these with all that may stand in them, in the caller's transaction. Without a sentence, but for those that are issued."""
    rows = []
    for one in given:
        row = drafted(None, {**asdict(one), "is_sample": is_sample, "created_at": at, "updated_at": at})
        if one.state == ISSUED:
            keep(row, by=by, at=at)
        rows.append(row)
    Report.objects.bulk_create(rows)
    note_cited([row.pk for row in rows])
    search.index(KIND, [row.pk for row in rows])
    for row in rows:
        if row.issued_on is not None:
            record(by=by, verb="reports.issued", about=told(row), change_set=change_set)
    return rows


def keep(row: Report, *, by: Any, at: datetime) -> None:
    """It says from now on what it says today; nothing is saved."""
    row.content, row.issued_on, row.updated_at = read(row), timezone.localdate(at), at
    row.issued_by = by if getattr(by, "pk", None) else None


def note_cited(keys: Sequence[int]) -> None:
    """Keep what the lines of these walk back to, in the caller's transaction; a draft cites nothing."""
    found = dict(
        Report.objects.filter(pk__in=list(keys), issued_on__isnull=False).values_list("pk", "content")
    )
    for key in keys:
        cite(key, found.get(key, ()))


def cite(key: int, content: Content) -> None:
    """The report of this key walks back to the lines of this content, and to nothing else."""
    Cited.objects.filter(report_id=key).delete()
    Cited.objects.bulk_create(Cited(report_id=key, ref=str(ref)) for ref in refs_of(content))


def without_content(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a change keeps of a report, but for what it said."""
    return {name: value for name, value in (kept or {}).items() if name != CONTENT}


def amend_reports(
    given: Sequence[tuple[int, Mapping[str, Any]]], *, by: Any, at: datetime, change_set: Any
) -> list[Change]:
    """Set these fields, checked already, in the caller's transaction; the changes for an undo.

    "state" issues a draft, or withdraws an issued report; both are told in the journal. What was issued or withdrawn meanwhile is left as
    it is. What it says is in no change: no file says it, and the undo store would keep what goes out of the report.
    """
    states = {key: values.get("state") for key, values in given}
    verbs = {ISSUED: "reports.issued", "withdrawn": "reports.withdrawn"}

    def follow(row: Report) -> None:
        if row.issued_on is None:
            drafted(row, {})
        if states[row.pk] == ISSUED:
            keep(row, by=by, at=at)
        elif states[row.pk] == "withdrawn":
            row.withdrawn_on = timezone.localdate(at)

    def still(row: Report, _values: Mapping[str, Any]) -> bool:
        is_to_go = states[row.pk] == "withdrawn"
        return row.withdrawn_on is None and (row.issued_on is not None) == is_to_go

    fields = [(key, {name: one[name] for name in one if name != "state"}) for key, one in given]
    found = amend(Report, fields, at=at, settle=follow, still=still)
    for change in found:
        change.before, change.after = without_content(change.before), without_content(change.after)
    keys = [change.key for change in found]
    note_cited(keys)
    search.index(KIND, keys)
    for row in Report.objects.select_related("organisation").defer("content").filter(pk__in=keys):
        if verb := verbs.get(states[row.pk] or ""):
            details = {"reason": row.withdrawn_reason} if row.withdrawn_reason else None
            record(by=by, verb=verb, about=told(row), details=details, change_set=change_set)
    return found
