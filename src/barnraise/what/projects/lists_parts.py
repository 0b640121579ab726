"""The lists of partners, milestones, budget lines, amounts and openings of all projects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import badge, data, day, money
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickFilter,
)
from barnraise.who.organisations.models import Organisation

from . import policies, selectors
from .models import Actual, BudgetLine, Milestone, Opening, Project, ProjectPartner


def _project(row: Any) -> str:
    return str(row.project.name)


def _in_project() -> Column:
    return Column("project", _("Project"), lambda row: data(_project(row)), _project)


def _of_project() -> PickFilter:
    return PickFilter("project", _("Project"), field="project_id", rows=Project.objects.all)


def _milestones(actor: Any) -> QuerySet[Milestone]:
    return Milestone.objects.select_related("project")


milestones = ListPage(
    name="milestones",
    kind=selectors.MILESTONE,
    noun=_("milestone"),
    noun_plural=_("milestones"),
    title=_("Milestones"),
    intro=_("What is to be done by when, over all projects."),
    policy=policies.may_see,
    rows=_milestones,
    default_sort="due_on",
    row_url=lambda row: f"{row.project.get_absolute_url()}#milestones",
    heading_links=((_("Projects"), "projects:list", policies.may_see),),
    empty=Empty(
        _("No milestones yet"),
        _("Open a project and say what is to be done by which day, or take a list in as a file."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="flag",
    ),
    columns=(
        Column("name", _("Milestone"), lambda row: data(row.name), lambda row: row.name),
        _in_project(),
        Column("due", _("Due"), lambda row: day(row.due_on), lambda row: row.due_on, sort="due_on"),
        Column("done", _("Done"), lambda row: day(row.done_on) if row.done_on else "", lambda row: row.done_on),
        Column("note", _("Note"), lambda row: data(row.note), lambda row: row.note, is_default=False),
    ),
    filters=(
        _of_project(),
        BooleanFilter("done", _("Done"), condition=Q(done_on__isnull=False)),
        DateFilter("due", _("Due"), field="due_on"),
    ),
)  # fmt: skip
"""What is to be done by when."""


def _lines(actor: Any) -> QuerySet[BudgetLine]:
    return BudgetLine.objects.select_related("project")


def _with_actual(rows: list[Any]) -> None:
    """What was spent or came in, for the whole page at once."""
    sums = dict(Actual.objects.filter(line__in=rows).values_list("line").annotate(total=Sum("amount")))
    for row in rows:
        row.actual = sums.get(row.pk, 0)


def _money(name: str) -> Any:
    return lambda row: money(getattr(row, name), row.project.currency)


def _major(name: str) -> Any:
    return lambda row: Decimal(getattr(row, name)).scaleb(-get_currency_precision(row.project.currency))


def _kind(row: BudgetLine) -> str:
    return str(_("Income") if row.is_income else _("Cost"))


budget_lines = ListPage(
    name="budget_lines",
    kind=BudgetLine._meta.label_lower,
    noun=_("budget line"),
    noun_plural=_("budget lines"),
    title=_("Budget lines"),
    intro=_("What is planned to be spent and to come in, and what was, over all projects."),
    policy=policies.may_see,
    rows=_lines,
    default_sort="pk",
    prepare=_with_actual,
    row_url=lambda row: f"{row.project.get_absolute_url()}#budget",
    heading_links=((_("Projects"), "projects:list", policies.may_see),),
    empty=Empty(
        _("No budget yet"),
        _("Open a project and write what it will cost and who pays, or take a list in as a file."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="coins",
    ),
    columns=(
        Column("name", _("Budget line"), lambda row: data(row.name), lambda row: row.name),
        _in_project(),
        Column("income", _("Kind"), _kind, _kind),
        Column("planned", _("Planned"), _money("planned"), _major("planned"), is_numeric=True),
        Column("actual", _("Actual"), _money("actual"), _major("actual"), is_numeric=True),
        Column("currency", _("Currency"), lambda row: data(row.project.currency), lambda row: row.project.currency, is_default=False),
    ),
    filters=(_of_project(), BooleanFilter("income", _("Kind"), condition=Q(is_income=True), yes=_("Income"), no=_("Cost"))),
)  # fmt: skip
"""Budgets."""


def _amounts(actor: Any) -> QuerySet[Actual]:
    return Actual.objects.select_related("project", "line")


amounts = ListPage(
    name="amounts",
    kind=Actual._meta.label_lower,
    noun=_("amount spent or received"),
    noun_plural=_("amounts spent or received"),
    title=_("Amounts"),
    intro=_("What was spent and what came in on the budget lines of all projects."),
    policy=policies.may_see,
    rows=_amounts,
    default_sort="-on",
    row_url=lambda row: f"{row.project.get_absolute_url()}#budget",
    heading_links=(
        (_("Projects"), "projects:list", policies.may_see),
        (_("Budget lines"), "projects:budget_lines", policies.may_see),
    ),
    empty=Empty(
        _("No amounts yet"),
        _("Open a project with a budget and note what was spent or came in, or take a list in as a file."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="coins",
    ),
    columns=(
        Column("line", _("Budget line"), lambda row: data(row.line.name), lambda row: row.line.name),
        _in_project(),
        Column("day", _("Day"), lambda row: day(row.on), lambda row: row.on, sort="on"),
        Column("amount", _("Amount"), _money("amount"), _major("amount"), is_numeric=True),
        Column("note", _("Note"), lambda row: data(row.note), lambda row: row.note),
        Column("currency", _("Currency"), lambda row: data(row.project.currency), lambda row: row.project.currency, is_default=False),
    ),
    filters=(
        _of_project(),
        PickFilter("line", _("Budget line"), field="line_id", rows=BudgetLine.objects.all, folded="name"),
        DateFilter("day", _("Day"), field="on"),
    ),
)  # fmt: skip
"""What was spent or came in."""


def _partners(actor: Any) -> QuerySet[ProjectPartner]:
    return ProjectPartner.objects.select_related("project", "organisation")


def _role(row: ProjectPartner) -> str:
    return str(row.get_role_display())


partners = ListPage(
    name="project_partners",
    kind=ProjectPartner._meta.label_lower,
    noun=_("partner of a project"),
    noun_plural=_("partners of projects"),
    title=_("Partners of projects"),
    intro=_("Who builds what together with whom, and in which role, over all projects."),
    policy=policies.may_see,
    rows=_partners,
    default_sort="-pk",
    row_url=lambda row: f"{row.project.get_absolute_url()}#partners",
    heading_links=((_("Projects"), "projects:list", policies.may_see),),
    empty=Empty(
        _("No partners yet"),
        _("Open a project and say who builds it with you and in which role, or take a list in as a file."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="users-group",
    ),
    columns=(
        Column("organisation", _("Organisation"), lambda row: data(row.organisation.name), lambda row: row.organisation.name),
        _in_project(),
        Column("role", _("Role"), _role, _role),
        Column("note", _("Note"), lambda row: data(row.note), lambda row: row.note),
    ),
    filters=(
        _of_project(),
        PickFilter("organisation", _("Organisation"), field="organisation_id", rows=Organisation.objects.all),
        ChoiceFilter("role", _("Role"), options=ProjectPartner.Role.choices),
    ),
)  # fmt: skip
"""Who builds what with whom."""


def _openings(actor: Any) -> QuerySet[Opening]:
    return Opening.objects.select_related("project")


def _state(row: Opening) -> str:
    return str(_("Closed") if row.is_closed else _("Open"))


openings = ListPage(
    name="openings",
    kind=Opening._meta.label_lower,
    noun=_("opening"),
    noun_plural=_("openings"),
    title=_("Openings"),
    intro=_("Roles that people can take: volunteer roles, trainee places, mentor pairs, scholarships."),
    policy=policies.may_see,
    rows=_openings,
    default_sort="-pk",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=(
        (_("Projects"), "projects:list", policies.may_see),
        (_("Placements"), "projects:placements", policies.may_see),
    ),
    empty=Empty(
        _("No openings yet"),
        _("Open a project and add a role that people can take, or take a list in as a file."),
        ((_("Projects"), "projects:list", policies.may_see),),
        icon="users-group",
    ),
    columns=(
        Column("name", _("Role"), lambda row: data(row.name), lambda row: row.name),
        _in_project(),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: str(row.get_kind_display())),
        Column("places", _("Places"), lambda row: row.places, lambda row: row.places, is_numeric=True),
        Column("closes", _("Closes"), lambda row: day(row.closes_on) if row.closes_on else "", lambda row: row.closes_on),
        Column("state", _("State"), lambda row: badge(_state(row)), _state),
        Column(
            "page", _("Page"),
            lambda row: data(reverse("projects:public_opening", args=[row.uuid])) if row.is_public else "",
            lambda row: reverse("projects:public_opening", args=[row.uuid]) if row.is_public else "", is_default=False,
        ),
    ),
    filters=(
        _of_project(),
        ChoiceFilter("kind", _("Kind"), options=Opening.Kind.choices),
        BooleanFilter("closed", _("Closed"), condition=Q(is_closed=True)),
    ),
)  # fmt: skip
"""Roles that people can take."""
