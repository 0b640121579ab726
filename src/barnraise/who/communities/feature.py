"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.journal.sockets import Sentence, kept_words, sentences, undoers
from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui.sockets import (
    Action,
    Described,
    NavigationItem,
    SamplePart,
    actions,
    kinds,
    navigation,
    sample,
)

from . import policies, selectors
from . import sample as town
from .models import Community
from .selectors import KIND
from .services import restore


def _address(key: int) -> str:
    return reverse("communities:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in Community.objects.filter(pk__in=keys).defer("boundary").select_related("parent"):
        above = row.parent.name if row.parent else ""
        said = [str(row.get_kind_display()), above, row.description]
        yield Document(row.pk, row.name, " · ".join(part for part in said if part))


navigation.plug(
    "communities",
    NavigationItem(_("Communities"), "communities:list", "who", policies.may_see, "map-pin"),
    order=20,
)
actions.plug(
    "communities.create",
    Action(
        _("Add a community"), "communities:create", policies.may_write, "map-pin", _("place neighbourhood")
    ),
)
kinds.plug(KIND, Described(_("community"), selectors.titles, _address, policies.may_see, "map-pin"))
documents.plug(KIND, Documents(_("Communities"), _documents, policies.may_see))
undoers.plug(KIND, restore)
sample.plug("communities", SamplePart(town.load, town.remove), order=20)
kept_words.plug("exists", _("there again already"))

for _verb, _text in {
    "registered": _("{who} added the community {what}"),
    "changed": _("{who} changed the community {what}"),
    "removed": _("{who} removed the community {name}"),
    "headcount_added": _("{who} added a headcount of {what}: {count} people in {year}"),
    "headcount_changed": _("{who} changed a headcount of {what}: now {count} people in {year}"),
    "headcount_removed": _("{who} removed a headcount of {what}: {count} people in {year}"),
    "postcodes_loaded": ngettext_lazy(
        "{who} loaded {count} postcode", "{who} loaded {count} postcodes", "count"
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} community of the sample town",
        "{who} removed {count} communities of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"communities.{_verb}", Sentence(_text, icon="map-pin"))
