"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.foundation.belongings import belongings
from barnraise.plumbing.imports.sockets import nouns
from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences, undoers
from barnraise.plumbing.profile.sockets import changes
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui
from barnraise.who.audiences.sockets import Criterion, criteria
from barnraise.who.interactions.sockets import contacts, watches
from barnraise.who.organisations.sockets import panels as organisation_panels
from barnraise.who.people.sockets import panels as person_panels

from . import belonging, jobs, policies, profile, selectors
from . import sample as town
from .intake import Partnerships
from .models import Partnership, Stage
from .selectors import KIND, RATING, STAGE
from .services import hand_back, heard, reckon_all, restore
from .services.following import MERGED


def _address(key: int) -> str:
    return reverse("partnerships:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Partnership.objects.select_related("organisation", "person").filter(pk__in=list(keys))
    return (
        Document(row.pk, str(row), f"{row.about}\n{row.agreement}".strip(), visibility="team") for row in rows
    )


ui.navigation.plug(
    "partnerships",
    ui.NavigationItem(_("Partnerships"), "partnerships:list", "who", policies.may_see, "heart-handshake"),
    order=27,
)
ui.actions.plug(
    "partnerships.begin",
    ui.Action(
        _("Begin a partnership"),
        "partnerships:begin",
        policies.may_edit,
        "heart-handshake",
        _("partner relation cadence agreement"),
    ),
)
watches.plug("partnerships", selectors.with_a_cadence)
contacts.plug("partnerships", heard)


def _zone(changed: Collection[str]) -> None:
    if "time_zone" in changed:
        reckon_all()


changes.plug("partnerships", _zone)
ui.cards.plug(
    "partnerships.silences",
    ui.Card(
        _("Silent for longer than agreed"),
        policies.may_see,
        "partnerships/cards/silences.html",
        profile.silences_card,
    ),
    order=20,
)
_PANEL = ui.Panel(_("Partnership"), policies.may_see, "partnerships/panel.html", profile.panel)
organisation_panels.plug("partnerships", _PANEL, order=20)
person_panels.plug("partnerships", _PANEL, order=20)
criteria.plug(
    "stage",
    Criterion(
        _("Is a partner, or works at one, in the stage"),
        lambda chosen: Stage.choices,
        selectors.people_in_stages,
        _("Leaders with a partnership of their own, and whoever has a role at an organisation with one."),
    ),
    order=50,
)
ui.kinds.plug(
    KIND,
    ui.Described(_("partnership"), selectors.titles, _address, policies.may_see, "heart-handshake"),
)
ui.threads.plug(KIND, ui.Thread(upstream=selectors.cited))
documents.plug(KIND, Documents(_("Partnerships"), _documents, policies.may_see))
for _kind in (KIND, STAGE, RATING):
    undoers.plug(_kind, restore)
undoers.plug(MERGED, hand_back)
belongings.plug("partnerships", belonging.PEOPLE, order=95)
belongings.plug("partnerships.organisations", belonging.ORGANISATIONS, order=95)
nouns.plug("partnerships", Partnerships())
chores.plug(
    "partnerships.sweep",
    ChorePlug(
        timedelta(hours=24),
        jobs.sweep,
        "Removes files of partnerships that were removed and can no longer be brought back.",
    ),
)
ui.sample.plug("partnerships", ui.SamplePart(town.load, town.remove), order=55)

for _verb, _text in {
    "begun": _("{who} began a partnership with {what}"),
    "changed": _("{who} changed the partnership with {what}"),
    "moved": _("{who} noted another stage of a partnership"),
    "moved_prospect": _("{who} calls {what} a prospect"),
    "moved_contact": _("{who} is in contact with {what}"),
    "moved_forming": _("{who} is agreeing with {what} what to do"),
    "moved_active": _("{who} noted that the partnership with {what} is active"),
    "moved_dormant": _("{who} noted that the partnership with {what} is dormant"),
    "ended": _("{who} ended the partnership with {what}: {reason}"),
    "rating_removed": _("{who} took a rating of {what} away: influence {influence}, interest {interest}"),
    "rated": _("{who} rated {what}: influence {influence}, interest {interest}"),
    "snoozed": _("{who} snoozed the reminder about {what}: {reason}"),
    "woken": _("{who} has people reminded about {what} again"),
    "removed": _("{who} removed the partnership with {what}"),
    "tagged_many": ngettext_lazy(
        "{who} changed {count} tag of partnerships", "{who} changed {count} tags of partnerships", "count"
    ),
    "owned_many": ngettext_lazy(
        "{who} said who keeps the relation in {count} partnership",
        "{who} said who keeps the relation in {count} partnerships",
        "count",
    ),
    "sample_added": ngettext_lazy(
        "{who} added {count} partnership of the sample town",
        "{who} added {count} partnerships of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} partnership of the sample town",
        "{who} removed {count} partnerships of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"partnerships.{_verb}", Sentence(_text, icon="heart-handshake"))
