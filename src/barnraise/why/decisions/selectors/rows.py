"""Decisions, proposals, comments, voices and votes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.sockets import kinds
from barnraise.why.needs.models import Need

from ..models import Comment, Decision, Proposal, Voice, Vote
from ..models.proposal import State
from ..tally import Line, tally_counted

KIND, PROPOSAL, COMMENT, VOICE = (
    "decisions.decision",
    "decisions.proposal",
    "decisions.comment",
    "decisions.voice",
)
CARRIERS = ("goals.goal", "projects.project")
"""Kinds that carry a decision out, as far as their rooms are there."""
Stage = Decision.Stage


def decisions_listed(actor: Any = None) -> QuerySet[Decision]:
    """All decisions with their need."""
    return Decision.objects.select_related("need")


def one(uuid: UUID) -> Decision:
    """Raises Decision.DoesNotExist."""
    return decisions_listed().get(uuid=uuid)


def one_by_key(key: int) -> Decision:
    """Raises Decision.DoesNotExist."""
    return decisions_listed().get(pk=key)


def one_by_code(code: str) -> Decision | None:
    """The decision of this public address, in any case; None for drafts too."""
    return decisions_listed().filter(code=code.lower()).exclude(stage=Stage.DRAFT).first()


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Decision.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def proposals_listed(actor: Any = None) -> QuerySet[Proposal]:
    """All proposals with their decision."""
    return Proposal.objects.select_related("decision")


def one_proposal(uuid: UUID) -> Proposal:
    """Raises Proposal.DoesNotExist."""
    return proposals_listed().get(uuid=uuid)


def one_proposal_by_key(key: int) -> Proposal:
    """Raises Proposal.DoesNotExist."""
    return proposals_listed().get(pk=key)


def proposal_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Proposal.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def comments_listed(actor: Any = None) -> QuerySet[Comment]:
    """All comments with proposal and decision."""
    return Comment.objects.select_related("proposal__decision")


def one_comment(uuid: UUID) -> Comment:
    """With proposal and decision. Raises Comment.DoesNotExist."""
    return Comment.objects.select_related("proposal__decision").get(uuid=uuid)


def proposals_of(decision: Decision, *, is_public: bool = False, most: int = 500) -> list[Proposal]:
    """Proposals, the first first; for the public without those that wait to be read."""
    rows = Proposal.objects.filter(decision=decision)
    if is_public:
        rows = rows.exclude(state=State.WAITING)
    return list(rows.order_by("pk")[:most])


def comments_of(proposals: Collection[Proposal], *, is_public: bool = False) -> dict[int, list[Comment]]:
    """Comments by proposal, the first first. One query."""
    found: dict[int, list[Comment]] = {one.pk: [] for one in proposals}
    rows = Comment.objects.filter(proposal_id__in=found)
    if is_public:
        rows = rows.exclude(state=State.WAITING)
    for row in rows.order_by("pk")[:5000]:
        found[row.proposal_id].append(row)
    return found


def lines_of(decision: Decision) -> list[Line]:
    """The result of the vote so far: all shown proposals, the first first. Two queries."""
    keys = list(
        Proposal.objects.filter(decision=decision, state=State.SHOWN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    votes = Vote.objects.filter(proposal_id__in=keys).values_list("proposal_id", "rank")
    counted = votes.annotate(many=Count("rank")).order_by()  # one index has both
    return tally_counted(keys, counted, decision.method, decision.most)


def voices_of(decision: Decision) -> int:
    """How many have voted."""
    return Voice.objects.filter(Exists(Vote.objects.filter(voice=OuterRef("pk"))), decision=decision).count()


def voice_of(decision: Decision, *, key: str = "", respondent: Ref | None = None) -> dict[int, int]:
    """What a voice has voted for: rank by proposal; empty when it has not."""
    wanted = Q(respondent=str(respondent)) if respondent else Q(key=key)
    voice = Voice.objects.filter(wanted, decision=decision).first() if respondent or key else None
    return dict(voice.votes.values_list("proposal_id", "rank")) if voice else {}


def waiting() -> tuple[int, int]:
    """How many proposals and comments wait to be read."""
    return (
        Proposal.objects.filter(state=State.WAITING).count(),
        Comment.objects.filter(state=State.WAITING).count(),
    )


def urgent(today: date) -> list[Decision]:
    """Decisions that have closed or close within a week and are not settled, the earliest first."""
    rows = decisions_listed().filter(
        stage__in=(Stage.PROPOSING, Stage.VOTING), closes_on__lte=today + timedelta(days=7)
    )
    return list(awake(rows, "decisions", today).order_by("closes_on", "pk")[:8])


def not_carried(most: int) -> tuple[int, list[Ref]]:
    """Decisions that nothing carries out: how many, and the first of them."""
    rows = Decision.objects.filter(stage=Stage.DECIDED, carried_by="")
    keys = rows.order_by("decided_on", "pk").values_list("pk", flat=True)[:most]
    return rows.count(), [Ref("decisions", "decision", key) for key in keys]


def upstream_of(ref: Ref) -> list[Ref]:
    """The need that a decision answers."""
    need = Decision.objects.filter(pk=ref.id, need__isnull=False).values_list("need_id", flat=True).first()
    return [Ref("needs", "need", need)] if need else []


def proposed_titles(keys: Sequence[int], most: int = 200) -> Mapping[int, list[str]]:
    """Titles of the first proposals that are shown, by key of their decision: what a decision is found by too."""
    found: dict[int, list[str]] = {}
    rows = Proposal.objects.filter(decision__in=list(keys), state=State.SHOWN).order_by("pk")
    for decision, title in rows.values_list("decision_id", "title").iterator(chunk_size=2000):
        named = found.setdefault(decision, [])
        if len(named) < most:
            named.append(title)
    return found


def carried_by(ref: Ref) -> list[Ref]:
    """What carries a decision out."""
    text = Decision.objects.filter(pk=ref.id).values_list("carried_by", flat=True).first()
    return [Ref.parse(text)] if text else []


def carriers() -> list[tuple[str, list[tuple[str, str]]]]:
    """(kind, [(reference, title)]) of goals and projects that can carry a decision out, the newest first."""
    from django.apps import apps

    found = []
    for kind in CARRIERS:
        described = kinds.find(kind)
        if described is None:
            continue
        keys = list(apps.get_model(kind)._default_manager.order_by("-pk").values_list("pk", flat=True)[:200])
        named = described.titles(keys)
        found.append((kind, [(f"{kind}:{key}", named[key]) for key in keys if key in named]))
    return found


def needs_offered() -> list[tuple[int, str]]:
    """(key, title) of open needs by title."""
    return list(Need.objects.filter(end="").order_by("title_folded", "pk").values_list("pk", "title")[:500])


def everything_of(ref: Ref) -> dict[str, Any]:
    """All that somebody proposed, said and voted under their name, as JSON values."""
    who = str(ref)
    return {
        "proposals": [
            {
                "decision": row.decision.title,
                "proposal": row.title,
                "text": row.text,
                "at": row.created_at.isoformat(),
            }
            for row in proposals_listed().filter(respondent=who).order_by("pk")
        ],
        "comments": [
            {"proposal": row.proposal.title, "text": row.text, "at": row.created_at.isoformat()}
            for row in Comment.objects.filter(respondent=who).select_related("proposal").order_by("pk")
        ],
        "votes": [
            {"decision": vote.voice.decision.title, "proposal": vote.proposal.title, "rank": vote.rank}
            for vote in Vote.objects.filter(voice__respondent=who)
            .select_related("voice__decision", "proposal")
            .order_by("pk")
        ],
    }
