"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.interactions.sockets import CalendarSource, calendars
from barnraise.who.organisations.sockets import Matching, matches
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.who.people.sockets import panels as person_panels
from barnraise.why.goals.sockets import sources

from . import belonging, calendar, policies, profile, selectors
from . import sample as town
from .faults import CITED
from .intake import Commitments
from .selectors import KIND
from .services import hand_back, restore
from .services.following import MERGED
from .sourcing import SOURCES


def _address(key: int) -> str:
    return reverse("commitments:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = selectors.listed().filter(pk__in=list(keys))
    for row in rows:
        parties = " ".join(str(one) for one in (row.partner, row.to_organisation) if one)
        yield Document(row.pk, row.what, f"{parties}\n{row.detail}".strip(), visibility="team")


def _match_address(gives: int, seeks: int) -> str:
    return f"{reverse('commitments:make')}?gives={gives}&seeks={seeks}"


ui.navigation.plug(
    "commitments",
    ui.NavigationItem(_("Promises"), "commitments:list", "what", policies.may_see, "checkbox"),
    order=20,
)
ui.actions.plug(
    "commitments.make",
    ui.Action(
        _("Note a promise"),
        "commitments:make",
        policies.may_edit,
        "checkbox",
        _("commitment pledge duty action item"),
    ),
)
ui.cards.plug(
    "commitments.ours",
    ui.Card(_("What we promised"), policies.may_see, "commitments/cards/due.html", profile.ours_card),
    order=12,
)
ui.cards.plug(
    "commitments.theirs",
    ui.Card(
        _("What was promised to us"), policies.may_see, "commitments/cards/due.html", profile.theirs_card
    ),
    order=13,
)
_PANEL = ui.Panel(
    _("Promises"),
    policies.may_see,
    "commitments/panel.html",
    profile.panel,
    is_later=True,
    applies=profile.has_panel,
)
organisation_panels.plug("commitments", _PANEL, order=25)
person_panels.plug("commitments", _PANEL, order=25)
matches.plug("commitments", Matching(_("Make it a promise"), policies.may_edit, _match_address))
ui.kinds.plug(
    KIND, ui.Described(_("promise"), selectors.titles, _address, policies.may_see, "checkbox")
)  # fmt: skip
ui.threads.plug(KIND, ui.Thread(upstream=selectors.upstream))
ui.starts.plug(
    "partnerships.partnership@commitments",
    ui.Start(
        _("Note a promise"),
        lambda ref: f"{reverse('commitments:make')}?partnership={ref.id}",
        policies.may_edit,
    ),
    order=20,
)
for _kind in CITED:
    ui.threads.plug(f"{_kind}@commitments", ui.Thread(downstream=selectors.serving))
documents.plug(KIND, Documents(_("Promises"), _documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(MERGED, hand_back)
belongings.plug("commitments", belonging.PEOPLE, order=100)
belongings.plug("commitments.organisations", belonging.ORGANISATIONS, order=100)
nouns.plug("commitments", Commitments())
calendars.plug("commitments", CalendarSource(calendar.promises_in_calendar))
for _name, _source in SOURCES.items():
    sources.plug(_name, _source, order=55)
ui.sample.plug("commitments", ui.SamplePart(town.load, town.remove), order=82)

for _verb, _text in {
    "made_ours": _("{who} noted what we promised: {what}"),
    "made_theirs": _("{who} noted what was promised to us: {what}"),
    "made_between": _("{who} noted what partners promised each other: {what}"),
    "changed": _("{who} changed the promise {what}"),
    "moved": _("{who} moved the day of the promise {what}"),
    "kept": _("The promise {what} was kept, noted {who}"),
    "kept_late": _("The promise {what} was kept, but late, noted {who}"),
    "broken": _("The promise {what} was not kept, noted {who}: {reason}"),
    "released": _("{who} noted that the promise {what} was released: {reason}"),
    "reopened": _("{who} opened the promise {what} again"),
    "removed": _("{who} removed the promise {title}"),
    "sample_added": ngettext_lazy(
        "{who} added {count} promise of the sample town",
        "{who} added {count} promises of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} promise of the sample town",
        "{who} removed {count} promises of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"commitments.{_verb}", Sentence(_text, icon="checkbox"))
