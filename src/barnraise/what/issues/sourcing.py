"""What concerns give to indicators: how many were raised, the share answered within their clock, the hours until an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.forms import Form
from barnraise.why.goals.sockets import Row, Source, stamp_of

from .models import Answer, Issue
from .selectors import between

AT_ONCE = 2000


class IssueChoice(Form):
    """Whose concerns count."""

    origins = forms.MultipleChoiceField(
        label=_("Whose concerns count"),
        choices=Issue.Origin.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )


def _words(options: Mapping[str, Any]) -> str:
    known = Issue.Origin
    said = [str(known(one).label) for one in options.get("origins") or () if one in known.values]
    return _now("Counts: %(kinds)s") % {"kinds": ", ".join(said) if said else _now("all concerns")}


def _of(options: Mapping[str, Any], prefix: str = "") -> Q:
    return Q(**{f"{prefix}origin__in": options["origins"]}) if options.get("origins") else Q()


def _raised(options: Mapping[str, Any], period: Period) -> QuerySet[Issue]:
    return Issue.objects.filter(_of(options), between("raised_at", period))


def _answered(options: Mapping[str, Any], period: Period) -> QuerySet[Answer]:
    """First answers of a round that were given in the period."""
    return Answer.objects.filter(_of(options, "issue__"), between("at", period), stops_clock=True)


def _owed(options: Mapping[str, Any], period: Period) -> QuerySet[Answer]:
    """First answers of a round that were owed in the period."""
    return Answer.objects.filter(_of(options, "issue__"), between("answer_by", period), stops_clock=True)


def _missed(options: Mapping[str, Any], period: Period) -> QuerySet[Issue]:
    """Owed in the period and by now, without an answer."""
    rows = Issue.objects.filter(_of(options), between("answer_by", period), answered_at__isnull=True)
    return rows.filter(answer_by__lt=timezone.now())


def _raised_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _raised(options, period).order_by("pk").values_list("pk", "raised_at")
    for key, at in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("issues", "issue", key), timezone.localdate(at))


def _in_time_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    given = _owed(options, period).order_by("pk").values_list("pk", "at", "answer_by")
    for key, at, owed in given.iterator(chunk_size=AT_ONCE):
        value = Decimal(100 if at <= owed else 0)
        yield Row(Ref("issues", "answer", key), timezone.localdate(owed), value)
    missed = _missed(options, period).order_by("pk").values_list("pk", "answer_by")
    for key, owed in missed.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("issues", "issue", key), timezone.localdate(owed), Decimal(0))


def _hours_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    given = _answered(options, period).order_by("pk").values_list("pk", "at", "clock_from")
    for key, at, begun in given.iterator(chunk_size=AT_ONCE):
        hours = (Decimal(int((at - begun).total_seconds())) / 3600).quantize(Decimal("0.01"))
        yield Row(Ref("issues", "answer", key), timezone.localdate(at), hours)


def _raised_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_raised(options, period), "updated_at")


def _in_time_stamp(options: Mapping[str, Any], period: Period) -> str:
    given = stamp_of(_owed(options, period), "updated_at")
    return f"{given}|{stamp_of(_missed(options, period), 'updated_at')}"


def _hours_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_answered(options, period), "updated_at")


SOURCES: Mapping[str, Source] = {
    "issues.raised": Source(
        label=_("Concerns raised"),
        about=_("Concerns that were raised in the period."),
        unit=_("concerns"),
        rules=("count",),
        rows=_raised_rows,
        form=IssueChoice,
        words=_words,
        stamp=_raised_stamp,
    ),
    "issues.in_time": Source(
        label=_("Share of concerns answered within their clock"),
        about=_("Each answer owed in the period counts 100 when it was given in time and 0 when it was late or is missing; the mean is the share."),
        unit=_("percent"),
        rules=("mean",),
        rows=_in_time_rows,
        form=IssueChoice,
        words=_words,
        stamp=_in_time_stamp,
    ),
    "issues.hours": Source(
        label=_("Hours until a concern was answered"),
        about=_("From when a concern was raised, or opened again, to its first answer; of answers given in the period."),
        unit=_("hours"),
        rules=("mean", "maximum"),
        rows=_hours_rows,
        form=IssueChoice,
        words=_words,
        stamp=_hours_stamp,
    ),
}  # fmt: skip
"""By name."""
