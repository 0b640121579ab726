"""The list of events, and the list of registrations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, day, number, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    SubqueryFilter,
    TextFilter,
)

from . import choosing, facing, policies, selectors
from .models import Event, Registration


def _counted(rows: list[Any]) -> None:
    found = selectors.counts_of([row.pk for row in rows])
    for row in rows:
        row.counts = found[row.pk]


def _state_text(row: Event) -> str:
    return facing.state_word(row.state(timezone.now()))


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in choosing.team()]


class StateFilter(ChoiceFilter):
    """By what an event is at the moment."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        now = timezone.now()
        going = Q(cancelled_at__isnull=True, closed_at__isnull=True)
        conditions = {
            "planned": going & Q(starts_at__gt=now),
            "now": going & Q(starts_at__lte=now, ends_at__gt=now),
            "over": going & Q(ends_at__lte=now),
            "closed": Q(closed_at__isnull=False),
            "cancelled": Q(cancelled_at__isnull=False),
        }
        passing = Q(pk__in=())
        for one in value:
            passing |= conditions[one]
        return passing


STATES = (
    ("planned", _("Planned")),
    ("now", _("Going on")),
    ("over", _("To be closed out")),
    ("closed", _("Closed out")),
    ("cancelled", _("Cancelled")),
)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _last_day(row: Event) -> date | None:
    return _day(row.ends_at) if _day(row.ends_at) != _day(row.starts_at) else None


def _end(row: Event) -> str:
    """As a file of events says it."""
    words = _("Cancelled") if row.cancelled_at else _("Took place and is closed out") if row.closed_at else ""
    return str(words)


def _why(row: Event) -> str:
    return row.cancel_reason if row.cancelled_at else row.outcome if row.closed_at else ""


def _yes(value: bool) -> str:
    return str(_("Yes") if value else _("No"))


events = ListPage(
    name="events",
    kind=selectors.KIND,
    noun=_("event"),
    noun_plural=_("events"),
    title=_("Events"),
    intro=_("Workshops, booths, volunteer days and gatherings: who registers, who comes, for how long, and what came of it."),
    policy=policies.may_see,
    rows=selectors.listed,
    prepare=_counted,
    default_sort="-starts_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="events:plan",
    create_policy=policies.may_edit,
    create_label=_("Plan an event"),
    heading_links=(
        (_("Registrations"), "events:registrations", policies.may_see),
        (_("Outputs"), "events:outputs", policies.may_see),
        (_("Costs"), "events:costs", policies.may_see),
        (_("Hosts"), "events:hosts", policies.may_see),
    ),
    empty=Empty(
        _("No events yet"),
        _(
            "Plan a workshop, a booth, a volunteer day or a gathering. Its page takes registrations and keeps a waitlist; at the door "
            "you check people in on a phone; afterwards you say what came of it."
        ),
        ((_("Plan an event"), "events:plan", policies.may_edit),),
        icon="calendar-event",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("begins", _("Begins"), lambda row: when(row.starts_at), lambda row: row.starts_at, sort="starts_at"),
        Column("ends", _("Ends"), lambda row: when(row.ends_at), lambda row: row.ends_at, is_default=False),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: row.get_kind_display()),
        Column("state", _("State"), facing.state_badge, _state_text),
        Column("place", _("Place"), lambda row: data(row.place), lambda row: row.place),
        Column("registered", _("Registered"), facing.have_a_place, lambda row: row.counts.places, is_numeric=True),
        Column("waiting", _("Waiting"), facing.who_wait, lambda row: row.counts.waiting, is_numeric=True, is_default=False),
        Column("came", _("Came"), lambda row: facing.came(row, row.counts), lambda row: row.counts.came, is_numeric=True),
        Column("minutes", _("Minutes"), lambda row: number(row.counts.minutes), lambda row: row.counts.minutes, is_numeric=True, is_default=False),
        Column("on", _("On which day"), lambda row: day(_day(row.starts_at)), lambda row: _day(row.starts_at), is_default=False),
        Column("from", _("From (time of day)"), lambda row: _time(row.starts_at), lambda row: _time(row.starts_at), is_default=False),
        Column("until", _("Until (time of day)"), lambda row: _time(row.ends_at), lambda row: _time(row.ends_at), is_default=False),
        Column("ends_on", _("Last day, of an event of several days"), lambda row: day(_last_day(row)), _last_day, is_default=False),
        Column("about", _("What it is about"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("is_public", _("Has a page of its own"), lambda row: _yes(row.is_public), lambda row: _yes(row.is_public), is_default=False),
        Column("end", _("How it ended"), _end, _end, is_default=False),
        Column("end_reason", _("Why it was cancelled, or what came of it"), lambda row: data(_why(row)), _why, is_default=False),
        Column("capacity", _("Places"), lambda row: number(row.capacity), lambda row: row.capacity, is_numeric=True, is_default=False),
        Column("owner", _("Who sees to it"), lambda row: data(str(row.owner or "")), lambda row: str(row.owner or ""), is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("title", _("Title"), field="title_folded"),
        ChoiceFilter("kind", _("Kind"), options=Event.Kind.choices),
        StateFilter("state", _("State"), options=STATES),
        InstantFilter("day", _("Begins"), field="starts_at"),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
    ),
)  # fmt: skip
"""All events."""


def _events() -> list[tuple[str, Any]]:
    return [
        (str(row.uuid), AsWritten(row.title)) for row in Event.objects.order_by("-starts_at", "-pk")[:300]
    ]


def _event_rows(actor: Any) -> QuerySet[Registration]:
    return selectors.registrations_listed(actor)


def _linked(row: Registration) -> str | None:
    return row.event.get_absolute_url()


registrations = ListPage(
    name="event_registrations",
    kind=selectors.REGISTRATION,
    noun=_("registration"),
    noun_plural=_("registrations"),
    title=_("Registrations"),
    policy=policies.may_see,
    rows=_event_rows,
    default_sort="-created_at",
    row_url=lambda row: row.person.get_absolute_url() if row.person else _linked(row),
    heading_links=((_("Events"), "events:list", policies.may_see),),
    empty=Empty(
        _("No registrations yet"),
        _("People register on an event's public page, or you register them on the event. At the door "
            "they are checked in on a phone, and whoever came counts in the indicators."),
        ((_("Choose an event"), "events:list", policies.may_see),),
        icon="list-check",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("event", _("Event"), lambda row: data(row.event.title), lambda row: row.event.title),
        Column("state", _("State"), facing.place_badge, lambda row: str(_("Came") if row.came_at else row.get_state_display())),
        Column("email", _("E-mail"), lambda row: data(row.email), lambda row: row.email),
        Column("registered", _("Registered"), lambda row: when(row.created_at), lambda row: row.created_at, sort="created_at"),
        Column("came", _("Checked in"), lambda row: when(row.came_at) if row.came_at else "", lambda row: row.came_at, sort="came_at"),
        Column("minutes", _("Minutes"), lambda row: number(row.minutes), lambda row: row.minutes, is_numeric=True),
        Column("how", _("How"), lambda row: row.get_way_display(), lambda row: row.get_way_display(), is_default=False),
        Column("note", _("Note"), lambda row: data(row.note), lambda row: row.note, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        SubqueryFilter("event", _("Event"), options=_events, subquery=selectors.registered_at),
        ChoiceFilter("state", _("State"), options=Registration.State.choices),
        BooleanFilter("came", _("Came"), condition=Q(came_at__isnull=False), sorted_by=("created_at", "came_at")),
        TextFilter("name", _("Name"), field="name_folded", starts=True),
    ),
)  # fmt: skip
"""Who registered and came."""
