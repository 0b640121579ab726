"""Feedback of the small world: the sample town speaks; one suggestion waits."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 62
EXAMPLES = {
    "feedback:uuid": named("feedback.Comment", "uuid", state="waiting", channel="typed"),
    "feedback:key": named("feedback.Comment", "pk"),
    "feedback:wait_again:uuid": named("feedback.Comment", "uuid", state="aside"),
    "feedback:answer_by_key:key": named("feedback.Answer", "pk"),
    "feedback:take_suggestion:uuid": named("feedback.Suggestion", "uuid"),
    **{
        f"feedback:{view}:uuid": named("feedback.Theme", "uuid")
        for view in ("theme", "change_theme", "remove_theme")
    },
    **{
        f"feedback:{view}:uuid": named("feedback.Answer", "uuid", withdrawn_on__isnull=True)
        for view in ("answer", "change_answer", "publish", "withdraw", "remove_answer")
    },
}


def build(people: dict[str, Any]) -> None:
    """What is suggested from the town's comments."""
    from django.utils import timezone

    from barnraise.sowhat.feedback.services import suggest

    suggest(now=timezone.now())
