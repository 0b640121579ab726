"""A playbook of the small world."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 95
EXAMPLES = {
    "playbooks:uuid": named("playbooks.Playbook", "uuid", title="World playbook"),
    "playbooks:key": named("playbooks.Playbook", "pk", title="World playbook"),
}


def build(people: dict[str, Any]) -> None:
    """Of the first goal."""
    from barnraise.nowwhat.playbooks.services import make
    from barnraise.why.goals.models import Goal

    make(Goal.objects.order_by("pk")[0], by=people["alice"], title="World playbook", about="Bread for all")
