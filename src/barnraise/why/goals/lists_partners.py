"""The lists of what partners say to goals, and of the boxes of their logic models."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import badge, data, day
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, Empty, ListPage, PickFilter
from barnraise.who.organisations.models import Organisation

from . import policies, selectors
from .models import Endorsement, Goal, LogicArrow, LogicStep

GOALS = (_("Goals"), "goals:list", policies.may_see)


def _state(row: Endorsement) -> str:
    return str(row.get_state_display())


endorsements = ListPage(
    name="endorsements",
    kind=selectors.ENDORSEMENT,
    noun=_("endorsement"),
    noun_plural=_("endorsements"),
    title=_("Endorsements of goals"),
    intro=_("Which partner was asked about which goal, and what they said."),
    policy=policies.may_see,
    rows=selectors.endorsements_listed,
    default_sort="-pk",
    row_url=lambda row: row.goal.get_absolute_url(),
    heading_links=(GOALS,),
    empty=Empty(
        _("Nobody was asked yet"),
        _("Open a goal and ask a partner whether they stand behind it, or take a list in as a file."),
        (GOALS,),
        icon="thumb-up",
    ),
    columns=(
        Column("organisation", _("Organisation"), lambda row: data(row.organisation.name), lambda row: row.organisation.name),
        Column("goal", _("Goal"), lambda row: data(row.goal.name), lambda row: row.goal.name),
        Column("state", _("State"), lambda row: badge(_state(row), tone="good" if row.state == "endorsed" else "neutral"), _state),
        Column("words", _("In their words"), lambda row: data(row.words), lambda row: row.words),
        Column("signed", _("Who signs"), lambda row: data(row.signed_by), lambda row: row.signed_by),
        Column("asked", _("Asked"), lambda row: day(row.asked_at.date()), lambda row: row.asked_at.date(), is_default=False),
    ),
    filters=(
        PickFilter("goal", _("Goal"), field="goal_id", rows=Goal.objects.all),
        PickFilter("organisation", _("Organisation"), field="organisation_id", rows=Organisation.objects.all),
        ChoiceFilter("state", _("State"), options=Endorsement.State.choices),
    ),
)  # fmt: skip
"""What partners say."""


def _steps(actor: Any) -> QuerySet[LogicStep]:
    return LogicStep.objects.select_related("goal", "objective")


def _with_ends(rows: list[Any]) -> None:
    """Where the boxes of the whole page lead."""
    ends: dict[int, list[str]] = {}
    arrows = LogicArrow.objects.filter(start__in=rows).order_by("id").values_list("start_id", "end__text")
    for key, text in arrows:
        ends.setdefault(key, []).append(text)
    for row in rows:
        row.leads_to = "; ".join(ends.get(row.pk, []))


def _objective(row: LogicStep) -> str:
    return row.objective.name if row.objective else ""


logic_steps = ListPage(
    name="logic_steps",
    kind=LogicStep._meta.label_lower,
    noun=_("step of a logic model"),
    noun_plural=_("steps of a logic model"),
    title=_("Logic models"),
    intro=_("What goes in, what is done, what comes out and what changes, over all goals."),
    policy=policies.may_see,
    rows=_steps,
    default_sort="-pk",
    prepare=_with_ends,
    row_url=lambda row: reverse("goals:logic", args=[row.goal.uuid]),
    heading_links=(GOALS,),
    empty=Empty(
        _("No logic model yet"),
        _("Open a goal and draw its logic model, or take a list in as a file."),
        (GOALS,),
        icon="target",
    ),
    columns=(
        Column("text", _("Step"), lambda row: data(row.text), lambda row: row.text),
        Column("goal", _("Goal"), lambda row: data(row.goal.name), lambda row: row.goal.name),
        Column("stage", _("Column"), lambda row: row.get_stage_display(), lambda row: str(row.get_stage_display())),
        Column("objective", _("Objective"), lambda row: data(_objective(row)), _objective),
        Column("leads", _("Leads to"), lambda row: data(row.leads_to), lambda row: row.leads_to),
    ),
    filters=(
        PickFilter("goal", _("Goal"), field="goal_id", rows=Goal.objects.all),
        ChoiceFilter("stage", _("Column"), options=LogicStep.Stage.choices),
    ),
)  # fmt: skip
"""Boxes of logic models."""
