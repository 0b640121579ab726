"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.commitments import selectors as commitments
from barnraise.what.commitments.sockets import Occasion, occasions
from barnraise.who.interactions.sockets import CalendarSource, calendars
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.why.goals.sockets import sources

from . import belonging, calendar, policies, profile, selectors
from . import sample as town
from .faults import CITED
from .intake import Meetings
from .intake_attendances import Attendances
from .intake_series import ManySeries
from .models import AgendaItem, Meeting, Series
from .selectors import ATTENDANCE, KIND, MEMBER, SERIES
from .services import hand_back, restore, restore_attendances, restore_members, restore_series
from .services.following import MERGED
from .sourcing import SOURCES


def _address(key: int) -> str:
    return reverse("meetings:by_key", args=[key])


def _series_address(key: int) -> str:
    return reverse("meetings:series_by_key", args=[key])


def _attendance_address(key: int) -> str:
    return reverse("meetings:attendance_by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    said: dict[int, list[str]] = {key: [] for key in keys}
    for item in AgendaItem.objects.filter(meeting__in=list(keys)).order_by("meeting_id", "position"):
        said[item.meeting_id] += [text for text in (item.title, item.note, item.decided) if text]
    for row in Meeting.objects.filter(pk__in=list(keys)):
        text = "\n".join([row.place, row.notes, *said[row.pk]]).strip()
        yield Document(row.pk, row.title, text, visibility="team")


def _series_documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Series.objects.filter(pk__in=list(keys))
    return (
        Document(row.pk, row.name, f"{row.place}\n{row.about}".strip(), visibility="team") for row in rows
    )


ui.navigation.plug(
    "meetings",
    ui.NavigationItem(_("Meetings"), "meetings:list", "what", policies.may_see, "users-group"),
    order=32,
)
ui.actions.plug(
    "meetings.plan",
    ui.Action(
        _("Plan a meeting"),
        "meetings:plan",
        policies.may_edit,
        "calendar-plus",
        _("agenda minutes attendance table steering group"),
    ),
)
ui.actions.plug(
    "meetings.series",
    ui.Action(
        pgettext_lazy("many", "Series of meetings"),
        "meetings:series_list",
        policies.may_see,
        "users-group",
        _("cadence regular monthly"),
    ),
)
ui.cards.plug(
    "meetings.due",
    ui.Card(_("Meetings due by cadence"), policies.may_see, "meetings/cards/due.html", profile.due_card),
    order=14,
)
ui.cards.plug(
    "meetings.near",
    ui.Card(_("Meetings near"), policies.may_see, "meetings/cards/near.html", profile.near_card),
    order=15,
)
organisation_panels.plug(
    "meetings",
    ui.Panel(
        _("Meetings"),
        policies.may_see,
        "meetings/panel.html",
        profile.panel,
        is_later=True,
        applies=profile.has_panel,
    ),
    order=27,
)
ui.kinds.plug(KIND, ui.Described(_("meeting"), selectors.titles, _address, policies.may_see, "users-group"))
ui.kinds.plug(
    SERIES,
    ui.Described(
        _("series of meetings"), selectors.series_titles, _series_address, policies.may_see, "users-group"
    ),
)
ui.kinds.plug(
    ATTENDANCE,
    ui.Described(
        _("attendance"), selectors.attendance_titles, _attendance_address, policies.may_see, "user-check"
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream, downstream=commitments.serving))
ui.threads.plug(ATTENDANCE, ui.Thread(upstream=selectors.meeting_of_attendance))
ui.threads.plug(SERIES, ui.Thread(downstream=selectors.meetings_of_series))
for _kind in CITED:
    ui.threads.plug(f"{_kind}@meetings", ui.Thread(downstream=selectors.about_thing))
for _kind in ("projects.project", "goals.objective"):
    ui.starts.plug(
        f"{_kind}@meetings",
        ui.Start(_("Plan a meeting"), lambda ref: f"{reverse('meetings:plan')}?for={ref}", policies.may_edit),
        order=30,
    )
documents.plug(KIND, Documents(_("Meetings"), _documents, policies.may_see))
documents.plug(
    SERIES, Documents(pgettext_lazy("many", "Series of meetings"), _series_documents, policies.may_see)
)
undoers.plug(KIND, restore)
undoers.plug(SERIES, restore_series)
undoers.plug(MEMBER, restore_members)
undoers.plug(ATTENDANCE, restore_attendances)
undoers.plug(MERGED, hand_back)
belongings.plug("meetings.organisations", belonging.ORGANISATIONS, order=100)
nouns.plug("meetings", Meetings())
nouns.plug("meeting_series", ManySeries())
nouns.plug("meeting_attendances", Attendances())
occasions.plug("meetings", Occasion(selectors.named_many))
calendars.plug("meetings", CalendarSource(calendar.meetings_in_calendar))
for _name, _source in SOURCES.items():
    sources.plug(_name, _source, order=62)
ui.sample.plug("meetings", ui.SamplePart(town.load, town.remove), order=84)

for _verb, _text in {
    "planned": _("{who} planned the meeting {what}"),
    "changed": _("{who} changed the meeting {what}"),
    "moved": _("{who} moved the meeting {what}"),
    "agenda_set": _("{who} set the agenda of the meeting {what}"),
    "minutes_written": _("{who} wrote minutes of the meeting {what}"),
    "attendance_noted": _("{who} noted who came to the meeting {what}"),
    "action_added": _("{who} noted an action item of the meeting {what}"),
    "held": ngettext_lazy(
        "{who} closed the minutes of the meeting {what}: {count} organisation came",
        "{who} closed the minutes of the meeting {what}: {count} organisations came",
        "count",
    ),
    "cancelled": _("{who} cancelled the meeting {what}: {reason}"),
    "reopened": _("{who} opened the meeting {what} again"),
    "removed": _("{who} removed the meeting {title}"),
    "series_added": _("{who} began the series of meetings {what}"),
    "series_changed": _("{who} changed the series of meetings {what}"),
    "series_ended": _("{who} ended the series of meetings {what}"),
    "series_resumed": _("{who} took up the series of meetings {what} again"),
    "series_removed": _("{who} removed the series of meetings {title}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} meeting of the sample town",
        "{who} added {count} meetings of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} meeting of the sample town",
        "{who} removed {count} meetings of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"meetings.{_verb}", Sentence(_text, icon="users-group"))
