"""Log an interaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import only_community
from barnraise.who.people.models import Person

from ..documents import InteractionDocument, StepDocument
from ..faults import faults
from ..models import Interaction
from .writing import write


def tidy(text: str) -> str:
    """Line breaks as one kind, no blanks at the ends of lines or of the whole: dictation and phones leave both."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def next_step(
    *,
    by: Any,
    text: str,
    owner: Any = None,
    due_on: date | None = None,
    person: Person | None = None,
    organisation: Organisation | None = None,
    visibility: str = Interaction.Visibility.TEAM,
) -> StepDocument:
    """A next step as a value; whoever notes it does it unless an `owner` is named."""
    who = owner if owner is not None else by
    return StepDocument(
        text=squeeze(text),
        owner=getattr(who, "pk", None),
        due_on=due_on,
        person=person.pk if person else None,
        organisation=organisation.pk if organisation else None,
        by=getattr(by, "pk", None),
        visibility=visibility,
    )


def log_interaction(
    *,
    by: Any,
    text: str = "",
    kind: str = Interaction.Kind.NOTE,
    happened_at: datetime | None = None,
    people: Sequence[Person] = (),
    organisations: Sequence[Organisation] = (),
    direction: str = "",
    subject: str = "",
    visibility: str = Interaction.Visibility.TEAM,
    community: int | None = None,
    step: StepDocument | None = None,
    message_id: str = "",
    now: datetime | None = None,
) -> Interaction:
    """A new interaction with these people and organisations, `happened_at` now unless said; `step` hangs a next step on it.

    Without a `community` (key) it is the first person's, or the only one that the first organisation serves.
    Raises ValidationError by field; then nothing is written.
    """
    at = now or timezone.now()
    document = InteractionDocument(
        text=tidy(text),
        happened_at=happened_at or at,
        kind=kind,
        direction=direction,
        subject=squeeze(subject),
        visibility=visibility,
        by=getattr(by, "pk", None),
        community=community or _community(people, organisations),
        people=tuple(dict.fromkeys(one.pk for one in people)),
        organisations=tuple(dict.fromkeys(one.pk for one in organisations)),
        message_id=message_id[:255],
        steps=(_about(step, people, organisations),) if step else (),
    )
    refuse(faults(document, now=at))
    with transaction.atomic():
        row = write([document], at=at)[0]
        # Named by reference only: the journal keeps no names and no words of a note.
        record(by=by, verb="interactions.logged", about=[Ref.to(row)], at=at)
    return row


def _about(
    step: StepDocument, people: Sequence[Person], organisations: Sequence[Organisation]
) -> StepDocument:
    if step.person or step.organisation:
        return step
    return replace(
        step,
        person=people[0].pk if people else None,
        organisation=organisations[0].pk if organisations else None,
    )


def _community(people: Sequence[Person], organisations: Sequence[Organisation]) -> int | None:
    for person in people:
        if person.community_id is not None:
            return int(person.community_id)
    return only_community(organisations[0].pk) if organisations else None
