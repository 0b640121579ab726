"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from barnraise.plumbing.imports.sockets import formats, nouns
from barnraise.plumbing.journal.sockets import Sentence, details, kept_words, labels, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui.sockets import (
    Action,
    Card,
    Described,
    NavigationItem,
    Panel,
    SamplePart,
    actions,
    cards,
    kinds,
    navigation,
    sample,
)
from barnraise.who.communities.sockets import Placing, Use, placings, uses
from barnraise.who.communities.sockets import gaps as community_gaps
from barnraise.who.communities.sockets import panels as community_panels

from . import policies, profile, selectors
from . import sample as town
from .finding import exchange_found_as, found_as, service_found_as
from .formats import FORMATS
from .intake import Organisations
from .models import Concerns, Serves
from .selectors import EXCHANGE_KIND, KIND, SERVICE_KIND
from .services import (
    count_unplaced,
    locate_by_postcode,
    move_concerned,
    move_served,
    note_located,
    release_concerned,
    release_served,
    restore,
    restore_exchanges,
)
from .sockets import panels
from .told import told


def _address(key: int) -> str:
    return reverse("organisations:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    exchanged = selectors.words_exchanged(keys)
    return (found_as(key, said, exchanged.get(key, ())) for key, said in selectors.documents(keys).items())


def _service_documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = selectors.services_listed().filter(pk__in=list(keys))
    return (service_found_as(row.pk, selectors.offered(row), row.organisation.name) for row in rows)


def _exchange_documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = selectors.exchanges_listed().filter(pk__in=list(keys))
    return (exchange_found_as(row.pk, row.what, row.condition, row.organisation.name) for row in rows)


def _serving(key: int) -> int:
    return Serves.objects.filter(community_id=key).count()


def _serving_words(count: int) -> str:
    return ngettext("%(count)d organisation serves it", "%(count)d organisations serve it", count) % {
        "count": count
    }


def _exchange_address(key: int) -> str:
    return reverse("organisations:exchange_by_key", args=[key])


def _service_address(key: int) -> str:
    return reverse("organisations:service_by_key", args=[key])


def _concerned(key: int) -> int:
    return Concerns.objects.filter(community_id=key).count()


def _concerned_words(count: int) -> str:
    return ngettext("%(count)d give or seek is for it", "%(count)d gives or seeks are for it", count) % {
        "count": count
    }


navigation.plug(
    "organisations",
    NavigationItem(_("Organisations"), "organisations:list", "who", policies.may_see, "building"),
    order=10,
)
navigation.plug(
    "organisations.services",
    NavigationItem(_("Services"), "organisations:services", "who", policies.may_see, "heart"),
    order=25,
)
navigation.plug(
    "organisations.exchanges",
    NavigationItem(
        _("Gives and seeks"), "organisations:exchanges", "who", policies.may_see, "heart-handshake"
    ),
    order=30,
)
navigation.plug(
    "organisations.fit",
    NavigationItem(_("Who fits our asks"), "organisations:fit", "who", policies.may_see, "puzzle"),
    order=40,
)
actions.plug(
    "organisations.create",
    Action(
        _("Add an organisation"),
        "organisations:create",
        policies.may_write,
        "building",
        _("partner nonprofit"),
    ),
)
cards.plug(
    "organisations.here",
    Card(_("Who is here"), policies.may_see, "organisations/card.html", selectors.who_is_here),
    order=40,
)
kinds.plug(KIND, Described(_("organisation"), selectors.titles, _address, policies.may_see, "building"))
kinds.plug(
    SERVICE_KIND,
    Described(_("service"), selectors.service_titles, _service_address, policies.may_see, "heart"),
)
kinds.plug(
    EXCHANGE_KIND,
    Described(
        _("give or seek"), selectors.exchange_titles, _exchange_address, policies.may_see, "heart-handshake"
    ),
)
documents.plug(KIND, Documents(_("Organisations"), _documents, policies.may_see))
documents.plug(SERVICE_KIND, Documents(_("Services"), _service_documents, policies.may_see))
documents.plug(EXCHANGE_KIND, Documents(_("Gives and seeks"), _exchange_documents, policies.may_see))
undoers.plug(KIND, restore)
details.plug(KIND, told)
labels.plug(KIND, selectors.LABELS)
undoers.plug(EXCHANGE_KIND, restore_exchanges)
sample.plug("organisations", SamplePart(town.load, town.remove), order=30)
nouns.plug("organisations", Organisations())
for _name, _format in FORMATS.items():
    formats.plug(_name, _format)
placings.plug("organisations", Placing(count_unplaced, locate_by_postcode, note_located))
uses.plug("organisations", Use(_serving, _serving_words, move_served, release_served))
uses.plug("exchanges", Use(_concerned, _concerned_words, move_concerned, release_concerned))
kept_words.plug("taken", _("another organisation has its identifier now"))
kept_words.plug("own", _("our own organisation"))

for _verb, _text in {
    "registered": _("{who} added the organisation {what}"),
    "changed": _("{who} changed the organisation {what}"),
    "closed": _("{who} marked {what} as closed"),
    "reopened": _("{who} marked {what} as active again"),
    "own_set": _("{who} named {what} as our own organisation"),
    "removed": _("{who} removed the organisation {name}"),
    "exported": _("{who} exported everything kept about {what}"),
    "wrote_many": _("{who} added {created} organisations and changed {updated}"),
    "added_many": ngettext_lazy(
        "{who} added {count} organisation", "{who} added {count} organisations", "count"
    ),
    "removed_many": ngettext_lazy(
        "{who} removed {count} organisation", "{who} removed {count} organisations", "count"
    ),
    "closed_many": ngettext_lazy(
        "{who} marked {count} organisation as closed", "{who} marked {count} organisations as closed", "count"
    ),
    "tagged_many": ngettext_lazy(
        "{who} changed the tags of {count} organisation",
        "{who} changed the tags of {count} organisations",
        "count",
    ),
    "served_many": ngettext_lazy(
        "{who} noted which community {count} organisation serves",
        "{who} noted which community {count} organisations serve",
        "count",
    ),
    "served_moved": _("{who} moved those who serve a community, {what} among them, to another"),
    "located": ngettext_lazy(
        "{who} placed {count} organisation by its postcode",
        "{who} placed {count} organisations by their postcodes",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} organisation of the sample town",
        "{who} removed {count} organisations of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"organisations.{_verb}", Sentence(_text, icon="building"))
for _verb, _text in {
    "service_added": _("{who} added a service of {others}: {what}"),
    "service_changed": _("{who} changed a service of {others}: {what}"),
    "service_removed": _("{who} removed a service of {others}: {what}"),
}.items():
    sentences.plug(f"organisations.{_verb}", Sentence(_text, icon="heart"))
for _verb, _text in {
    "gives_added": _("{who} noted what {others} gives: {what}"),
    "gives_changed": _("{who} changed what {others} gives: {what}"),
    "gives_paused": _("{who} noted that {others} does not give {what} for the time being"),
    "gives_ended": _("{who} noted that {others} no longer gives {what}"),
    "gives_reopened": _("{who} noted that {others} gives {what} again"),
    "gives_removed": _("{who} removed what {others} gave: {what}"),
    "seeks_added": _("{who} noted what {others} seeks: {what}"),
    "seeks_changed": _("{who} changed what {others} seeks: {what}"),
    "seeks_paused": _("{who} noted that {others} does not seek {what} for the time being"),
    "seeks_ended": _("{who} noted that {others} no longer seeks {what}"),
    "seeks_reopened": _("{who} noted that {others} seeks {what} again"),
    "seeks_removed": _("{who} removed what {others} sought: {what}"),
    "exchanges_ended": ngettext_lazy(
        "{who} ended {count} give or seek", "{who} ended {count} gives or seeks", "count"
    ),
    "exchanges_paused": ngettext_lazy(
        "{who} paused {count} give or seek", "{who} paused {count} gives or seeks", "count"
    ),
    "exchanges_reopened": ngettext_lazy(
        "{who} opened {count} give or seek again", "{who} opened {count} gives or seeks again", "count"
    ),
    "exchanges_removed": ngettext_lazy(
        "{who} removed {count} give or seek", "{who} removed {count} gives or seeks", "count"
    ),
    "exchanges_moved": _("{who} moved what is for a community, {what} among them, to another"),
}.items():
    sentences.plug(f"organisations.{_verb}", Sentence(_text, icon="heart-handshake"))
community_panels.plug(
    "organisations",
    Panel(
        _("Organisations serving it"),
        policies.may_see,
        "organisations/serving_panel.html",
        selectors.serving_panel,
    ),
    order=10,
)
community_gaps.plug("organisations", selectors.gaps, order=10)
panels.plug(
    "fit",
    Panel(
        _("Fits our asks"),
        policies.may_see,
        "organisations/fit_panel.html",
        profile.fit_panel,
        is_later=True,
        applies=profile.may_fit,
    ),
    order=45,
)
