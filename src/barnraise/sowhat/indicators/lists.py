"""The list of observations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickFilter,
)
from barnraise.plumbing.ui.spans import period_words
from barnraise.why.goals.models import Indicator

from . import facing, policies, selectors, services
from .models import Observation
from .models.observation import Reason


def _rows(actor: Any) -> QuerySet[Observation]:
    return selectors.observations_listed(actor)


def _standing(row: Observation) -> Any:
    return selectors.standing_of(row.indicator, row)


def _locked(row: Observation) -> Any:
    return when(row.locked_at) if row.locked_at else ""


def _restated(row: Observation) -> Any:
    return when(row.restated_at) if row.restated_at else ""


def _objective(row: Observation) -> str:
    return row.indicator.objective.name if row.indicator.objective else ""


observations = ListPage(
    name="observations",
    kind=selectors.OBSERVATION,
    noun=_("observation"),
    noun_plural=_("observations"),
    title=_("Observations"),
    intro=_("Every number with the rows it came from. What is locked no longer changes unseen."),
    policy=policies.may_see,
    rows=_rows,
    default_sort="-begins_on",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=((_("Indicators"), "goals:indicators", policies.may_see),),
    empty=Empty(
        _("No observations yet"),
        _(
            "Open an indicator: choose a source, so that it counts by itself, write a number by hand, "
            "or ask a partner for one by mail link."
        ),
        ((_("Indicators"), "goals:indicators", policies.may_see), (_("Take in a file"), "imports:start", policies.may_record)),
        icon="chart-line",
    ),
    columns=(
        Column("indicator", _("Indicator"), lambda row: data(row.indicator.name), lambda row: row.indicator.name),
        Column("period", _("Period"), lambda row: period_words(row.period), lambda row: str(row.period), sort="begins_on"),
        Column("value", _("Value"), facing.value_of, lambda row: row.value, is_numeric=True),
        Column("reason", _("Why there is none"), lambda row: row.get_reason_display(), lambda row: row.reason, is_default=False),
        Column("unit", _("Unit"), lambda row: data(row.indicator.unit), lambda row: row.indicator.unit, is_default=False),
        Column("standing", _("Standing"), lambda row: facing.standing_badge(_standing(row)), _standing),
        Column("rows", _("Rows"), facing.rows_of, lambda row: row.row_count, is_numeric=True),
        Column("marks", _("Marks"), facing.marks, lambda row: "locked" if row.is_locked else ""),
        Column("locked", _("Locked"), _locked, lambda row: row.locked_at, sort="locked_at", is_default=False),
        Column("origin", _("How it came"), lambda row: row.get_origin_display(), lambda row: row.origin, is_default=False),
        Column("objective", _("Objective"), lambda row: data(_objective(row)), _objective, is_default=False),
        Column("restated", _("Restated"), _restated, lambda row: row.restated_at, sort="restated_at", is_default=False),
        Column("counted", _("Counted"), lambda row: when(row.computed_at), lambda row: row.computed_at, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        PickFilter("indicator", _("Indicator"), field="indicator_id", rows=Indicator.objects.all),
        DateFilter("from", _("Period begins"), field="begins_on"),
        ChoiceFilter("origin", _("How it came"), options=Observation.Origin.choices),
        ChoiceFilter("reason", _("Why there is none"), options=Reason.choices),
        BooleanFilter("locked", _("Locked"), condition=Q(locked_at__isnull=False)),
        BooleanFilter("restated", _("Restated"), condition=Q(restated_at__isnull=False)),
    ),
    bulk=(
        BulkAction("lock", _("Lock"), policies.may_lock, services.lock_many, icon="lock", can_undo=False, verb="indicators.locked_many"),
    ),
)  # fmt: skip
"""All observations."""
