"""Interactions as rows: lists, one page, documents, snapshots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from barnraise.plumbing.ui.hung import with_names
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from ..documents import InteractionDocument, StepDocument, to_json
from ..models import Interaction, InteractionOrganisation, InteractionPerson, MailProposal, NextStep
from ..policies import seen_by


def listed(actor: Any = None) -> QuerySet[Interaction]:
    """The interactions this actor may read, as lists, exports, bulk actions and the API begin with; without an actor, all."""
    rows = Interaction.objects.select_related("by", "community").defer("community__boundary")
    if actor is None:
        return rows
    seen = seen_by(actor)
    return rows.none() if seen is None else rows.filter(seen)


def one(uuid: UUID) -> Interaction:
    """The interaction with everything its page shows. Raises Interaction.DoesNotExist."""
    return (
        Interaction.objects.select_related("by", "community")
        .defer("community__boundary")
        .prefetch_related(
            Prefetch("people", InteractionPerson.objects.select_related("person").order_by("id")),
            Prefetch(
                "organisations",
                InteractionOrganisation.objects.select_related("organisation").order_by("id"),
            ),
            Prefetch(
                "next_steps",
                NextStep.objects.select_related("owner", "done_by", "person", "organisation").order_by("id"),
            ),
            Prefetch("proposals", MailProposal.objects.select_related("person").order_by("id")),
        )
        .get(uuid=uuid)
    )


def one_row(uuid: UUID) -> Interaction:
    """The bare row. Raises Interaction.DoesNotExist."""
    return Interaction.objects.get(uuid=uuid)


def one_by_key(key: int) -> Interaction:
    """The bare row. Raises Interaction.DoesNotExist."""
    return Interaction.objects.get(pk=key)


@dataclass(slots=True)
class TakingPart:
    """With whom an interaction was, and its next steps, for a list or a timeline."""

    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    steps: list[NextStep] = field(default_factory=list)


@prepared
def _persons(*keys: int) -> QuerySet[InteractionPerson]:
    rows = InteractionPerson.objects.filter(interaction_id__in=keys).select_related("person")
    return rows.only("interaction_id", "person__uuid", "person__display_name").order_by("id")


@prepared
def _bodies(*keys: int) -> QuerySet[InteractionOrganisation]:
    rows = InteractionOrganisation.objects.filter(interaction_id__in=keys).select_related("organisation")
    return rows.only("interaction_id", "organisation__uuid", "organisation__name").order_by("id")


@prepared
def _steps(*keys: int) -> QuerySet[NextStep]:
    rows = NextStep.objects.filter(interaction_id__in=keys).select_related("owner")
    return rows.only(*with_names(NextStep, "owner__name", "owner__email")).order_by("id")


def taking_part(keys: Collection[int], *, with_steps: bool = True) -> dict[int, TakingPart]:
    """By interaction: with whom it was (bare rows with uuid and name) and its next steps. Two or three queries."""
    wanted = list(keys)
    found: dict[int, TakingPart] = {key: TakingPart() for key in wanted}
    if not wanted:
        return found
    for link in _persons(*wanted):
        found[link.interaction_id].people.append(link.person)
    for body in _bodies(*wanted):
        found[body.interaction_id].organisations.append(body.organisation)
    if with_steps:
        for step in _steps(*wanted):
            if step.interaction_id is not None:
                found[step.interaction_id].steps.append(step)
    return found


def documents(keys: Sequence[int]) -> dict[int, InteractionDocument]:
    """By key: everything an interaction says. Four queries."""
    rows = {row.pk: row for row in Interaction.objects.filter(pk__in=list(keys))}
    people, organisations = (
        _keys(InteractionPerson, "person_id", rows),
        _keys(InteractionOrganisation, "organisation_id", rows),
    )
    steps: dict[int, list[StepDocument]] = defaultdict(list)
    for step in NextStep.objects.filter(interaction_id__in=list(rows)).order_by("id"):
        if step.interaction_id is not None:
            steps[step.interaction_id].append(step_document(step))
    return {
        key: InteractionDocument(
            text=row.text,
            happened_at=row.happened_at,
            kind=row.kind,
            direction=row.direction,
            subject=row.subject,
            visibility=row.visibility,
            by=row.by_id,
            community=row.community_id,
            people=tuple(people[key]),
            organisations=tuple(organisations[key]),
            message_id=row.message_id,
            steps=tuple(steps[key]),
            uuid=str(row.uuid),
            created_at=row.created_at,
        )
        for key, row in rows.items()
    }


def _keys(model: Any, column: str, keys: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = model.objects.filter(interaction_id__in=list(keys)).order_by(column)
    for interaction, key in rows.values_list("interaction_id", column):
        found[interaction].append(key)
    return found


def step_document(row: NextStep) -> StepDocument:
    """A next step as a value."""
    return StepDocument(
        text=row.text,
        owner=row.owner_id,
        due_on=row.due_on,
        done_at=row.done_at,
        done_by=row.done_by_id,
        person=row.person_id,
        organisation=row.organisation_id,
        by=row.by_id,
        visibility=row.visibility,
        uuid=str(row.uuid),
        created_at=row.created_at,
    )


def snapshot(keys: Sequence[int]) -> Mapping[int, dict[str, Any]]:
    """By key what a change set keeps of it; inside "document" nothing is told on pages of the journal."""
    samples = set(Interaction.objects.filter(pk__in=list(keys), is_sample=True).values_list("pk", flat=True))
    return {
        key: {"document": to_json(said), "is_sample": key in samples} for key, said in documents(keys).items()
    }
