"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from barnraise.plumbing.imports.sockets import formats, nouns
from barnraise.plumbing.journal.sockets import Sentence, kept_words, sentences, undoers
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
from barnraise.who.communities.sockets import Use, uses
from barnraise.who.communities.sockets import panels as community_panels

from . import policies, selectors
from . import sample as town
from .finding import found_as
from .formats import FORMATS
from .intake import Organisations
from .models import Serves
from .selectors import KIND
from .services import move_served, release_served, restore


def _address(key: int) -> str:
    return reverse("organisations:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    return (found_as(key, said) for key, said in selectors.documents(keys).items())


def _serving(key: int) -> int:
    return Serves.objects.filter(community_id=key).count()


def _serving_words(count: int) -> str:
    return ngettext("%(count)d organisation serves it", "%(count)d organisations serve it", count) % {
        "count": count
    }


navigation.plug(
    "organisations",
    NavigationItem(_("Organisations"), "organisations:list", "who", policies.may_see, "building"),
    order=10,
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
documents.plug(KIND, Documents(_("Organisations"), _documents, policies.may_see))
undoers.plug(KIND, restore)
sample.plug("organisations", SamplePart(town.load, town.remove), order=30)
nouns.plug("organisations", Organisations())
for _name, _format in FORMATS.items():
    formats.plug(_name, _format)
uses.plug("organisations", Use(_serving, _serving_words, move_served, release_served))
kept_words.plug("taken", _("another organisation has its identifier now"))
kept_words.plug("own", _("our own organisation"))

for _verb, _text in {
    "registered": _("{who} added the organisation {what}"),
    "changed": _("{who} changed the organisation {what}"),
    "closed": _("{who} marked {what} as closed"),
    "reopened": _("{who} marked {what} as active again"),
    "own_set": _("{who} named {what} as our own organisation"),
    "removed": _("{who} removed the organisation {name}"),
    "wrote_many": _("{who} added {created} organisations and changed {updated}"),
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
