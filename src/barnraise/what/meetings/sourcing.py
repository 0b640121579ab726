"""What meetings give to indicators: how many were held, which organisations came, with how many people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.forms import Form
from barnraise.why.goals.sockets import Row, Source, stamp_of

from .models import Attendance, Meeting, Series

AT_ONCE = 2000


class SeriesChoice(Form):
    """Whose meetings count."""

    series = forms.MultipleChoiceField(
        label=_("Which series count"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all meetings."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Series.objects.order_by("name_folded").values_list("pk", "name")[:200]
        fields: Any = self.fields
        fields["series"].choices = [(str(key), AsWritten(name)) for key, name in rows]


def _words(options: Mapping[str, Any]) -> str:
    keys = [int(one) for one in options.get("series") or () if str(one).isdigit()]
    names = list(Series.objects.filter(pk__in=keys).order_by("name_folded").values_list("name", flat=True))
    return _now("Counts: %(kinds)s") % {"kinds": ", ".join(names) if names else _now("all meetings")}


def _held(options: Mapping[str, Any], period: Period) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(_on_days("starts_at", period), held_at__isnull=False)
    return rows.filter(series_id__in=options["series"]) if options.get("series") else rows


def _on_days(field: str, period: Period) -> Q:
    return Q(**{f"{field}__gte": _starts(period.begins), f"{field}__lt": _starts(period.ends, 1)})


def _starts(day: date, later: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=later), time.min))


def _came(options: Mapping[str, Any], period: Period) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting__in=_held(options, period), state="came")


def _held_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _held(options, period).order_by("pk").values_list("pk", "starts_at")
    for key, at in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("meetings", "meeting", key), timezone.localdate(at))


def _body_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _came(options, period).order_by("pk").values_list("pk", "meeting__starts_at", "organisation_id")
    for key, at, body in rows.iterator(chunk_size=AT_ONCE):
        counts = Ref("organisations", "organisation", body)
        yield Row(Ref("meetings", "attendance", key), timezone.localdate(at), counts=counts)


def _head_rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _came(options, period).order_by("pk").values_list("pk", "meeting__starts_at", "people")
    for key, at, people in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("meetings", "attendance", key), timezone.localdate(at), Decimal(people))


def _held_stamp(options: Mapping[str, Any], period: Period) -> str:
    return stamp_of(_held(options, period), "updated_at")


SOURCES: Mapping[str, Source] = {
    "meetings.held": Source(
        label=_("Meetings held"),
        about=_("Meetings of the period whose minutes are closed."),
        unit=_("meetings"),
        rules=("count",),
        rows=_held_rows,
        form=SeriesChoice,
        words=_words,
        stamp=_held_stamp,
    ),
    "meetings.organisations": Source(
        label=_("Organisations at meetings"),
        about=_("Organisations that came to meetings of the period whose minutes are closed: each once, or each time."),
        unit=_("organisations"),
        rules=("distinct", "count"),
        rows=_body_rows,
        form=SeriesChoice,
        words=_words,
        stamp=_held_stamp,
    ),
    "meetings.people": Source(
        label=_("People at meetings"),
        about=_("With how many people organisations came to meetings of the period whose minutes are closed."),
        unit=_("people"),
        rules=("sum",),
        rows=_head_rows,
        form=SeriesChoice,
        words=_words,
        stamp=_held_stamp,
    ),
}  # fmt: skip
"""By name."""
