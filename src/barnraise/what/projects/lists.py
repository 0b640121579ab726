"""The lists of projects, contributions and placements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, figure, number
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
from .models import Contribution, Placement, Project


def _projects(actor: Any) -> QuerySet[Project]:
    return selectors.projects_listed(actor)


def _objective(row: Project) -> str:
    return row.objective.name if row.objective else ""


def _owner(row: Project) -> str:
    return str(row.owner or "")


def _partners(row: Any) -> Any:
    return figure(row.partner_count, rows=f"{row.get_absolute_url()}#partners", rule="distinct")


projects = ListPage(
    name="projects",
    kind=selectors.PROJECT,
    noun=_("project"),
    noun_plural=_("projects"),
    title=_("Projects"),
    intro=_("What you build together over months or years, which objective it serves, and what it is made of."),
    policy=policies.may_see,
    rows=_projects,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="projects:add",
    create_policy=policies.may_edit,
    create_label=_("Add a project"),
    heading_links=(
        (_("Partners"), "projects:partners", policies.may_see),
        (_("Milestones"), "projects:milestones", policies.may_see),
        (_("Budget lines"), "projects:budget_lines", policies.may_see),
        (_("Amounts"), "projects:amounts", policies.may_see),
        (_("Contributions"), "projects:contributions", policies.may_see),
        (_("Openings"), "projects:openings", policies.may_see),
        (_("Placements"), "projects:placements", policies.may_see),
    ),
    empty=Empty(
        _("No projects yet"),
        _(
            "A project is built by several partners: give it the objective it serves, partners in their roles, "
            "milestones and a budget. Then note what is given, and who takes part."
        ),
        ((_("Add a project"), "projects:add", policies.may_edit), (_("Take in a file"), "imports:start", policies.may_edit)),
        icon="hammer",
    ),
    columns=(
        Column("name", _("Project"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: str(row.get_kind_display()), sort="kind"),
        Column("state", _("State"), facing.state_badge, lambda row: str(row.get_state_display()), sort="state"),
        Column("objective", _("Objective"), lambda row: data(_objective(row)), _objective),
        Column("partners", _("Partners"), _partners, lambda row: row.partner_count, is_numeric=True),
        Column("owner", _("Owner"), lambda row: data(_owner(row)), _owner),
        Column("from", _("From"), lambda row: day(row.starts_on), lambda row: row.starts_on, is_default=False),
        Column("until", _("Until"), lambda row: day(row.ends_on), lambda row: row.ends_on, sort="ends_on"),
        Column("about", _("What is done, and for whom"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        TextFilter("name", _("Project"), field="name_folded"),
        ChoiceFilter("kind", _("Kind"), options=Project.Kind.choices),
        ChoiceFilter("state", _("State"), options=Project.State.choices),
        BooleanFilter("objective", _("Objective"), condition=Q(objective__isnull=False), yes=_("serves one"), no=_("serves none")),
        DateFilter("until", _("Until"), field="ends_on"),
    ),
)  # fmt: skip
"""Initiatives."""


def _gifts(actor: Any) -> QuerySet[Contribution]:
    return selectors.contributions_listed(actor)


def _value(row: Contribution) -> Decimal:
    return Decimal(row.value).scaleb(-get_currency_precision(row.project.currency))


def _hours(row: Contribution) -> Any:
    return number(row.hours.normalize()) if row.hours is not None else ""


contributions = ListPage(
    name="contributions",
    kind=selectors.CONTRIBUTION,
    noun=_("contribution"),
    noun_plural=_("contributions"),
    title=_("Contributions"),
    intro=_("Money, goods, services and hours, from organisations and people, with what they count as money and why."),
    policy=policies.may_see,
    rows=_gifts,
    default_sort="-on",
    row_url=lambda row: reverse("projects:change_contribution", args=[row.uuid]),
    heading_links=((_("Projects"), "projects:list", policies.may_see),),
    empty=Empty(
        _("No contributions yet"),
        _("Open a project and note what somebody gave to it."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="pig-money",
    ),
    columns=(
        Column("what", _("What"), lambda row: data(row.what) if row.what else row.get_kind_display(), lambda row: row.what),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: str(row.get_kind_display())),
        Column("giver", _("From"), facing.giver, facing.giver_name),
        Column("project", _("Project"), lambda row: data(row.project.name), lambda row: row.project.name),
        Column("on", _("Day"), lambda row: day(row.on), lambda row: row.on, sort="on"),
        Column("value", _("Value"), facing.worth, _value, is_numeric=True),
        Column("currency", _("Currency"), lambda row: data(row.project.currency), lambda row: row.project.currency, is_default=False),
        Column("hours", _("Hours"), _hours, lambda row: row.hours, is_numeric=True),
        Column("technique", _("How it was valued"), lambda row: row.get_technique_display(), lambda row: row.technique, is_default=False),
        Column("recognised", _("Why it counts as money"), lambda row: row.get_recognised_display(), lambda row: row.recognised, is_default=False),
    ),
    filters=(
        PickFilter("project", _("Project"), field="project_id", rows=Project.objects.all),
        ChoiceFilter("kind", _("Kind"), options=Contribution.Kind.choices),
        DateFilter("on", _("Day"), field="on"),
    ),
)  # fmt: skip
"""What was given."""


def _placements(actor: Any) -> QuerySet[Placement]:
    return selectors.placements_listed(actor)


def _mentor(row: Placement) -> str:
    return row.mentor.display_name if row.mentor else ""


placements = ListPage(
    name="placements",
    kind=selectors.PLACEMENT,
    noun=_("placement"),
    noun_plural=_("placements"),
    title=_("Placements"),
    intro=_("Who applied, was matched, started and finished, and what became of it."),
    policy=policies.may_see,
    rows=_placements,
    default_sort="-applied_on",
    row_url=lambda row: row.opening.get_absolute_url(),
    heading_links=((_("Projects"), "projects:list", policies.may_see),),
    empty=Empty(
        _("No placements yet"),
        _("Open a project, add an opening, and note who applied."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="users-group",
    ),
    columns=(
        Column("person", _("Person"), lambda row: data(str(row)), str),
        Column("opening", _("Role"), lambda row: data(row.opening.name), lambda row: row.opening.name),
        Column("project", _("Project"), lambda row: data(row.opening.project.name), lambda row: row.opening.project.name),
        Column("state", _("State"), facing.placement_badge, lambda row: str(row.get_state_display())),
        Column("mentor", _("Mentor"), lambda row: data(_mentor(row)), _mentor),
        Column("applied", _("Applied"), lambda row: day(row.applied_on), lambda row: row.applied_on, sort="applied_on"),
        Column("started", _("Started"), lambda row: day(row.started_on), lambda row: row.started_on, sort="started_on"),
        Column("ended", _("Ended"), lambda row: day(row.ended_on), lambda row: row.ended_on, is_default=False),
        Column("hours", _("Hours"), _hours, lambda row: row.hours, is_numeric=True, is_default=False),
        Column("outcome", _("What became of it"), lambda row: data(row.outcome), lambda row: row.outcome, is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Placement.State.choices),
        DateFilter("applied", _("Applied"), field="applied_on"),
        DateFilter("started", _("Started"), field="started_on"),
    ),
)  # fmt: skip
"""Who takes part."""
