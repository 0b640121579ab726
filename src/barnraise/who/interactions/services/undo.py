"""Take back what a change set did to interactions and next steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Change
from barnraise.who.communities.models import Community
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from ..documents import InteractionDocument, StepDocument, from_json, step_from_json, to_json
from ..models import Interaction, NextStep
from ..selectors import documents
from ..selectors.rows import step_document
from .change import apply
from .remove import delete_rows
from .steps import apply_step, delete_steps
from .writing import write, write_steps


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo changes to interactions in the caller's transaction: removed ones come back, changed fields get what they had, new ones go.

    People and organisations that have been removed or merged since are left out. Returns by key why one was kept.
    """
    kept: dict[int, str] = {}
    at = timezone.now()
    with transaction.atomic():
        for change in changes:
            stored = (change.before or {}).get("document", change.before or {})
            if change.action == Change.Action.CREATED:
                delete_rows([change.key])
            elif change.action == Change.Action.REMOVED:
                if Interaction.objects.filter(pk=change.key).exists():
                    kept[change.key] = "exists"
                    continue
                said = _alive(from_json(stored))
                if said.message_id and Interaction.objects.filter(message_id=said.message_id).exists():
                    kept[change.key] = "exists"
                    continue
                write(
                    [said], at=at, keys=[change.key], is_sample=bool((change.before or {}).get("is_sample"))
                )
            else:
                row = Interaction.objects.filter(pk=change.key).first()
                if row is None:
                    kept[change.key] = "gone"
                    continue
                now = documents([row.pk])[row.pk]
                apply(row, now, _alive(replace(now, **stored)), at=at)
    return kept


def restore_steps(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """The same for next steps."""
    kept: dict[int, str] = {}
    at = timezone.now()
    with transaction.atomic():
        for change in changes:
            stored = change.before or {}
            if change.action == Change.Action.CREATED:
                delete_steps([change.key])
            elif change.action == Change.Action.REMOVED:
                if NextStep.objects.filter(pk=change.key).exists():
                    kept[change.key] = "exists"
                    continue
                on = Interaction.objects.filter(pk=stored.get("interaction") or 0).first()
                said = _alive_step(step_from_json(stored["document"]))
                write_steps([(said, on)], at=at, keys=[change.key], is_sample=bool(stored.get("is_sample")))
            else:
                row = NextStep.objects.filter(pk=change.key).first()
                if row is None:
                    kept[change.key] = "gone"
                    continue
                before = step_from_json({**_as_stored(row), **stored["document"]})
                apply_step(row, _alive_step(before), at=at)
    return kept


def _as_stored(row: NextStep) -> dict[str, Any]:
    return to_json(step_document(row))


def _there(model: Any, key: int | None) -> int | None:
    return key if key is not None and model.objects.filter(pk=key).exists() else None


def _alive(said: InteractionDocument) -> InteractionDocument:
    """Without whom or what has gone since."""
    people = Person.objects.filter(pk__in=said.people).order_by("pk").values_list("pk", flat=True)
    bodies = Organisation.objects.filter(pk__in=said.organisations).order_by("pk")
    return replace(
        said,
        by=_there(Account, said.by),
        community=_there(Community, said.community),
        people=tuple(people),
        organisations=tuple(bodies.values_list("pk", flat=True)),
        steps=tuple(_alive_step(step) for step in said.steps),
    )


def _alive_step(said: StepDocument) -> StepDocument:
    return replace(
        said,
        owner=_there(Account, said.owner),
        done_by=_there(Account, said.done_by),
        by=_there(Account, said.by),
        person=_there(Person, said.person),
        organisation=_there(Organisation, said.organisation),
    )
