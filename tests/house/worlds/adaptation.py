"""A revision with a budget move, an experiment to judge and a review with two lessons in the small world."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 92
EXAMPLES = {
    "adaptation:revision": named("adaptation.Revision", "uuid", title="World revision"),
    "adaptation:revision_key": named("adaptation.Revision", "pk", title="World revision"),
    "adaptation:move_key": named("adaptation.Move", "pk", revision__title="World revision"),
    "adaptation:move": named("adaptation.Move", "uuid", revision__title="World revision"),
    "adaptation:experiment": named("adaptation.Experiment", "uuid", title="World experiment"),
    "adaptation:experiment_key": named("adaptation.Experiment", "pk", title="World experiment"),
    "adaptation:review": named("adaptation.Review", "uuid", title="World review"),
    "adaptation:review_key": named("adaptation.Review", "pk", title="World review"),
    "adaptation:lesson": named("adaptation.Lesson", "uuid", text="World lesson"),
    "adaptation:lesson_key": named("adaptation.Lesson", "pk", text="World lesson"),
}


def build(people: dict[str, Any]) -> None:
    """Of the first project."""
    from datetime import timedelta

    from django.utils import timezone

    from barnraise.foundation.refs import Ref
    from barnraise.nowwhat.adaptation.services import add_experiment, add_move, add_review, add_revision
    from barnraise.what.projects.models import Project
    from barnraise.what.projects.services import add_part

    bob, today = people["bob"], timezone.localdate()
    project = Project.objects.filter(ended_on__isnull=True).order_by("pk")[0]
    about = str(Ref.to(project))
    row = add_revision(by=bob, about=about, title="World revision", why="Bread is dear", evidence=[about])
    lines = [
        add_part(project, "budget", by=bob, name=f"World {name}", is_income=False, planned=500)
        for name in ("flour", "salt")
    ]
    add_move(row, by=bob, taken_from=lines[0], given_to=lines[1], amount=100)
    add_experiment(
        by=bob, title="World experiment", about=about, hypothesis="More bread, more joy", measure="Loaves",
        stop_rule="Smoke", starts_on=today - timedelta(days=9), judge_on=today,
    )  # fmt: skip
    lessons = ["World lesson", "Second world lesson"]
    add_review(by=bob, about=about, title="World review", held_on=today, happened="Bread", lessons=lessons)
