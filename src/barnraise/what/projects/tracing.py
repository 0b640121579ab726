"""Where projects stand in the golden thread."""

from __future__ import annotations

from collections.abc import Sequence

from barnraise.foundation.refs import Ref

from .models import Contribution, Placement, Project


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


def project_of_placement(ref: Ref) -> Sequence[Ref]:
    """Whose opening it takes."""
    keys = Placement.objects.filter(pk=ref.id).values_list("opening__project_id", flat=True)
    return [Ref("projects", "project", key) for key in keys]
