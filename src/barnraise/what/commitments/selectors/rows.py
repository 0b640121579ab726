"""Promises, whose they are and how they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.sockets import Fan
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from ..models import Commitment
from ..states import STATES, Tally, state, tally

KIND = "commitments.commitment"
NAMESAKES = 50
FANNED = 50


def listed(actor: Any = None) -> QuerySet[Commitment]:
    """All promises with both parties and owner."""
    return Commitment.objects.select_related("organisation", "person", "to_organisation", "owner")


def one(uuid: UUID) -> Commitment:
    """With both parties and owner. Raises Commitment.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Commitment:
    """Raises Commitment.DoesNotExist."""
    return listed().get(pk=key)


def owners() -> list[Account]:
    """Who may see to a promise: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def meant(text: str) -> Q | None:
    """Promises by or to organisations or people of this name, number or address; None where there are none."""
    bodies = organisations.named(text, NAMESAKES)
    persons = people.named(text, NAMESAKES)
    found = Q(organisation_id__in=bodies) | Q(person_id__in=persons) | Q(to_organisation_id__in=bodies)
    return found if Commitment.objects.filter(found).exists() else None


def in_state(name: str, today: date) -> Q:
    """Those in this one of states.STATES."""
    kept = Q(settled="kept")
    return {
        "open": Q(settled="", due_on__gte=today),
        "late": Q(settled="", due_on__lt=today),
        "kept": kept & Q(settled_on__lte=F("due_on")),
        "kept_late": kept & Q(settled_on__gt=F("due_on")),
        "broken": Q(settled="broken"),
        "released": Q(settled="released"),
    }[name]


def tally_of(rows: QuerySet[Any], today: date) -> Tally:
    """How many of these stand in each state. One query."""
    counted = rows.order_by().aggregate(
        **{name: Count("pk", filter=in_state(name, today)) for name in STATES}
    )
    return tally(counted)


def _with(ref: Ref) -> Q:
    if ref.model == "person":
        return Q(person_id=ref.id)
    return Q(organisation_id=ref.id) | Q(to_organisation_id=ref.id)


def of_thing(ref: Ref) -> QuerySet[Commitment]:
    """Promises by or to this organisation or person."""
    return listed().filter(_with(ref))


def with_organisation(uuid: UUID) -> Q:
    """Promises by or to the organisation of this id."""
    return Q(organisation__uuid=uuid) | Q(to_organisation__uuid=uuid)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What was promised, by key."""
    return dict(Commitment.objects.filter(pk__in=list(keys)).values_list("pk", "what"))


def due_for(actor: Any, *, today: date, within: int, ours: bool, most: int) -> list[Commitment]:
    """At most `most` open promises that are late or due within so many days, first due first, which this reader sees to,
    else those nobody sees to. `ours`: what we owe; else what is owed to us or between partners. At most two queries."""
    found: list[Commitment] = []
    side = Q(direction="ours") if ours else ~Q(direction="ours")
    card = "commitments.ours" if ours else "commitments.theirs"
    until = today + timedelta(days=within)
    for whose in (Q(owner_id=actor.pk), Q(owner__isnull=True)):
        if len(found) < most:
            rows = listed().filter(whose, side, settled="", due_on__lte=until).order_by("due_on", "pk")
            found += list(awake(rows, card, today)[: most - len(found)])
    return found


def of_calendar(account: Any, today: date) -> QuerySet[Commitment]:
    """Open promises that this account sees to, and those settled in the last month."""
    recent = Q(settled="") | Q(settled_on__gte=today - timedelta(days=31))
    return listed().filter(recent, owner_id=account.pk).order_by("due_on", "pk")


def upstream(ref: Ref) -> list[Ref]:
    """What it serves, where it was made, and who is in it."""
    row = Commitment.objects.filter(pk=ref.id).first()
    if row is None:
        return []
    found = [Ref.parse(text) for text in (row.cites, row.made_at) if text]
    for key in (row.organisation_id, row.to_organisation_id):
        if key:
            found.append(Ref("organisations", "organisation", key))
    if row.person_id:
        found.append(Ref("people", "person", row.person_id))
    return found


def serving(ref: Ref) -> Fan:
    """Promises that serve this thing, or were made at it, latest first."""
    rows = Commitment.objects.filter(naming("cites", ref) | naming("made_at", ref))
    keys = list(rows.order_by("-due_on", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("commitments", "commitment", key) for key in keys[:FANNED]], total)


def with_promises(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these things, all of one kind, that promised something or were promised something."""
    keys = [ref.id for ref in refs]
    if not keys:
        return set()
    if next(iter(refs)).model == "person":
        return set(Commitment.objects.filter(person_id__in=keys).values_list("person_id", flat=True))
    gave = Commitment.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True)
    got = Commitment.objects.filter(to_organisation_id__in=keys).values_list("to_organisation_id", flat=True)
    return {key for key in (*gave, *got) if key is not None}


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """Promises by or to this thing as JSON values, earliest first."""
    return [
        {
            "direction": row.direction,
            "what": row.what,
            "detail": row.detail,
            "to": str(row.to_organisation) if row.to_organisation else None,
            "promised_on": row.promised_on.isoformat(),
            "due_on": row.due_on.isoformat(),
            "outcome": row.settled or None,
            "settled_on": row.settled_on.isoformat() if row.settled_on else None,
            "note": row.settled_note,
        }
        for row in of_thing(ref).order_by("promised_on", "pk")
    ]


def state_of(row: Commitment, today: date) -> str:
    """One of states.STATES."""
    return state(row.settled, row.settled_on, row.due_on, today)
