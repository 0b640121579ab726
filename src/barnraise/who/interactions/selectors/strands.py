"""The room's own strands of a timeline: what was said, next steps that were done, and what the journal tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal import selectors as journal
from barnraise.plumbing.mail import selectors as outbox
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.ui.prepared import prepared

from ..models import Interaction, InteractionOrganisation, InteractionPerson, NextStep
from ..policies import read_by, seen_by, steps_seen_by
from .rows import TakingPart, taking_part

_LINKS: dict[str, Any] = {
    "people.person": InteractionPerson,
    "organisations.organisation": InteractionOrganisation,
}


@dataclass(frozen=True, slots=True)
class Talk:
    """An interaction in a timeline, with whom it was; `place` is where the older ones begin."""

    row: Interaction
    around: TakingPart
    place: str


_SHOWN = (
    "id",
    "happened_at",
    *(
        f"interaction__{name}"
        for name in ("id", "uuid", "kind", "direction", "subject", "text", "happened_at", "visibility")
    ),
    "interaction__by__name",
    "interaction__by__email",
)
"""What an item of the timeline needs."""


def place_of(at: datetime, key: int) -> str:
    """A place in a strand that is ordered by time and key."""
    return f"{at.isoformat()},{key}"


def _read(place: str) -> tuple[datetime, int] | None:
    at, _comma, key = place.partition(",")
    try:
        moment, number = datetime.fromisoformat(at), int(key)
    except ValueError:
        return None
    return (moment, number) if timezone.is_aware(moment) and 0 <= number < 2**63 else None


def _behind(rows: QuerySet[Any], field: str, after: str) -> QuerySet[Any]:
    place = _read(after) if after else None
    if place is None:
        return rows
    at, key = place
    return rows.filter(Q(**{f"{field}__lte": at}) & (Q(**{f"{field}__lt": at}) | Q(pk__lt=key)))


def _links(key: int, *reader: int, kind: str, only: str) -> QuerySet[Any]:
    """Links of a thing to interactions, newest first; for a reader without those that only coordinators and others read."""
    rows = _LINKS[kind].objects.filter(**{f"{kind.partition('.')[2]}_id": key})
    if only:
        rows = rows.filter(interaction__kind=only)
    for account in reader:
        mine = Q(interaction__visibility=Interaction.Visibility.TEAM) | Q(interaction__by_id=account)
        rows = rows.filter(mine)
    rows = rows.select_related("interaction", "interaction__by").only(*_SHOWN)
    read: QuerySet[Any] = rows.order_by("-happened_at", "-id")
    return read


_first_links = prepared(
    lambda *keys, kind, only, most: _links(*keys, kind=kind, only=only)[:most],
)


def talks(ref: Ref, *, actor: Any, after: str, most: int, only: str) -> list[Talk]:
    """Interactions with a person or an organisation, newest first. Five queries."""
    links, seen = _LINKS.get(ref.kind), seen_by(actor)
    if links is None or seen is None:
        return []
    keys = (ref.id, actor.pk) if seen else (ref.id,)
    if after:
        found = list(_behind(_links(*keys, kind=ref.kind, only=only), "happened_at", after)[:most])
    else:
        found = list(_first_links(*keys, kind=ref.kind, only=only, most=most))
    around = taking_part([link.interaction_id for link in found]) if found else {}
    return [
        Talk(link.interaction, around[link.interaction_id], place_of(link.happened_at, link.pk))
        for link in found
    ]


def done_steps(ref: Ref, *, actor: Any, after: str, most: int) -> list[NextStep]:
    """Next steps about it that were done, the latest first. One query."""
    seen = steps_seen_by(actor)
    if ref.kind not in _LINKS or seen is None:
        return []
    keys = (ref.id, actor.pk) if seen else (ref.id,)
    if after:
        return list(_behind(_done(*keys, model=ref.model), "done_at", after)[:most])
    return list(_first_done(*keys, model=ref.model, most=most))


def _done(key: int, *reader: int, model: str) -> QuerySet[NextStep]:
    rows = NextStep.objects.filter(done_at__isnull=False, **{f"{model}_id": key})
    for account in reader:
        rows = rows.filter(read_by(account))
    rows = rows.select_related("done_by").order_by("-done_at", "-id")
    return rows.only("id", "uuid", "text", "done_at", "updated_at", "done_by__name", "done_by__email")


_first_done = prepared(lambda *keys, model, most: _done(*keys, model=model)[:most])


def mails_to(ref: Ref, *, after: str, most: int) -> list[Message]:
    """Mails of the outbox to a person, the latest first. One query."""
    return outbox.to_recipient(ref, after=_read(after) if after else None, most=most)


def told_of(ref: Ref, *, actor: Any, after: str, most: int) -> list[Any]:
    """What the journal tells of it, the latest first: entries as told to the actor. At most nine queries."""
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    return journal.timeline(ref, actor=actor, limit=most, before=before).entries
