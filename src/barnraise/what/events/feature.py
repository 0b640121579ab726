"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.links.sockets import Purpose, purposes
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.what.projects.sockets import channels
from barnraise.who.audiences.sockets import Criterion, criteria
from barnraise.who.interactions.sockets import CalendarSource, Strand, calendars, strands
from barnraise.why.goals.sockets import sources

from . import belonging, calendar, personal, policies, profile, selectors
from . import sample as town
from .faults import CITED
from .intake import Attendances
from .intake_events import Events
from .intake_made import Costs, Hosts, Outputs
from .models import Event
from .selectors import KIND, REGISTRATION
from .services import hand_back, restore, restore_events, restore_rows
from .services.following import HOSTS, MERGED
from .signing import PURPOSE
from .sourcing import CHANNEL, SOURCES
from .strands import moments


def _address(key: int) -> str:
    return reverse("events:by_key", args=[key])


def _registration_address(key: int) -> str:
    return reverse("events:registration_by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Event.objects.filter(pk__in=list(keys))
    return (Document(row.pk, row.title, f"{row.place}\n{row.about}", visibility="team") for row in rows)


def _serves(ref: Ref) -> list[Ref]:
    found = Event.objects.filter(pk=ref.id).exclude(cites="").values_list("cites", flat=True).first()
    return [Ref.parse(found)] if found else []


def _choices(chosen: Any) -> list[tuple[str, Any]]:
    rows = selectors.recent_choices(chosen)
    named = [
        (str(key), AsWritten(f"{title}, {date_format(timezone.localtime(at), 'SHORT_DATE_FORMAT')}"))
        for key, title, at in rows
    ]
    return [("any", _("Any event")), *named]


ui.navigation.plug(
    "events",
    ui.NavigationItem(_("Events"), "events:list", "what", policies.may_see, "calendar-event"),
    order=30,
)
ui.actions.plug(
    "events.plan",
    ui.Action(
        _("Plan an event"),
        "events:plan",
        policies.may_edit,
        "calendar-plus",
        _("workshop booth volunteer day gathering registration"),
    ),
)
ui.cards.plug(
    "events.near",
    ui.Card(_("Events near"), policies.may_see, "events/cards/near.html", profile.near_card),
    order=16,
)
ui.cards.plug(
    "events.close",
    ui.Card(_("Events to close out"), policies.may_see, "events/cards/close.html", profile.close_card),
    order=17,
)
ui.kinds.plug(KIND, ui.Described(_("event"), selectors.titles, _address, policies.may_see, "calendar-event"))
ui.kinds.plug(
    REGISTRATION,
    ui.Described(
        _("registration"),
        selectors.registration_titles,
        _registration_address,
        policies.may_see,
        "user-check",
    ),
)
ui.threads.plug(KIND, ui.Thread(upstream=_serves))
ui.threads.plug(REGISTRATION, ui.Thread(upstream=selectors.event_of_registration))
for _kind in ("projects.project", "goals.objective"):
    ui.starts.plug(
        f"{_kind}@events",
        ui.Start(_("Plan an event"), lambda ref: f"{reverse('events:plan')}?for={ref}", policies.may_edit),
        order=20,
    )
for _kind in CITED:
    ui.threads.plug(f"{_kind}@events", ui.Thread(downstream=selectors.serving))
documents.plug(KIND, Documents(_("Events"), _documents, policies.may_see))
nouns.plug("attendances", Attendances())
nouns.plug("events", Events())
for _noun in (Outputs(), Costs(), Hosts()):
    nouns.plug(_noun.name, _noun)
    undoers.plug(_noun.kind, restore_rows)
undoers.plug(KIND, restore_events)
undoers.plug(REGISTRATION, restore)
undoers.plug(MERGED, hand_back)
undoers.plug(HOSTS, hand_back)
belongings.plug("events", belonging.PEOPLE, order=110)
belongings.plug("events.organisations", belonging.ORGANISATIONS, order=110)
ui.sample.plug("events", ui.SamplePart(town.load, town.remove), order=81)
strands.plug("events", Strand(policies.may_see, moments, (("events", _("Events")),)), order=25)
calendars.plug("events", CalendarSource(calendar.events_in_calendar))
criteria.plug(
    "attended",
    Criterion(
        _("Came to"),
        _choices,
        lambda values, today: selectors.people_who_came(values),
        _("Whoever was checked in."),
    ),
    order=60,
)
channels.plug("events", CHANNEL, order=20)
for _name, _source in SOURCES.items():
    sources.plug(_name, _source, order=60)
purposes.plug(
    PURPOSE,
    Purpose(
        title=_("Your place"),
        text=_("Say whether you come. You can change it at any time before the event."),
        button=_("Send my answer"),
        done=_("Thank you, your answer is noted."),
        act=personal.choose,
        template="events/personal.html",
        select=personal.shown,
        is_once=False,
    ),
)

for _verb, _text in {
    "planned": _("{who} planned the event {what}"),
    "changed": _("{who} changed the event {what}"),
    "cancelled": _("{who} cancelled the event {what}: {reason}"),
    "closed": ngettext_lazy(
        "{who} closed out the event {what}: {count} person came",
        "{who} closed out the event {what}: {count} people came",
        "count",
    ),
    "reopened": _("{who} opened the event {what} again"),
    "removed": _("{who} removed the event {title}"),
    "counted": _("{who} noted what came of the event {what}"),
    "registered": _("A place at {what} was taken {others}"),
    "waits": _("Somebody waits for a place at {what} {others}"),
    "unregistered": _("A registration for {what} was cancelled {others}"),
    "promoted": ngettext_lazy(
        "{count} person moved up from the waitlist of {what}",
        "{count} people moved up from the waitlist of {what}",
        "count",
    ),
    "came": _("{who} checked somebody in at {what}"),
    "did_not_come": _("{who} took back a check-in at {what}"),
    "hours": _("{who} noted the hours of somebody at {what}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} event of the sample town",
        "{who} added {count} events of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} event of the sample town",
        "{who} removed {count} events of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"events.{_verb}", Sentence(_text, icon="calendar-event"))
