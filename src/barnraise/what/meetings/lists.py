"""The lists of meetings and of their series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    MeantFilter,
    PickFilter,
    TextFilter,
)
from barnraise.who.organisations.models import Organisation

from . import facing, policies, selectors
from .models import Attendance, Meeting, Series


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """By how a meeting stands now."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        now, found = timezone.now(), Q(pk__in=())
        for one in value:
            found |= selectors.in_state(one, now)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. Planned and open minutes are told by the clock."""
        return None


def _state(row: Meeting) -> Any:
    return facing.state_badge(row, timezone.now())


def _state_text(row: Meeting) -> str:
    return facing.state_word(row, timezone.now())


def _text(name: str) -> Any:
    return lambda row: str(getattr(row, name) or "")


def _written(name: str) -> Any:
    return lambda row: data(str(getattr(row, name) or ""))


def _clock(name: str) -> Any:
    """A time of day; an end on another day has none."""

    def said(row: Meeting) -> str:
        at = getattr(row, name)
        local = timezone.localtime(at) if at else None
        return f"{local:%H:%M}" if local and local.date() == row.on else ""

    return said


_PLAN = (
    (_("Plan a meeting"), "meetings:plan", policies.may_edit),
    (_("Begin a series"), "meetings:begin_series", policies.may_edit),
)

meetings = ListPage(
    name="meetings",
    kind=selectors.KIND,
    noun=_("meeting"),
    noun_plural=_("meetings"),
    title=_("Meetings"),
    intro=_("Agenda, who came, minutes, what was decided and what was promised."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-starts_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="meetings:plan",
    create_policy=policies.may_edit,
    create_label=_("Plan a meeting"),
    heading_links=(
        (pgettext_lazy("many", "Series of meetings"), "meetings:series_list", policies.may_see),
        (_("Who came"), "meetings:attendances", policies.may_see),
    ),
    empty=Empty(
        _("No meetings yet"),
        _(
            "Begin a series for those that come round: Today says when the next one is due, and what was promised at the last one "
            "and is open is carried forward by itself."
        ),
        _PLAN,
        icon="users-group",
    ),
    columns=(
        Column("title", _("Title"), _written("title"), _text("title"), sort="title_folded"),
        Column("starts", _("Begins"), lambda row: when(row.starts_at), lambda row: row.starts_at, sort="starts_at"),
        Column("state", _("State"), _state, _state_text),
        Column("series", _("Series"), _written("series"), _text("series")),
        Column("place", _("Place"), _written("place"), _text("place")),
        Column("owner", _("Who sees to it"), _written("owner"), _text("owner")),
        Column("ends", _("Ends"), lambda row: when(row.ends_at) if row.ends_at else "", lambda row: row.ends_at, is_default=False),
        Column("on", _("On which day"), lambda row: day(row.on), lambda row: row.on, is_default=False),
        Column("from", _("From (time of day)"), _clock("starts_at"), _clock("starts_at"), is_default=False),
        Column("until", _("Until (time of day)"), _clock("ends_at"), _clock("ends_at"), is_default=False),
        Column("notes", _("Notes"), _written("notes"), _text("notes"), is_default=False),
        Column("why", _("Why it was cancelled"), _written("cancel_reason"), _text("cancel_reason"), is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), _written("uuid"), _text("uuid"), is_default=False),
    ),
    filters=(
        StateFilter("state", _("State"), options=facing.STATES),
        PickFilter("series", _("Series"), rows=Series.objects.all, field="series_id"),
        MeantFilter("partner", _("Partner"), meant=selectors.meant, nobody=_("“%(name)s” was asked to no meeting.")),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        InstantFilter("starts", _("Begins"), field="starts_at"),
    ),
)  # fmt: skip
"""Meetings."""

series = ListPage(
    name="meeting_series",
    kind=selectors.SERIES,
    noun=_("series"),
    noun_plural=pgettext_lazy("many", "series of meetings"),
    title=pgettext_lazy("many", "Series of meetings"),
    heading_links=((_("Meetings"), "meetings:list", policies.may_see),),
    intro=_("Meetings that come round: how often, who is asked, when the next one is due."),
    policy=policies.may_see,
    rows=selectors.series_listed,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="meetings:begin_series",
    create_policy=policies.may_edit,
    create_label=_("Begin a series"),
    empty=Empty(
        _("No series yet"),
        _("A series has a name, a cadence and the organisations that are asked each time."),
        (_PLAN[1],),
        icon="users-group",
    ),
    columns=(
        Column("name", _("Name"), _written("name"), _text("name"), sort="name_folded"),
        Column("cadence", _("How often"), facing.cadence_words, facing.cadence_words),
        Column("due", _("Next one due"), lambda row: facing.due_badge(row, timezone.localdate()), lambda row: row.next_due_on),
        Column("last", _("Last held"), lambda row: day(row.last_held_on), lambda row: row.last_held_on),
        Column("owner", _("Who sees to it"), _written("owner"), _text("owner")),
        Column("place", _("Place"), _written("place"), _text("place"), is_default=False),
        Column("ended", _("Ended"), lambda row: day(row.ended_on), lambda row: row.ended_on, is_default=False),
        Column("state", _("State"), facing.series_state, facing.series_state, is_default=False),
        Column("days", _("Cadence in days"), lambda row: row.cadence_days or "", lambda row: row.cadence_days, is_default=False),
        Column("starts", _("First meeting due"), lambda row: day(row.starts_on), lambda row: row.starts_on, is_default=False),
        Column("about", _("What it is for"), _written("about"), _text("about"), is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), _written("uuid"), _text("uuid"), is_default=False),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        BooleanFilter("ended", _("Ended"), condition=Q(ended_on__isnull=False)),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
    ),
)  # fmt: skip
"""Series of meetings."""

attendances = ListPage(
    name="meeting_attendances",
    kind=selectors.ATTENDANCE,
    noun=_("attendance of an organisation"),
    noun_plural=_("attendances of organisations"),
    title=_("Who came to meetings"),
    intro=_("Each organisation that was asked to a meeting, whether it came, and with how many people."),
    policy=policies.may_see,
    rows=selectors.attendances_listed,
    default_sort="-pk",
    row_url=lambda row: row.meeting.get_absolute_url(),
    heading_links=((_("Meetings"), "meetings:list", policies.may_see),),
    empty=Empty(
        _("Nobody was asked to a meeting yet"),
        _("Plan a meeting and say who is asked; on its page you note who came."),
        _PLAN,
        icon="users-group",
    ),
    columns=(
        Column("meeting", _("Meeting"), _written("meeting"), _text("meeting")),
        Column("on", _("On which day"), lambda row: day(row.meeting.on), lambda row: row.meeting.on),
        Column("organisation", _("Organisation"), _written("organisation"), _text("organisation")),
        Column("state", _("Did they come?"), facing.came_badge, lambda row: row.get_state_display()),
        Column("people", _("People"), lambda row: row.people or "", lambda row: row.people or "", is_numeric=True),
    ),
    filters=(
        PickFilter("meeting", _("Meeting"), rows=Meeting.objects.all, field="meeting_id", title="title", folded="title_folded"),
        PickFilter("organisation", _("Organisation"), rows=Organisation.objects.all, field="organisation_id"),
        ChoiceFilter("state", _("Did they come?"), options=Attendance.State.choices),
    ),
)  # fmt: skip
"""Who was asked to meetings, and who came."""
