"""Waves, their members, and what they say together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.hanging import hanging
from barnraise.plumbing.ui.sockets import Fan

from ..items import TRUST, VALUE
from ..measures import Shape, places, shape, shown_indexes, tie_mean
from ..models import Member, Tie, Wave

KIND, MEMBER = "network.wave", "network.member"
FANNED = 50


def listed(actor: Any = None) -> QuerySet[Wave]:
    """All waves with how many partners are asked and how many answered."""
    answered = Member.objects.filter(answered_at__isnull=False)
    return Wave.objects.annotate(
        member_count=hanging(Member.objects.all(), "wave"), answered_count=hanging(answered, "wave")
    )


def one(uuid: UUID) -> Wave:
    """Raises Wave.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Wave:
    """Raises Wave.DoesNotExist."""
    return listed().get(pk=key)


def wave_named(name: str) -> Wave | None:
    """The one of this name, or None."""
    return Wave.objects.filter(name_folded=fold(name)[:200]).first()


def members_of(wave: Wave) -> list[Member]:
    """Who is asked, by name; of organisations what a row shows."""
    unread = [f"organisation__{name}" for name in ("facts", "mission", "hours", "created_at", "updated_at")]
    rows = Member.objects.filter(wave=wave).select_related("organisation").defer(*unread)
    found = list(rows.order_by("organisation__name_folded", "pk"))
    for row in found:
        row.wave = wave
    return found


def one_member(uuid: UUID) -> Member:
    """With wave and organisation. Raises Member.DoesNotExist."""
    return Member.objects.select_related("wave", "organisation").get(uuid=uuid)


def one_member_by_key(key: int) -> Member:
    """Raises Member.DoesNotExist."""
    return Member.objects.select_related("wave", "organisation").get(pk=key)


def ties_of(wave: Wave) -> list[Tie]:
    """Everything that was said in a wave."""
    rows = Tie.objects.filter(giver__wave=wave).defer("created_at", "updated_at")
    return list(rows.order_by("giver_id", "taker_id"))


def said_by(member: Member) -> dict[int, Tie]:
    """What a partner said, by key of whom it was about."""
    return {row.taker_id: row for row in Tie.objects.filter(giver=member)}


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names of waves by key."""
    return dict(Wave.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def member_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "Oak Hill Pantry, Spring wave" by key."""
    rows = Member.objects.filter(pk__in=list(keys)).select_related("organisation", "wave")
    return {row.pk: f"{row.organisation.name}, {row.wave.name}" for row in rows}


@dataclass(frozen=True, slots=True)
class Standing:
    """A member in the network of its wave. `trust` and `value` are None where fewer than three rated it."""

    member: Member
    partners: int
    betweenness: float
    trust: float | None
    value: float | None
    raters: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a wave says together."""

    shape: Shape
    standings: Sequence[Standing]
    answered: int
    trust: float | None
    value: float | None
    pairs: Collection[tuple[int, int]]
    spots: Mapping[int, tuple[float, float]]


def measured(wave: Wave, *, is_whole: bool = True) -> Measured:
    """All numbers of a wave; without betweenness and places unless whole. Two queries."""
    members, ties = members_of(wave), ties_of(wave)
    keys = [row.pk for row in members]
    pairs = {(row.giver_id, row.taker_id) for row in ties}
    found = shape(keys, pairs, with_betweenness=is_whole)
    trust = _means(keys, ties, [name for name, _text in TRUST])
    value = _means(keys, ties, [name for name, _text in VALUE])
    (trusted, all_trust), (valued, all_value) = shown_indexes(trust), shown_indexes(value)
    standings = [
        Standing(
            row,
            found.degree[row.pk],
            found.betweenness.get(row.pk, 0.0),
            trusted[row.pk],
            valued[row.pk],
            len([one for one in trust[row.pk] if one is not None]),
        )
        for row in members
    ]
    answered = sum(1 for row in members if row.answered_at is not None)
    spots = places(keys, pairs) if is_whole else {}
    return Measured(found, standings, answered, all_trust, all_value, pairs, spots)


def _means(keys: Sequence[int], ties: Sequence[Tie], names: Sequence[str]) -> dict[int, list[float | None]]:
    found: dict[int, list[float | None]] = {key: [] for key in keys}
    for row in ties:
        if row.taker_id in found:
            found[row.taker_id].append(tie_mean(getattr(row, name) for name in names))
    return found


def wave_before(wave: Wave) -> Wave | None:
    """The latest closed wave that began before this one."""
    rows = Wave.objects.filter(ended_on__isnull=False, begins_on__lt=wave.begins_on).exclude(pk=wave.pk)
    return rows.order_by("-begins_on", "-pk").first()


def pairs_by_organisation(wave: Wave) -> set[tuple[int, int]]:
    """Pairs of organisations that work together, the smaller key first."""
    rows = Tie.objects.filter(giver__wave=wave).values_list(
        "giver__organisation_id", "taker__organisation_id"
    )
    return {(min(one, other), max(one, other)) for one, other in rows if one != other}


def latest_pairs() -> set[tuple[int, int]]:
    """The pairs of the closed wave that began last; none without one. Two queries."""
    wave = Wave.objects.filter(ended_on__isnull=False).order_by("-begins_on", "-pk").first()
    return pairs_by_organisation(wave) if wave is not None else set()


def to_remind(today: date, most: int) -> list[Wave]:
    """Open waves that are due within a week or over, with partners that have not answered."""
    silent = Member.objects.filter(wave=OuterRef("pk"), answered_at__isnull=True)
    rows = listed().filter(Exists(silent), ended_on__isnull=True, begins_on__lte=today)
    return list(awake(rows.order_by("due_on", "pk"), "network.due", today)[:most])


def waves_of(ref: Ref) -> Fan:
    """Waves in which an organisation was asked."""
    rows = Member.objects.filter(organisation_id=ref.id)
    keys = rows.order_by("-wave__begins_on").values_list("wave_id", flat=True)[:FANNED]
    return Fan([Ref("network", "wave", key) for key in keys], rows.count())


def asked_in(ref: Ref) -> Fan:
    """Who is asked in a wave."""
    rows = Member.objects.filter(wave_id=ref.id)
    keys = rows.order_by("pk").values_list("organisation_id", flat=True)[:FANNED]
    return Fan([Ref("organisations", "organisation", key) for key in keys], rows.count())


def with_waves(refs: Collection[Ref]) -> set[int]:
    """Keys of those organisations that were asked in a wave."""
    keys = [ref.id for ref in refs]
    return set(Member.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True))


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """In which waves it was asked and what it said itself; what others said of it is theirs."""
    rows = Member.objects.filter(organisation_id=ref.id).select_related("wave").order_by("wave__begins_on")
    return [
        {
            "wave": row.wave.name,
            "answered": row.answered_at.isoformat() if row.answered_at else None,
            "who_answered": row.signed_by,
            "works_with": [
                tie.taker.organisation.name for tie in row.ties_out.select_related("taker__organisation")
            ],
        }
        for row in rows
    ]
