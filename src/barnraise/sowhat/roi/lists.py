"""The lists of valuations and of assumptions."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import badge, data, day, figure, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickFilter,
    TextFilter,
)
from barnraise.plumbing.ui.spans import period_words

from . import facing, policies, selectors
from .models import Assumption, Outcome, Valuation


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


def _unsourced(row: Any) -> Any:
    address = f"{reverse('roi:assumptions')}?valuation={row.pk}&sourced=0"
    return figure(row.unsourced_count, rows=address)


def _outcomes(row: Any) -> Any:
    return figure(row.outcome_count, rows=f"{row.get_absolute_url()}#outcomes")


def _owner(row: Valuation) -> str:
    return str(row.owner or "")


def _prepare(rows: list[Any]) -> None:
    """What they value, for the whole page at once."""
    titles = search.cited_titles([row.cites for row in rows])
    for row in rows:
        row.values = titles.get(row.cites, "")


def _counted(row: Outcome) -> Any:
    return _("By an indicator") if row.indicator_id else _("Assumed")


def _source(row: Assumption) -> Any:
    return data(row.source) if row.source else badge(_("no source"), tone="warning")


valuations = ListPage(
    name="valuations",
    kind=selectors.KIND,
    noun=_("valuation"),
    noun_plural=_("valuations"),
    title=_("Cost and value"),
    intro=_("What projects and events cost, what their outcomes are worth from low to high, and what that rests on."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-ends_on",
    prepare=_prepare,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="roi:begin",
    create_policy=policies.may_edit,
    create_label=_("Begin a valuation"),
    heading_links=(
        (_("All outcomes"), "roi:outcomes", policies.may_see),
        (_("All assumptions"), "roi:assumptions", policies.may_see),
    ),
    empty=Empty(
        _("Nothing is valued yet"),
        _(
            "Choose a project or an event: its costs are read, and you add what changed for people and what that is worth. "
            "Every assumption stands in a register with its source, and the ratio is shown from low to high."
        ),
        ((_("Begin a valuation"), "roi:begin", policies.may_edit),),
        icon="scale",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("period", _("Period"), lambda row: period_words(row.period), lambda row: str(row.period), sort="ends_on"),
        Column("state", _("State"), facing.state_badge, facing.state_word),
        Column("outcomes", _("Outcomes"), _outcomes, lambda row: row.outcome_count, is_numeric=True),
        Column("unsourced", _("Without a source"), _unsourced, lambda row: row.unsourced_count, is_numeric=True),
        Column("owner", _("Who sees to it"), lambda row: data(_owner(row)), _owner),
        Column("of", _("Project or event"), lambda row: data(row.values), lambda row: row.values, is_default=False),
        Column("begins", _("From"), lambda row: day(row.begins_on), lambda row: row.begins_on, is_default=False),
        Column("until", _("Until"), lambda row: day(row.ends_on), lambda row: row.ends_on, is_default=False),
        Column("about", _("What it values, and for whom"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("currency", _("Currency"), lambda row: data(row.currency), lambda row: row.currency, is_default=False),
        Column("ended", _("Ended"), lambda row: day(row.ended_on) if row.ended_on else "", lambda row: row.ended_on, is_default=False),
        Column("why", _("Why it ended"), lambda row: data(row.end_reason), lambda row: row.end_reason, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        BooleanFilter("ended", _("State"), condition=Q(ended_on__isnull=False), yes=_("Ended"), no=_("In use")),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        DateFilter("until", _("Until"), field="ends_on"),
    ),
)  # fmt: skip
"""What was valued."""

outcomes = ListPage(
    name="outcomes",
    kind=selectors.OUTCOME,
    noun=_("valued outcome"),
    noun_plural=_("valued outcomes"),
    title=_("Outcomes of valuations"),
    intro=_("What changed for people in each valuation, and whether an indicator says for how many or a number is assumed."),
    policy=policies.may_see,
    rows=selectors.outcomes_listed,
    default_sort="-pk",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=((_("Cost and value"), "roi:list", policies.may_see),),
    empty=Empty(
        _("No outcome is valued yet"),
        _("Open a valuation and add what changed for people."),
        ((_("Cost and value"), "roi:list", policies.may_see),),
        icon="trending-up",
    ),
    columns=(
        Column("outcome", _("What changed"), lambda row: data(row.name), lambda row: row.name),
        Column("valuation", _("Valuation"), lambda row: data(row.valuation.name), lambda row: row.valuation.name),
        Column("counted", _("How many"), _counted, _counted),
        Column("indicator", _("Indicator"), lambda row: data(str(row.indicator or "")), lambda row: row.indicator.name if row.indicator else ""),
        Column("about", _("For whom, and how it is known"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("name", _("What changed"), field="name_folded"),
        PickFilter("valuation", _("Valuation"), field="valuation_id", rows=Valuation.objects.all),
        BooleanFilter("counted", _("How many"), condition=Q(indicator__isnull=False), yes=_("By an indicator"), no=_("Assumed")),
    ),
)  # fmt: skip
"""What changed for people."""

assumptions = ListPage(
    name="assumptions",
    kind="roi.assumption",
    noun=_("assumption"),
    noun_plural=_("assumptions"),
    title=_("Assumptions"),
    intro=_("The register: every number that is assumed and not counted, from low to high, and where it comes from."),
    policy=policies.may_see,
    rows=selectors.assumptions_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.outcome.get_absolute_url() if row.outcome else row.valuation.get_absolute_url(),
    heading_links=((_("Cost and value"), "roi:list", policies.may_see),),
    empty=Empty(
        _("Nothing is assumed yet"),
        _("Open a valuation and say what one of its outcomes is worth, and where you know that from."),
        ((_("Cost and value"), "roi:list", policies.may_see),),
        icon="scale",
    ),
    columns=(
        Column("what", _("Assumption"), lambda row: row.get_kind_display(), lambda row: row.kind),
        Column("outcome", _("Outcome"), lambda row: data(str(row.outcome or "")), lambda row: str(row.outcome or "")),
        Column("valuation", _("Valuation"), lambda row: data(row.valuation.name), lambda row: row.valuation.name),
        Column("low", _("Low"), lambda row: data(facing.shown(row.low)), lambda row: row.low, is_numeric=True),
        Column("base", _("Base"), lambda row: data(facing.shown(row.base)), lambda row: row.base, is_numeric=True),
        Column("high", _("High"), lambda row: data(facing.shown(row.high)), lambda row: row.high, is_numeric=True),
        Column("source", _("Source"), _source, lambda row: row.source),
        Column("url", _("Address of the source"), lambda row: data(row.source_url), lambda row: row.source_url, is_default=False),
        Column("seen", _("Seen on"), lambda row: day(row.seen_on) if row.seen_on else "", lambda row: row.seen_on, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        PickFilter("valuation", _("Valuation"), field="valuation_id", rows=Valuation.objects.all),
        ChoiceFilter("what", _("Assumption"), options=Assumption.Kind.choices, field="kind"),
        BooleanFilter("sourced", _("Source"), condition=~Q(source=""), yes=_("With a source"), no=_("Without a source")),
    ),
)  # fmt: skip
"""Every assumption of every valuation."""
