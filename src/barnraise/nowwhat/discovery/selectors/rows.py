"""Candidates somebody decided about, and those that are proposed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.parts import firsts
from barnraise.plumbing.ui.sockets import Fan
from barnraise.who.organisations import selectors as organisations
from barnraise.who.partnerships.models import Partnership

from ..models import Candidate

KIND = "discovery.candidate"
CARD = "discovery.look"
NAMESAKES, FANNED = 50, 50
Verdict = Candidate.Verdict


def listed(actor: Any = None) -> QuerySet[Candidate]:
    """All candidates with their organisation and who decided."""
    return Candidate.objects.select_related("organisation", "judged_by")


def one(uuid: UUID) -> Candidate:
    """Raises Candidate.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Candidate:
    """Raises Candidate.DoesNotExist."""
    return listed().get(pk=key)


def of_organisation(key: int) -> Candidate | None:
    """What was decided about this organisation; None when nothing was."""
    return listed().filter(organisation_id=key).first()


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names of the organisations by key of the candidate."""
    return dict(Candidate.objects.filter(pk__in=list(keys)).values_list("pk", "organisation__name"))


def meant(text: str) -> Q | None:
    """Candidates of this name or number; None where there are none."""
    found = Q(organisation_id__in=organisations.named(text, NAMESAKES))
    return found if Candidate.objects.filter(found).exists() else None


def deciders() -> list[Account]:
    """Who may have decided: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def is_again(row: Candidate, today: date) -> bool:
    """It was put off, and the day has passed."""
    return row.verdict == Verdict.NOT_NOW and row.until is not None and row.until < today


def again(today: date) -> Q:
    """Candidates that were put off until a day that has passed."""
    return Q(verdict=Verdict.NOT_NOW, until__lt=today)


def to_look_at(today: date, most: int) -> list[Candidate]:
    """At most `most` for Today: put off until a day that has passed, the earliest first, then those proposed, the best first.

    Whoever became a partner in another way is left out. Four queries at most.
    """
    partners = Partnership.objects.filter(organisation=OuterRef("organisation_id"))
    rows = awake(listed().exclude(Exists(partners)), CARD, today)
    found = firsts(rows.filter(again(today)).order_by("until", "pk"), most)
    if len(found) < most:
        found += firsts(rows.filter(verdict=Verdict.PROPOSED).order_by("-score", "pk"), most - len(found))
    return found


def upstream(ref: Ref) -> list[Ref]:
    """What it was looked at for, and the organisation."""
    row = Candidate.objects.filter(pk=ref.id).first()
    if row is None:
        return []
    cited = [Ref.parse(row.cites)] if row.cites else []
    return [*cited, Ref("organisations", "organisation", row.organisation_id)]


def downstream(ref: Ref) -> list[Ref]:
    """The partnership that came of it."""
    keys = Candidate.objects.filter(pk=ref.id).values("organisation_id")
    rows = Partnership.objects.filter(organisation_id__in=keys)
    return [Ref("partnerships", "partnership", key) for key in rows.values_list("pk", flat=True)]


def of_partnership(ref: Ref) -> list[Ref]:
    """The candidate that a partnership came from."""
    keys = Partnership.objects.filter(pk=ref.id, organisation__isnull=False).values("organisation_id")
    rows = Candidate.objects.filter(organisation_id__in=keys, verdict=Verdict.APPROACHED)
    return [Ref("discovery", "candidate", key) for key in rows.values_list("pk", flat=True)]


def looked_at_for(ref: Ref) -> Fan:
    """Candidates that were looked at for this thing, the latest first."""
    rows = Candidate.objects.filter(naming("cites", ref))
    keys = list(rows.order_by("-judged_on", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("discovery", "candidate", key) for key in keys[:FANNED]], total)


def with_a_candidate(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these organisations that are candidates."""
    rows = Candidate.objects.filter(organisation_id__in=[ref.id for ref in refs])
    return set(rows.values_list("organisation_id", flat=True))


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """What was decided about this organisation, as JSON values."""
    return [
        {
            "decision": row.verdict,
            "reason": row.reason,
            "until": row.until.isoformat() if row.until else None,
            "decided_on": row.judged_on.isoformat(),
            "score": row.score,
        }
        for row in Candidate.objects.filter(organisation_id=ref.id)
    ]


def begun_with(row: Candidate) -> Partnership | None:
    """The partnership that came of an approach; None when it was taken away."""
    return Partnership.objects.filter(organisation_id=row.organisation_id).first()
