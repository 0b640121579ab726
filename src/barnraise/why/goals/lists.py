"""The lists of goals, objectives and indicators."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import badge, data, day, number
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

from . import facing, policies, selectors
from .models import Goal, Indicator, Objective
from .smart import missing
from .sockets import sources

LINKS = (
    (_("Goals"), "goals:list", policies.may_see),
    (_("Objectives"), "goals:objectives", policies.may_see),
    (_("Indicators"), "goals:indicators", policies.may_see),
)


def _objective_name(row: Indicator) -> str:
    return row.objective.name if row.objective else ""


def _goals(actor: Any) -> QuerySet[Goal]:
    return selectors.goals_listed(actor)


def _need(row: Any) -> Any:
    return (
        badge(_("cited"), tone="good", icon="check") if row.has_need else badge(_("none yet"), tone="warning")
    )


goals = ListPage(
    name="goals",
    kind=selectors.GOAL,
    noun=_("goal"),
    noun_plural=_("goals"),
    title=_("Goals"),
    intro=_("What the partnership aims at, which need that answers, and who stands behind it."),
    policy=policies.may_see,
    rows=_goals,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="goals:add",
    create_policy=policies.may_edit,
    create_label=_("Add a goal"),
    heading_links=(
        *LINKS[1:],
        (_("Endorsements"), "goals:endorsements", policies.may_see),
        (_("Logic models"), "goals:logic_steps", policies.may_see),
    ),
    empty=Empty(
        _("No goals yet"),
        _(
            "A goal says what will be true, and which need it answers. Give it objectives with a measure, "
            "and ask your partners whether they stand behind it."
        ),
        ((_("Add a goal"), "goals:add", policies.may_edit), (_("Take in a file"), "imports:start", policies.may_edit)),
        icon="target",
    ),
    columns=(
        Column("name", _("Goal"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("state", _("State"), facing.state_badge, lambda row: str(row.get_state_display()), sort="state"),
        Column("need", _("Need"), _need, lambda row: str(_("cited") if row.has_need else _("none yet"))),
        Column("objectives", _("Objectives"), facing.objectives_of, lambda row: row.objective_count, is_numeric=True),
        Column("endorsed", _("Partners behind it"), facing.who_stand_behind, lambda row: row.endorsed_count, is_numeric=True),
        Column("owner", _("Owner"), lambda row: data(row.owner) if row.owner else "", lambda row: str(row.owner or "")),
        Column("until", _("Until"), lambda row: day(row.ends_on), lambda row: row.ends_on, sort="ends_on"),
        Column("from", _("From"), lambda row: day(row.starts_on), lambda row: row.starts_on, is_default=False),
        Column("about", _("What changes, and for whom"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("name", _("Goal"), field="name_folded"),
        ChoiceFilter("state", _("State"), options=Goal.State.choices),
        DateFilter("until", _("Until"), field="ends_on"),
    ),
)  # fmt: skip
"""What the partnership aims at."""


def _letters(rows: list[Any]) -> None:
    facts = selectors.facts_of(rows)
    for row in rows:
        lacks = {one.letter for one in missing(facts[row.pk])}
        row.letters = "".join("·" if letter in lacks else letter for letter in "SMART")


def _objectives(actor: Any) -> QuerySet[Objective]:
    return selectors.objectives_listed(actor)


def _standing(row: Any) -> str:
    return str(row.letters)


objectives = ListPage(
    name="objectives",
    kind=selectors.OBJECTIVE,
    noun=_("objective"),
    noun_plural=_("objectives"),
    title=_("Objectives"),
    intro=_("Measurable steps towards the goals, letter by letter of SMART."),
    policy=policies.may_see,
    rows=_objectives,
    prepare=_letters,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=(LINKS[0], LINKS[2]),
    empty=Empty(
        _("No objectives yet"),
        _("Open a goal and add its first objective: a step with a measure, a target, an owner and a date."),
        ((_("Goals"), "goals:list", policies.may_see),),
        icon="target-arrow",
    ),
    columns=(
        Column("name", _("Objective"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("goal", _("Goal"), lambda row: data(row.goal.name), lambda row: row.goal.name),
        Column("smart", _("SMART"), lambda row: facing.letters(row.letters), _standing),
        Column("state", _("State"), facing.state_badge, lambda row: str(row.get_state_display()), sort="state"),
        Column("indicators", _("Indicators"), facing.indicators_of, lambda row: row.indicator_count, is_numeric=True),
        Column("owner", _("Owner"), lambda row: data(row.owner) if row.owner else "", lambda row: str(row.owner or "")),
        Column("due", _("Until"), lambda row: day(row.due_on), lambda row: row.due_on, sort="due_on"),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("name", _("Objective"), field="name_folded"),
        PickFilter("goal", _("Goal"), field="goal_id", rows=Goal.objects.all),
        ChoiceFilter("state", _("State"), options=Objective.State.choices),
        DateFilter("due", _("Until"), field="due_on"),
    ),
)  # fmt: skip
"""Steps towards goals."""


def _indicators(actor: Any) -> QuerySet[Indicator]:
    return selectors.indicators_listed(actor)


def source_word(row: Indicator) -> Any:
    """Where its values come from, in a word."""
    plug = sources.find(row.source) if row.source else None
    return plug.label if plug else _("by hand")


indicators = ListPage(
    name="indicators",
    kind=selectors.INDICATOR,
    noun=_("indicator"),
    noun_plural=_("indicators"),
    title=_("Indicators"),
    intro=_("The numbers that tell, each with its unit, its rule, where it began and where it should get."),
    policy=policies.may_see,
    rows=_indicators,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="goals:add_indicator",
    create_policy=policies.may_edit,
    create_label=_("Add an indicator"),
    heading_links=LINKS[:2],
    empty=Empty(
        _("No indicators yet"),
        _("An indicator says what is counted, in which unit, and how rows become a value. Most move by themselves."),
        ((_("Add an indicator"), "goals:add_indicator", policies.may_edit),),
        icon="chart-line",
    ),
    columns=(
        Column("name", _("Measure"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("objective", _("Objective"), lambda row: data(_objective_name(row)), _objective_name),
        Column("baseline", _("Baseline"), lambda row: number(row.baseline_value), lambda row: row.baseline_value, is_numeric=True),
        Column("target", _("Target"), lambda row: number(row.target_value), lambda row: row.target_value, is_numeric=True),
        Column("unit", _("Unit"), lambda row: data(row.unit), lambda row: row.unit),
        Column("source", _("Where values come from"), source_word, lambda row: str(source_word(row))),
        Column("rule", _("How rows become the value"), lambda row: row.get_rule_display(), lambda row: row.rule, is_default=False),
        Column("direction", _("Direction"), lambda row: row.get_direction_display(), lambda row: row.direction, is_default=False),
        Column("frequency", _("How often"), lambda row: row.get_frequency_display(), lambda row: row.frequency),
        Column("target_on", _("Day of the target"), lambda row: day(row.target_on), lambda row: row.target_on, sort="target_on", is_default=False),
        Column("baseline_on", _("Day of the baseline"), lambda row: day(row.baseline_on), lambda row: row.baseline_on, is_default=False),
        Column("owner", _("Owner"), lambda row: data(row.owner) if row.owner else "", lambda row: str(row.owner or ""), is_default=False),
        Column("ended", _("Ended"), lambda row: day(row.ended_on) if row.ended_on else "", lambda row: row.ended_on, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("name", _("Measure"), field="name_folded"),
        PickFilter("objective", _("Objective"), field="objective_id", rows=Objective.objects.all),
        ChoiceFilter("source", _("Where values come from"), options=lambda: [(name, plug.label) for name, plug in sources.items()]),
        BooleanFilter("ended", _("State"), condition=Q(ended_on__isnull=False), yes=_("Ended"), no=_("Values are asked")),
    ),
)  # fmt: skip
"""The numbers that tell."""
