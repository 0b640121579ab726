"""What other pages show of adaptation: the panel of goals, objectives and projects, and the cards of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref

from . import facing, policies, selectors
from .models import Review

CARD, PANEL = 6, 3


def panel(actor: Any, thing: Any) -> Mapping[str, Any] | None:
    """The latest revisions, experiments and reviews of this plan, and the ways to begin one; None where there is neither."""
    ref, may_edit = str(Ref.to(thing)), policies.may_edit(actor)
    rows: list[tuple[Any, Any]] = []
    revised = selectors.revisions().filter(naming("about", ref)).order_by("-updated_at", "-pk")
    rows += [(row, facing.revision_badge(row)) for row in revised[:PANEL]]
    tried = selectors.experiments().filter(naming("about", ref)).order_by("-judge_on", "-pk")
    rows += [(row, facing.experiment_badge(row)) for row in tried[:PANEL]]
    rows += [
        (row, "") for row in Review.objects.filter(naming("about", ref)).order_by("-held_on", "-pk")[:PANEL]
    ]
    return {"rows": rows, "ref": ref, "may_edit": may_edit} if rows or may_edit else None


def judge_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: experiments whose day has come; None when there are none."""
    found = selectors.to_judge(actor, timezone.localdate(now), CARD + 1)
    if not found:
        return None
    return {
        "rows": [(row, facing.experiment_badge(row)) for row in found[:CARD]],
        "has_more": len(found) > CARD,
        "may_edit": policies.may_edit(actor),
    }


def approve_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today, for who may approve: revisions that wait for it; None when there are none."""
    found = selectors.drafts(timezone.localdate(now), CARD + 1)
    if not found:
        return None
    titles = selectors.titles_of([row.about for row in found])
    return {
        "rows": [(row, titles.get(row.about, "")) for row in found[:CARD]],
        "has_more": len(found) > CARD,
    }


def lessons_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: lessons without a next step; None when there are none."""
    found = selectors.lessons_to_follow(timezone.localdate(now), CARD + 1)
    if not found:
        return None
    return {"rows": found[:CARD], "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}
