"""What this room plugs into the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from barnraise.plumbing.imports.sockets import formats, nouns, subjects
from barnraise.plumbing.jobs.sockets import handlers, stages
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
from .figure_intake import Figures
from .figure_places import Places
from .formats import FORMATS
from .jobs import LOADING, PLACING, postcodes_step
from .models import Community, Measure
from .selectors import FIGURE, KIND, MEASURE
from .services import restore, restore_figures, restore_measures
from .services.postcodes import LOAD


def _address(key: int) -> str:
    return reverse("communities:by_key", args=[key])


def _documents(keys: Sequence[int]) -> Iterable[Document]:
    rows = Community.objects.filter(pk__in=keys).defer("boundary").select_related("parent")
    for row in rows.prefetch_related("identifiers"):
        above = row.parent.name if row.parent else ""
        said = [str(row.get_kind_display()), above, row.description]
        codes = [one.value for one in row.identifiers.all()]
        yield Document(row.pk, row.name, " · ".join(part for part in said if part), identifiers=codes)


def _measure_address(key: int) -> str:
    return reverse("communities:measure_by_key", args=[key])


def _figure_address(key: int) -> str:
    return reverse("communities:figure_by_key", args=[key])


def _measure_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in Measure.objects.filter(pk__in=keys):
        said = [row.category, row.unit, row.publisher, row.description]
        yield Document(row.pk, row.name, " · ".join(part for part in said if part), identifiers=[row.code])


navigation.plug(
    "communities",
    NavigationItem(_("Communities"), "communities:list", "who", policies.may_see, "map-pin"),
    order=20,
)
navigation.plug(
    "figures",
    NavigationItem(_("Figures"), "communities:figures", "who", policies.may_see, "chart-bar"),
    order=25,
)
actions.plug(
    "communities.add_figure",
    Action(
        _("Add a figure"),
        "communities:add_figure",
        policies.may_write,
        "chart-bar",
        _("indicator statistic number measure"),
    ),
)
navigation.plug(
    "communities.postcodes",
    NavigationItem(_("Postcodes"), "communities:postcodes", "settings", policies.may_load_postcodes, "map-2"),
    order=350,
)
actions.plug(
    "communities.postcodes",
    Action(
        _("Load a table of postcodes"),
        "communities:postcodes",
        policies.may_load_postcodes,
        "map-2",
        _("zip coordinates map"),
    ),
)
handlers.plug(LOAD, postcodes_step)
stages.plug(LOADING, _("Loading the postcodes"))
stages.plug(PLACING, _("Placing records by their postcode"))
actions.plug(
    "communities.create",
    Action(
        _("Add a community"), "communities:create", policies.may_write, "map-pin", _("place neighbourhood")
    ),
)
kinds.plug(KIND, Described(_("community"), selectors.titles, _address, policies.may_see, "map-pin"))
documents.plug(KIND, Documents(_("Communities"), _documents, policies.may_see))
kinds.plug(
    MEASURE,
    Described(_("measure"), selectors.measure_titles, _measure_address, policies.may_see, "chart-bar"),
)
kinds.plug(
    FIGURE, Described(_("figure"), selectors.figure_titles, _figure_address, policies.may_see, "chart-line")
)
documents.plug(MEASURE, Documents(_("Measures"), _measure_documents, policies.may_see))
undoers.plug(KIND, restore)
undoers.plug(FIGURE, restore_figures)
undoers.plug(MEASURE, restore_measures)
nouns.plug("figures", Figures(), order=200)
subjects.plug("figures", Places())
for _name, _format in FORMATS.items():
    formats.plug(_name, _format)
sample.plug("communities", SamplePart(town.load, town.remove), order=20)
kept_words.plug("exists", _("there again already"))
kept_words.plug("orphaned", _("what it is about is not there any more"))

for _verb, _text in {
    "registered": _("{who} added the community {what}"),
    "changed": _("{who} changed the community {what}"),
    "removed": _("{who} removed the community {name}"),
    "headcount_added": _("{who} added a headcount of {what}: {count} people in {year}"),
    "headcount_changed": _("{who} changed a headcount of {what}: now {count} people in {year}"),
    "headcount_removed": _("{who} removed a headcount of {what}: {count} people in {year}"),
    "identified": _("{who} noted the identifier {scheme} {value} of {what}"),
    "measure_added": _("{who} added the measure {what}"),
    "measure_changed": _("{who} changed the measure {what}"),
    "measure_removed": _("{who} removed the measure {name}"),
    "figure_added": _("{who} added a figure of {what}: {measure} {value} {unit} ({period})"),
    "figure_changed": _("{who} changed a figure of {what}: {measure} now {value} {unit} ({period})"),
    "figure_removed": _("{who} removed a figure of {what}: {measure} {value} {unit} ({period})"),
    "figures_removed": ngettext_lazy(
        "{who} removed {count} figure", "{who} removed {count} figures", "count"
    ),
    "postcodes_loaded": ngettext_lazy(
        "{who} loaded {count} postcode", "{who} loaded {count} postcodes", "count"
    ),
    "sample_figures": ngettext_lazy(
        "{who} added {count} figure of the sample town",
        "{who} added {count} figures of the sample town",
        "count",
    ),
    "sample_removed": ngettext_lazy(
        "{who} removed {count} community of the sample town",
        "{who} removed {count} communities of the sample town",
        "count",
    ),
}.items():
    sentences.plug(f"communities.{_verb}", Sentence(_text, icon="map-pin"))
