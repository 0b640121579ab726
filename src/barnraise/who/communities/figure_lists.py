"""The lists of figures and of measures."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.components import badge, data, figure, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    TextFilter,
)
from barnraise.plumbing.ui.spans import period_words

from . import areas, policies, selectors, services
from .amounts import text
from .figure_words import DIRECTION_ICONS, about, interval, value_shown, with_unit
from .models import Figure, Measure
from .selectors import FIGURE, MEASURE


def _remove(rows: QuerySet[Figure], *, by: Any, values: Any, change_set: ChangeSet | None) -> int:
    return services.remove_figures(list(rows.values_list("pk", flat=True)), change_set=change_set)


def _about_text(row: Figure) -> str:
    return row.community.name if row.community is not None else str(areas.name_of(row.area))


def _benchmark(row: Figure) -> str:
    if row.benchmark is None:
        return ""
    return f"{row.benchmark_name}: {with_unit(row.benchmark, row.measure.unit)}"


figures = ListPage(
    name="figures",
    kind=FIGURE,
    noun=_("figure"),
    noun_plural=_("figures"),
    title=_("Figures"),
    intro=_(
        "Public numbers about communities, each with its source and period. What is not known is never zero."
    ),
    policy=policies.may_see,
    rows=selectors.figures_listed,
    default_sort="-ends_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="communities:add_figure",
    create_policy=policies.may_write,
    create_label=_("Add a figure"),
    heading_links=(
        (_("Measures"), "communities:measures", policies.may_see),
        (_("Communities"), "communities:list", policies.may_see),
    ),
    empty=Empty(
        _("No figures yet"),
        _(
            "Take in a file of County Health Rankings or CDC PLACES, or any table with a place, a measure, a year and a value; "
            "or add one figure by hand."
        ),
        (
            (_("Take in a file"), "imports:start", policies.may_write),
            (_("Add a figure"), "communities:add_figure", policies.may_write),
        ),
        icon="chart-bar",
    ),
    columns=(
        Column("measure", _("Measure"), lambda row: data(row.measure.name), lambda row: row.measure.name),
        Column("about", _("Of"), about, _about_text),
        Column("value", _("Value"), value_shown, lambda row: text(row.value) or "", is_numeric=True),
        Column(
            "unit",
            _("Unit"),
            lambda row: data(row.measure.unit),
            lambda row: row.measure.unit,
            is_default=False,
        ),
        Column("interval", _("Confidence interval"), interval, interval, is_numeric=True),
        Column(
            "low",
            _("Low"),
            lambda row: text(row.low) or "",
            lambda row: text(row.low) or "",
            is_default=False,
            is_numeric=True,
        ),
        Column(
            "high",
            _("High"),
            lambda row: text(row.high) or "",
            lambda row: text(row.high) or "",
            is_default=False,
            is_numeric=True,
        ),
        Column(
            "period",
            _("Period"),
            lambda row: period_words(row.period),
            lambda row: str(row.period),
            sort="ends_on",
        ),
        Column("benchmark", _("Benchmark"), lambda row: data(_benchmark(row)), _benchmark, is_default=False),
        Column("source", _("Source"), lambda row: data(row.source), lambda row: row.source, sort="source"),
        Column("edition", _("Edition"), lambda row: data(row.edition), lambda row: row.edition),
        Column(
            "reason",
            _("If not known, why"),
            lambda row: row.get_reason_display(),
            lambda row: str(row.get_reason_display()),
            is_default=False,
        ),
        Column(
            "updated",
            _("Changed"),
            lambda row: when(row.updated_at),
            lambda row: row.updated_at.isoformat(),
            sort="updated_at",
            is_default=False,
        ),
    ),
    filters=(
        ChoiceFilter("community", _("Community"), options=selectors.choices, field="community"),
        ChoiceFilter("measure", _("Measure"), options=selectors.measure_choices, field="measure"),
        ChoiceFilter(
            "category",
            _("Category"),
            options=lambda: [(name, name) for name in selectors.categories()],
            field="measure__category",
        ),
        ChoiceFilter(
            "source",
            _("Source"),
            options=lambda: [(name, name) for name in selectors.sources()],
            field="source",
        ),
        DateFilter("until", _("Period ends"), field="ends_on"),
        BooleanFilter("known", _("Is known"), condition=Q(value__isnull=False)),
        BooleanFilter(
            "wider",
            _("Kind"),
            condition=Q(community__isnull=True),
            yes=_("of wider areas"),
            no=_("of communities"),
        ),
    ),
    bulk=(
        BulkAction(
            "remove",
            _("Remove"),
            policies.may_remove,
            _remove,
            icon="trash",
            is_danger=True,
            verb="communities.figures_removed",
        ),
    ),
)
"""Every figure about communities and about the areas around them."""


def prepare_measures(rows: list[Measure]) -> None:
    """Hang on the rows of one page how many figures of communities they have and until when: one query."""
    counted = Figure.objects.filter(measure__in=rows, community__isnull=False).values_list("measure")
    found = {key: (many, last) for key, many, last in counted.annotate(many=Count("id"), last=Max("ends_on"))}
    for row in rows:
        row.many, row.last = found.get(row.pk, (0, None))  # type: ignore[attr-defined]


def _direction(row: Measure) -> Any:
    return badge(row.get_direction_display(), icon=DIRECTION_ICONS.get(row.direction))  # type: ignore[call-overload]


def _how_many(row: Measure) -> Any:
    many = getattr(row, "many", None)
    return figure(many, rows=f"{reverse('communities:figures')}?measure={row.pk}")


measures = ListPage(
    name="measures",
    kind=MEASURE,
    noun=_("measure"),
    noun_plural=_("measures"),
    title=_("Measures"),
    intro=_("What figures measure. Open one to compare communities by it."),
    policy=policies.may_see,
    rows=selectors.measures_listed,
    default_sort="name_folded",
    prepare=prepare_measures,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="communities:add_measure",
    create_policy=policies.may_write,
    create_label=_("Add a measure"),
    heading_links=((_("Figures"), "communities:figures", policies.may_see),),
    empty=Empty(
        _("No measures yet"),
        _(
            "A measure says what a figure counts, in which unit, and which way is better. Imports bring their own."
        ),
        ((_("Add a measure"), "communities:add_measure", policies.may_write),),
        icon="chart-bar",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column(
            "category",
            _("Category"),
            lambda row: data(row.category),
            lambda row: row.category,
            sort="category",
        ),
        Column("unit", _("Unit"), lambda row: data(row.unit), lambda row: row.unit),
        Column(
            "direction",
            _("Which way is better"),
            _direction,
            lambda row: str(row.get_direction_display()),
            sort="direction",
        ),
        Column("figures", _("Figures"), _how_many, lambda row: getattr(row, "many", ""), is_numeric=True),
        Column(
            "last",
            _("Newest"),
            lambda row: row.last.year if getattr(row, "last", None) else "",
            is_numeric=True,
        ),
        Column(
            "publisher",
            _("Publisher"),
            lambda row: data(row.publisher),
            lambda row: row.publisher,
            sort="publisher",
        ),
        Column("code", _("Code"), lambda row: data(row.code), lambda row: row.code, is_default=False),
    ),
    filters=(
        TextFilter("name", _("Name contains"), field="name_folded"),
        ChoiceFilter(
            "category",
            _("Category"),
            options=lambda: [(name, name) for name in selectors.categories()],
            field="category",
        ),
        ChoiceFilter(
            "publisher",
            _("Publisher"),
            options=lambda: [(name, name) for name in selectors.publishers()],
            field="publisher",
        ),
        ChoiceFilter(
            "direction", _("Which way is better"), options=Measure.Direction.choices, field="direction"
        ),
    ),
)
"""The catalogue of measures."""
