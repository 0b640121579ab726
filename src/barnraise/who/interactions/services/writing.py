"""Turn documents into rows, many at once: every other service that adds interactions ends here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from barnraise.plumbing.search import services as search

from ..documents import InteractionDocument, StepDocument
from ..finding import found_as, step_found_as
from ..models import Interaction, InteractionOrganisation, InteractionPerson, NextStep
from ..selectors import KIND, STEP
from . import heard

AT_ONCE = 500


def write(
    documents: Sequence[InteractionDocument],
    *,
    at: datetime,
    keys: Sequence[int] = (),
    is_sample: bool = False,
) -> list[Interaction]:
    """New rows in the order of the documents, with their people, organisations and next steps; search and the last contact follow.

    `keys` gives them keys they had before. Call it in a transaction. Values must be free of faults.
    """
    rows = [_row(one, at, is_sample) for one in documents]
    for row, key in zip(rows, keys, strict=False):
        row.pk = key
    Interaction.objects.bulk_create(rows, batch_size=AT_ONCE)
    people = [
        InteractionPerson(interaction=row, person_id=key, happened_at=one.happened_at)
        for row, one in zip(rows, documents, strict=True)
        for key in one.people
    ]
    organisations = [
        InteractionOrganisation(interaction=row, organisation_id=key, happened_at=one.happened_at)
        for row, one in zip(rows, documents, strict=True)
        for key in one.organisations
    ]
    if people:
        InteractionPerson.objects.bulk_create(people, batch_size=AT_ONCE)
    if organisations:
        InteractionOrganisation.objects.bulk_create(organisations, batch_size=AT_ONCE)
    heard.add(documents)
    search.index(KIND, [row.pk for row in rows], known={row.pk: found_as(row) for row in rows})
    steps = [(step, row) for row, one in zip(rows, documents, strict=True) for step in one.steps]
    if steps:
        write_steps(steps, at=at, is_sample=is_sample)
    return rows


def write_steps(
    steps: Sequence[tuple[StepDocument, Interaction | None]],
    *,
    at: datetime,
    keys: Sequence[int] = (),
    is_sample: bool = False,
) -> list[NextStep]:
    """New next steps, each with the interaction it hangs on or None; search follows."""
    rows = [_step(said, row, at, is_sample) for said, row in steps]
    for made, key in zip(rows, keys, strict=False):
        made.pk = key
    NextStep.objects.bulk_create(rows, batch_size=AT_ONCE)
    search.index(STEP, [row.pk for row in rows], known={row.pk: step_found_as(row) for row in rows})
    return rows


def _row(said: InteractionDocument, at: datetime, is_sample: bool) -> Interaction:
    extra: dict[str, Any] = {"uuid": said.uuid} if said.uuid else {}
    return Interaction(
        kind=said.kind,
        direction=said.direction,
        subject=said.subject,
        text=said.text,
        happened_at=said.happened_at,
        visibility=said.visibility,
        by_id=said.by,
        community_id=said.community,
        message_id=said.message_id,
        is_sample=is_sample,
        created_at=said.created_at or at,
        updated_at=at,
        **extra,
    )


def _step(said: StepDocument, interaction: Interaction | None, at: datetime, is_sample: bool) -> NextStep:
    extra: dict[str, Any] = {"uuid": said.uuid} if said.uuid else {}
    return NextStep(
        interaction=interaction,
        text=said.text,
        owner_id=said.owner,
        due_on=said.due_on,
        comes_on=NextStep.place_of(said.due_on, is_done=said.done_at is not None),
        done_at=said.done_at,
        done_by_id=said.done_by,
        person_id=said.person,
        organisation_id=said.organisation,
        visibility=interaction.visibility if interaction else said.visibility,
        by_id=said.by,
        is_sample=is_sample,
        created_at=said.created_at or at,
        updated_at=at,
        **extra,
    )
