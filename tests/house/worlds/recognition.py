"""Recognition of the small world: thanks that are sent, and a milestone."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 75
_MARKS = ("mark", "change_mark", "end_mark")
_REACHED = ("milestone", "draft_campaign", "draft_message", "leave")
EXAMPLES = {
    "recognition:uuid": named("recognition.Thanks", "uuid", letter="World letter"),
    "recognition:key": named("recognition.Thanks", "pk", letter="World letter"),
    "recognition:mark_by_key:key": named("recognition.Mark", "pk", words="world things"),
    "recognition:milestone_by_key:key": named("recognition.Milestone", "pk", mark__words="world things"),
    "recognition:statement:uuid": named("recognition.Thanks", "organisation__uuid", letter="World letter"),
    "recognition:paper:uuid": named("recognition.Thanks", "organisation__uuid", letter="World letter"),
    **{f"recognition:{one}:uuid": named("recognition.Mark", "uuid", words="world things") for one in _MARKS},
    **{
        f"recognition:{one}:uuid": named("recognition.Milestone", "uuid", mark__words="world things")
        for one in _REACHED
    },
}


def build(people: dict[str, Any]) -> None:
    """Thanks and a mark."""
    from datetime import date
    from decimal import Decimal

    from barnraise.nowwhat.recognition.services import add_mark, write_thanks
    from barnraise.sowhat.indicators.models import Observation
    from barnraise.what.projects.models import Contribution

    alice = people["alice"]
    gift = Contribution.objects.filter(organisation__is_own=False).order_by("pk")[0]
    write_thanks(
        by=alice,
        organisation=gift.organisation,
        begins_on=date(gift.on.year, 1, 1),
        ends_on=date(gift.on.year, 12, 31),
        letter="World letter",
        wording="They help.",
        language="en",
    )
    row = Observation.objects.filter(value__gte=1).order_by("-value", "pk")[0]
    add_mark(by=alice, indicator=row.indicator, step=Decimal(1), words="world things")
