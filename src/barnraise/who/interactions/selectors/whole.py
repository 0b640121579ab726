"""Everything about one person or organisation, for exports, and whether there is anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from barnraise.foundation.refs import Ref

from ..models import Interaction, InteractionOrganisation, InteractionPerson, NextStep

_LINKS: dict[str, Any] = {"person": InteractionPerson, "organisation": InteractionOrganisation}


def everything_with(ref: Ref) -> list[dict[str, Any]]:
    """All interactions with it, oldest first, as JSON values; whoever may read them."""
    links = _LINKS[ref.model].objects.filter(**{f"{ref.model}_id": ref.id})
    rows = Interaction.objects.filter(pk__in=links.values("interaction_id")).select_related("by")
    return [
        {
            "at": row.happened_at.isoformat(),
            "kind": row.kind,
            "direction": row.direction,
            "subject": row.subject,
            "text": row.text,
            "who_may_read_it": row.visibility,
            "noted_by": str(row.by) if row.by else None,
        }
        for row in rows.order_by("happened_at", "pk")
    ]


def every_step_about(ref: Ref) -> list[dict[str, Any]]:
    """All next steps about it, as JSON values."""
    rows = NextStep.objects.filter(**{f"{ref.model}_id": ref.id}).select_related("owner")
    return [
        {
            "what": row.text,
            "who_does_it": str(row.owner) if row.owner else None,
            "until": row.due_on.isoformat() if row.due_on else None,
            "done_at": row.done_at.isoformat() if row.done_at else None,
        }
        for row in rows.order_by("pk")
    ]


def with_a_history(refs: Sequence[Ref]) -> set[int]:
    """The keys of those that interactions or next steps are about. Two queries."""
    if not refs:
        return set()
    name, keys = f"{refs[0].model}_id", [ref.id for ref in refs]
    found = set(_LINKS[refs[0].model].objects.filter(**{f"{name}__in": keys}).values_list(name, flat=True))
    return found | set(NextStep.objects.filter(**{f"{name}__in": keys}).values_list(name, flat=True))


def history_counts(ref: Ref) -> tuple[int, int]:
    """How many interactions were with it and how many next steps are about it, whoever may read them. Two queries."""
    column = f"{ref.model}_id"
    talks = _LINKS[ref.model].objects.filter(**{column: ref.id}).count()
    return talks, NextStep.objects.filter(**{column: ref.id}).count()
