"""What events give to indicators: attendances, people, hours, outputs, events held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.naming import naming
from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.forms import Form
from barnraise.what.projects.sockets import Channel, Reached
from barnraise.why.goals.sockets import Parts, Row, Source, stamp_of

from .facing import rows_of
from .models import Event, Output, Registration

AT_ONCE = 2000


class EventChoice(Form):
    """Which events count."""

    kinds = forms.MultipleChoiceField(
        label=_("Which events count"),
        choices=Event.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them."),
    )
    serves = forms.ChoiceField(label=_("Only those that serve"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cited = Event.objects.exclude(cites="").order_by("cites").values_list("cites", flat=True).distinct()
        named = [(ref, AsWritten(search.cited_title(ref) or ref)) for ref in cited[:500]]
        field: Any = self.fields["serves"]
        field.choices = [("", _("Whatever they serve")), *named]


class OutputChoice(EventChoice):
    """Which outputs of which events count."""

    unit = forms.CharField(
        label=_("Of what"), max_length=80, help_text=_("As it stands among the outputs of events: meals.")
    )


def _words(options: Mapping[str, Any]) -> str:
    kinds = [str(Event.Kind(one).label) for one in options.get("kinds") or () if one in Event.Kind.values]
    words = _now("Counts: %(kinds)s") % {"kinds": ", ".join(kinds) if kinds else _now("all events")}
    if options.get("serves"):
        serves = search.cited_title(str(options["serves"]))
        words += " · " + _now("that serve “%(title)s”") % {"title": serves or options["serves"]}
    return f"{words} · {options['unit']}" if options.get("unit") else words


def _events(options: Mapping[str, Any], period: Period) -> QuerySet[Event]:
    """Those of the period, by the day on which they begin in the zone of the house."""
    begins = timezone.make_aware(datetime.combine(period.begins, time.min))
    after = timezone.make_aware(datetime.combine(period.ends + timedelta(days=1), time.min))
    rows = Event.objects.filter(starts_at__gte=begins, starts_at__lt=after)
    if options.get("kinds"):
        rows = rows.filter(kind__in=options["kinds"])
    return rows.filter(naming("cites", options["serves"])) if options.get("serves") else rows


def _came(options: Mapping[str, Any], period: Period) -> QuerySet[Registration]:
    events = _events(options, period).values("pk")
    return Registration.objects.filter(event_id__in=events, came_at__isnull=False).order_by("pk")


def _came_to(
    options: Mapping[str, Any], period: Period, keys: Sequence[int]
) -> Iterator[QuerySet[Registration]]:
    for start in range(0, len(keys), AT_ONCE // 4):
        yield _came(options, period).filter(event_id__in=keys[start : start + AT_ONCE // 4])


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _people_among(came: QuerySet[Registration]) -> Iterator[Row]:
    rows = came.values_list("pk", "event__starts_at", "person_id", "event_id")
    for key, at, person, event in rows.iterator(chunk_size=AT_ONCE):
        counts = Ref("people", "person", person) if person else None
        yield Row(Ref("events", "registration", key), _day(at), counts=counts, part=event)


def _hours_among(came: QuerySet[Registration]) -> Iterator[Row]:
    rows = came.filter(minutes__gt=0).values_list("pk", "event__starts_at", "minutes", "event_id")
    for key, at, minutes, event in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("events", "registration", key), _day(at), Decimal(minutes or 0) / 60, part=event)


def _people(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    return _people_among(_came(options, period))


def _hours(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    return _hours_among(_came(options, period))


def _people_at(options: Mapping[str, Any], period: Period, keys: Sequence[int]) -> Iterator[Row]:
    for came in _came_to(options, period, keys):
        yield from _people_among(came)


def _hours_at(options: Mapping[str, Any], period: Period, keys: Sequence[int]) -> Iterator[Row]:
    for came in _came_to(options, period, keys):
        yield from _hours_among(came)


def _versions(options: Mapping[str, Any], period: Period) -> Mapping[int, str]:
    """By event: changes whenever who came does, for how long, or the day."""
    rows = _events(options, period).values_list("pk", "came_version", "starts_at")
    return {key: f"{version}:{int(at.timestamp())}" for key, version, at in rows.iterator(chunk_size=AT_ONCE)}


def _outputs(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = Output.objects.filter(
        event_id__in=_events(options, period).values("pk"), unit=options.get("unit", "")
    )
    shown = rows.order_by("pk").values_list("event_id", "event__starts_at", "quantity")
    for key, at, quantity in shown.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("events", "event", key), _day(at), quantity)


def _held(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    rows = _events(options, period).filter(cancelled_at__isnull=True, ends_at__lte=timezone.now())
    for key, at in rows.order_by("pk").values_list("pk", "starts_at").iterator(chunk_size=AT_ONCE):
        yield Row(Ref("events", "event", key), _day(at))


def _event_stamp(options: Mapping[str, Any], period: Period) -> str:
    now = timezone.now()
    rows = _events(options, period)
    found = rows.aggregate(many=Count("pk"), last=Max("updated_at"))
    return f"{found['many']}:{rows.filter(ends_at__lte=now).count()}:{found['last'] or ''}"


def _came_stamp(options: Mapping[str, Any], period: Period) -> str:
    """Reads the events of the period alone: each counts up when who came to it changes."""
    found = _events(options, period).aggregate(
        many=Count("pk"), keys=Sum("pk"), versions=Sum("came_version"), last=Max("updated_at")
    )
    return f"{found['many']}:{found['keys']}:{found['versions']}:{found['last'] or ''}"


def _serving(ref: Ref, most: int) -> list[Reached]:
    """Events that serve a project, with how many came."""
    rows = (
        Event.objects.filter(naming("cites", ref))
        .annotate(reached=Count("registrations", filter=Q(registrations__came_at__isnull=False)))
        .order_by("-starts_at", "-pk")[:most]
    )
    return [
        Reached(
            f"{row.title}, {date_format(_day(row.starts_at), 'SHORT_DATE_FORMAT')}",
            row.get_absolute_url(),
            row.reached,
            rows_of(row, "came=1"),
        )
        for row in rows
    ]


CHANNEL = Channel(
    _("Events"),
    _serving,
    lambda ref, period: _people({"serves": str(ref)}, period),
    lambda ref, period: stamp_of(_came({"serves": str(ref)}, period), "updated_at"),
)
"""Events among the channels of a project's reach."""

