"""Where projects stand in the golden thread."""

from __future__ import annotations

from collections.abc import Sequence

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import Fan

from .models import Actual, BudgetLine, Contribution, Milestone, Opening, Placement, Project


def objective_of_project(ref: Ref) -> Sequence[Ref]:
    """The objective it serves."""
    keys = Project.objects.filter(pk=ref.id, objective__isnull=False).values_list("objective_id", flat=True)
    return [Ref("goals", "objective", key) for key in keys if key is not None]


def projects_of_objective(ref: Ref) -> Sequence[Ref]:
    """The projects that serve an objective."""
    keys = Project.objects.filter(objective_id=ref.id).order_by("id").values_list("pk", flat=True)[:50]
    return [Ref("projects", "project", key) for key in keys]


def project_of_contribution(ref: Ref) -> Sequence[Ref]:
    """What it was given to."""
    keys = Contribution.objects.filter(pk=ref.id).values_list("project_id", flat=True)
    return [Ref("projects", "project", key) for key in keys]


def above_placement(ref: Ref) -> Sequence[Ref]:
    """The opening it takes, and whose that is."""
    rows = Placement.objects.filter(pk=ref.id).values_list("opening_id", "opening__project_id")
    return [
        one
        for opening, project in rows
        for one in (Ref("projects", "opening", opening), Ref("projects", "project", project))
    ]


PARTS = {model._meta.label_lower: model for model in (Milestone, BudgetLine, Actual, Opening)}
"""What a project is made of, by kind."""


def project_of_part(ref: Ref) -> Sequence[Ref]:
    """What it is a part of."""
    keys = PARTS[ref.kind]._default_manager.filter(pk=ref.id).values_list("project_id", flat=True)
    return [Ref("projects", "project", key) for key in keys]


def placements_of_opening(ref: Ref) -> Fan:
    """Who wanted it, the latest first."""
    rows = Placement.objects.filter(opening_id=ref.id)
    keys = rows.order_by("-applied_on", "-pk").values_list("pk", flat=True)[:50]
    return Fan([Ref("projects", "placement", key) for key in keys], rows.count())
