"""Write a number by hand, ask a partner for one, keep what they answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, fields_of, record, removal, update
from barnraise.plumbing.mail.services import cancel_about
from barnraise.plumbing.search import services as search
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.models import Indicator

from ..models import Observation, Report
from ..models.observation import DIGITS, PLACES, Reason
from ..selectors import OBSERVATION, REPORT
from ..spans import span_of
from .compute import compute

MOST = Decimal(10) ** (DIGITS - PLACES)


def write_value(
    indicator: Indicator,
    *,
    on: date,
    by: Any,
    value: Decimal | None = None,
    reason: str = "",
    note: str = "",
    organisation: Organisation | None = None,
    restating: str = "",
    change_set: Any = None,
    is_sample: bool = False,
) -> Observation:
    """Keep the number of the period that `on` lies in, the team's own or noted for a partner; the observation follows.

    A number that is there already is written over. Raises ValidationError by field: value or reason, one of the two; a
    locked period wants `restating`, why it is changed; an indicator with a source takes no numbers.
    """
    period = span_of(indicator.frequency, on)
    _may_report(indicator, period)
    _checked(value, reason, note, "team")
    with transaction.atomic():
        _unlocked(indicator, period, restating)
        row, is_new = _report(indicator, period, organisation, by, is_sample)
        before = fields_of(row)
        _keep(row, value, reason, note, "", Report.Way.IMPORT if change_set else Report.Way.HAND, by)
        if change_set is not None:
            made = Change(kind=REPORT, key=row.pk, action=Change.Action.CREATED)
            change = made if is_new else update(Report.objects.get(pk=row.pk), before)
            add_changes(change_set=change_set, changes=[change] if change else [])
        else:
            about = [indicator, *([organisation] if organisation else [])]
            record(by=by, verb="indicators.written", about=about, details={"period": str(period)})
        return _follow(indicator, period, by, restating, is_sample)


def ask_report(
    indicator: Indicator,
    *,
    organisation: Organisation,
    on: date,
    by: Any,
    due_on: date | None = None,
    is_sample: bool = False,
) -> Report:
    """Ask a partner for the number of the period that `on` lies in; asked twice it is one question. Raises ValidationError."""
    period = span_of(indicator.frequency, on)
    _may_report(indicator, period)
    with transaction.atomic():
        row, is_new = _report(indicator, period, organisation, by, is_sample)
        if due_on and row.due_on != due_on:
            row.due_on = due_on
            row.updated_at = timezone.now()
            row.save(update_fields=["due_on", "updated_at"])
        if is_new:
            record(
                by=by,
                verb="indicators.asked",
                about=[indicator, organisation],
                details={"period": str(period)},
            )
    return row


def answer_report(
    report: Report,
    *,
    value: Decimal | None,
    reason: str = "",
    note: str = "",
    signed_by: str = "",
    by: Any = None,
    is_first: bool = False,
) -> Observation:
    """What the partner says by their own link, or `by` an account. Raises ValidationError by field; a locked period takes no answer any more.

    With `is_first` nothing that was given already is written over: then Report.DoesNotExist is raised.
    """
    _checked(value, reason, note, signed_by)
    with transaction.atomic():
        rows = Report.objects.select_for_update()
        row = (rows.filter(answered_at__isnull=True) if is_first else rows).get(pk=report.pk)
        indicator = row.indicator
        _may_report(indicator, row.period)
        _unlocked(indicator, row.period, "")
        said = (row.value, row.reason, row.note, row.signed_by)
        who = squeeze(signed_by)
        if row.is_answered and said == (value, reason, note.strip(), who):
            return Observation.objects.get(indicator=indicator, begins_on=row.begins_on)
        _keep(row, value, reason, note, who, Report.Way.LINK, by or row.by)
        record(
            by=by,
            verb="indicators.reported",
            about=[indicator, *([row.organisation] if row.organisation else [])],
            details={"period": str(row.period), "name": who},
        )
        return _follow(indicator, row.period, None, "", row.is_sample)


def remove_report(report: Report, *, by: Any, change_set: Any = None) -> None:
    """Take a number or a question away that was noted by mistake. Within a `change_set` it is kept there, without a sentence.

    Raises ValidationError when its period is locked.
    """
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=report.pk)
        indicator, period = row.indicator, row.period
        _unlocked(indicator, period, "")
        about = [indicator, *([row.organisation] if row.organisation else [])]
        if change_set is None:
            record(by=by, verb="indicators.report_removed", about=about, details={"period": str(period)})
        else:
            add_changes(change_set=change_set, changes=[removal(row)])
        cancel_about(Ref.to(row))
        search.remove(REPORT, [row.pk])
        row.delete()
        let_follow(indicator, period, by=by)


def let_follow(indicator: Indicator, period: Period, *, by: Any) -> None:
    """Count the period anew; where nothing was reported the observation goes."""
    there = Observation.objects.filter(indicator=indicator, begins_on=period.begins)
    if not Report.objects.filter(
        indicator=indicator, begins_on=period.begins, answered_at__isnull=False
    ).exists():
        search.remove(OBSERVATION, list(there.values_list("pk", flat=True)))
        there.delete()
    else:
        _follow(indicator, period, by, "", is_sample=False)


def _follow(indicator: Indicator, period: Period, by: Any, note: str, is_sample: bool) -> Observation:
    row = compute(indicator, period, by=by, note=note, is_sample=is_sample)
    return row if row is not None else _reasoned(indicator, period, by, note, is_sample)


def _reasoned(indicator: Indicator, period: Period, by: Any, note: str, is_sample: bool) -> Observation:
    """An observation of which only the reason is known."""
    at = timezone.now()
    Observation.objects.create(
        indicator=indicator,
        begins_on=period.begins,
        ends_on=period.ends,
        reason=Reason.NOTHING,
        origin=Observation.Origin.REPORTED,
        computed_at=at,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )
    row = compute(indicator, period, by=by, note=note)
    if row is None:
        raise TypeError("An observation that is there is counted.")
    return row


def _report(
    indicator: Indicator, period: Period, organisation: Organisation | None, by: Any, is_sample: bool
) -> tuple[Report, bool]:
    now = timezone.now()
    return Report.objects.select_for_update(of=("self",)).get_or_create(
        indicator=indicator,
        organisation=organisation,
        begins_on=period.begins,
        defaults={
            "ends_on": period.ends,
            "asked_at": now,
            "created_at": now,
            "updated_at": now,
            "by": by if getattr(by, "pk", None) else None,
            "is_sample": is_sample,
        },
    )


def _keep(
    row: Report, value: Decimal | None, reason: str, note: str, signed_by: str, way: str, by: Any
) -> None:
    now = timezone.now()
    row.value, row.reason, row.note, row.signed_by = value, reason, note.strip(), signed_by
    row.way, row.answered_at, row.updated_at = way, now, now
    row.by = by if getattr(by, "pk", None) else None
    row.save(update_fields=["value", "reason", "note", "signed_by", "way", "answered_at", "updated_at", "by"])
    search.index(REPORT, [row.pk])


def _may_report(indicator: Indicator, period: Period) -> None:
    if indicator.source:
        raise ValidationError(
            _("This indicator counts by itself: its numbers come from the rows, not by hand.")
        )
    if indicator.is_ended:
        raise ValidationError(_("This indicator has ended. Reopen it first."))
    if period.begins > timezone.localdate():
        raise ValidationError({"on": _("This period lies in the future.")})
    if period.begins.year < 1900:
        raise ValidationError({"on": _("Write a year after 1900.")})


def _checked(value: Decimal | None, reason: str, note: str, signed_by: str) -> None:
    errors: dict[str, Any] = {}
    if value is None and not reason:
        errors["value"] = _("Write the number, or choose why there is none.")
    elif value is not None and reason:
        errors["reason"] = _("There is a number: then no reason is needed.")
    elif value is not None and (not value.is_finite() or abs(value) >= MOST):
        errors["value"] = _("value must be a finite number.")
    elif reason and (reason not in Reason.values or reason == Reason.NOTHING):
        errors["reason"] = _("Choose one of the reasons.")
    if len(note) > 500 or "\x00" in note:
        errors["note"] = _("Write at most 500 characters.")
    if not squeeze(signed_by):
        errors["signed_by"] = _("Write the name of whoever says so for the organisation.")
    elif len(signed_by) > 200 or "\x00" in signed_by:
        errors["signed_by"] = _("Write at most 200 characters.")
    if errors:
        raise ValidationError(errors)


def _unlocked(indicator: Indicator, period: Period, restating: str) -> None:
    there = Observation.objects.filter(indicator=indicator, begins_on=period.begins, locked_at__isnull=False)
    if there.exists() and not squeeze(restating):
        raise ValidationError(
            {"restating": _("This period is locked. Say why its number changes: that is shown with it.")}
        )