SOURCES: Mapping[str, Source] = {
    "events.people": Source(
        label=_("People who came to events"),
        about=_("Everybody checked in at an event of the period; of different people each counts once."),
        unit=_("people"),
        rules=("distinct", "count"),
        rows=_people,
        form=EventChoice,
        words=_words,
        stamp=_came_stamp,
        parts=Parts(_versions, _people_at),
    ),
    "events.hours": Source(
        label=_("Hours given at events"),
        about=_("How long those who came to events of the period stayed, where it was noted."),
        unit=_("hours"),
        rules=("sum",),
        rows=_hours,
        form=EventChoice,
        words=_words,
        stamp=_came_stamp,
        parts=Parts(_versions, _hours_at),
    ),
    "events.outputs": Source(
        label=_("Outputs of events"),
        about=_("What events of the period brought about, of one unit: meals, trees, screenings."),
        unit=_("as the output says"),
        rules=("sum",),
        rows=_outputs,
        form=OutputChoice,
        words=_words,
        stamp=_event_stamp,
    ),
    "events.held": Source(
        label=_("Events held"),
        about=_("Events of the period that took place."),
        unit=_("events"),
        rules=("count",),
        rows=_held,
        form=EventChoice,
        words=_words,
        stamp=_event_stamp,
    ),
}
"""By name."""
