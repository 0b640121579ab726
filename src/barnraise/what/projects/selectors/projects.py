"""Projects, their parts, and what was given to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.hanging import hanging
from barnraise.who.organisations.models import Organisation

from ..models import Actual, BudgetLine, Contribution, Milestone, Opening, Project, ProjectPartner

PROJECT, CONTRIBUTION, PLACEMENT = "projects.project", "projects.contribution", "projects.placement"
MILESTONE = "projects.milestone"
OPENING = "projects.opening"
ENDED = ("finished", "stopped")
PARTS: Mapping[str, Any] = {
    "partners": ProjectPartner,
    "milestones": Milestone,
    "budget": BudgetLine,
    "amounts": Actual,
    "openings": Opening,
}
"""By the word of its address: what a project is made of."""


def projects_listed(actor: Any = None) -> QuerySet[Project]:
    """All projects with objective and owner, and `partner_count`."""
    rows = Project.objects.select_related("objective__goal", "owner")
    return rows.annotate(
        partner_count=hanging(ProjectPartner.objects.all(), "project", different="organisation")
    )


def one_project(uuid: UUID) -> Project:
    """Raises Project.DoesNotExist."""
    return Project.objects.select_related("objective__goal", "owner").get(uuid=uuid)


def one_project_by_key(key: int) -> Project:
    """Raises Project.DoesNotExist."""
    return Project.objects.get(pk=key)


def project_named(name: str) -> Project | None:
    """The project of this name; case and accents do not count."""
    return Project.objects.filter(name_folded=fold(name)[:200]).first()


def project_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Project.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def one_part(part: str, uuid: UUID) -> Any:
    """A row of the part with its project. Raises Project.DoesNotExist for an unknown part or row."""
    model = PARTS.get(part)
    row = model.objects.select_related("project").filter(uuid=uuid).first() if model else None
    if row is None:
        raise Project.DoesNotExist("There is no such part.")
    return row


def partners_of(project: Project) -> list[ProjectPartner]:
    """Partners in their roles, by name."""
    rows = ProjectPartner.objects.filter(project=project).select_related("organisation")
    return list(rows.order_by("organisation__name_folded", "role"))


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line with what was spent or came in; `left` is planned less actual."""

    row: BudgetLine
    actual: int
    left: int


@dataclass(frozen=True, slots=True)
class Budget:
    """All lines and their sums in minor units."""

    costs: list[Line]
    incomes: list[Line]
    planned_cost: int
    actual_cost: int
    planned_income: int
    actual_income: int


def budget_of(project: Project) -> Budget:
    """Two queries."""
    sums = dict(Actual.objects.filter(project=project).values_list("line").annotate(total=Sum("amount")))
    lines = [
        Line(row, sums.get(row.pk, 0), row.planned - sums.get(row.pk, 0))
        for row in BudgetLine.objects.filter(project=project).order_by("id")
    ]
    costs = [line for line in lines if not line.row.is_income]
    incomes = [line for line in lines if line.row.is_income]
    return Budget(
        costs,
        incomes,
        sum(line.row.planned for line in costs),
        sum(line.actual for line in costs),
        sum(line.row.planned for line in incomes),
        sum(line.actual for line in incomes),
    )


def contributions_listed(actor: Any = None) -> QuerySet[Contribution]:
    """All contributions with project and giver."""
    return Contribution.objects.select_related("project", "organisation", "person")


def one_contribution(uuid: UUID) -> Contribution:
    """Raises Contribution.DoesNotExist."""
    return contributions_listed().get(uuid=uuid)


def contributions_with(*, most: int = 50, **giver: Any) -> list[Contribution]:
    """The latest contributions of one giver or to one project."""
    return list(contributions_listed().filter(**giver).order_by("-on", "-id")[:most])


def totals_of(project: Project) -> tuple[int, Decimal]:
    """What was given: value in minor units, and hours."""
    found = Contribution.objects.filter(project=project).aggregate(value=Sum("value"), hours=Sum("hours"))
    return found["value"] or 0, found["hours"] or Decimal(0)


def projects_of_organisation(organisation: Organisation) -> list[ProjectPartner]:
    """In which projects it is a partner, and as what."""
    rows = ProjectPartner.objects.filter(organisation=organisation).select_related("project")
    return list(rows.order_by("-id")[:30])


def projects_without_objective(most: int) -> tuple[int, list[Ref]]:
    """How many projects that have not ended serve no objective, and the first of them."""
    rows = Project.objects.filter(objective__isnull=True).exclude(state__in=ENDED)
    keys = rows.order_by("id").values_list("pk", flat=True)[:most]
    return rows.count(), [Ref("projects", "project", key) for key in keys]


def milestones_due(today: date, *, within: timedelta, most: int) -> list[Milestone]:
    """Milestones of projects under way that are due by then or overdue, the first one first."""
    rows = Milestone.objects.filter(done_on__isnull=True, due_on__lte=today + within)
    rows = rows.exclude(project__state__in=ENDED).select_related("project")
    rows = awake(rows, "projects.due", today)
    return list(rows.order_by("due_on", "id")[:most])


def overspent(today: date, *, within: timedelta, most: int) -> list[BudgetLine]:
    """Lines of projects under way on which something was spent lately, and more than planned by now."""
    lately = Actual.objects.filter(on__gte=today - within, on__lte=today).values("line_id")
    rows = BudgetLine.objects.filter(pk__in=lately, is_income=False).exclude(project__state__in=ENDED)
    there = Actual.objects.filter(line=OuterRef("pk")).order_by().values("line")
    spent = Subquery(there.annotate(spent=Sum("amount")).values("spent"), output_field=BigIntegerField())
    rows = rows.annotate(spent=spent).filter(spent__gt=F("planned"))
    rows = awake(rows.select_related("project"), "projects.due", today)
    return list(rows.order_by("pk")[:most])
