"""Needs, their evidence and scores; assessments; listening sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.questionnaires.models import Questionnaire, Response
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.who.communities import selectors as communities
from barnraise.who.communities.models import Community

from ..hanlon import PEARL, Priority, Rating, priority
from ..models import Cycle, Evidence, Need, Score, Session

KIND, CYCLE, SESSION, EVIDENCE, SCORE = (
    "needs.need",
    "needs.cycle",
    "needs.session",
    "needs.evidence",
    "needs.score",
)


def needs_listed(actor: Any = None) -> QuerySet[Need]:
    """All needs with assessment and community."""
    rows = Need.objects.select_related("cycle", "community")
    return rows.defer("community__boundary")


def one(uuid: UUID) -> Need:
    """Raises Need.DoesNotExist."""
    return needs_listed().get(uuid=uuid)


def one_by_key(key: int) -> Need:
    """Raises Need.DoesNotExist."""
    return needs_listed().get(pk=key)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Need.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def cycles_listed(actor: Any = None) -> QuerySet[Cycle]:
    """All assessments with their community."""
    return Cycle.objects.select_related("community").defer("community__boundary")


def one_cycle(uuid: UUID) -> Cycle:
    """Raises Cycle.DoesNotExist."""
    return cycles_listed().get(uuid=uuid)


def one_cycle_by_key(key: int) -> Cycle:
    """Raises Cycle.DoesNotExist."""
    return cycles_listed().get(pk=key)


def cycle_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Cycle.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def sessions_listed(actor: Any = None) -> QuerySet[Session]:
    """All listening sessions with assessment and community."""
    return Session.objects.select_related("cycle", "community").defer("community__boundary")


def one_session(uuid: UUID) -> Session:
    """Raises Session.DoesNotExist."""
    return sessions_listed().get(uuid=uuid)


def one_session_by_key(key: int) -> Session:
    """Raises Session.DoesNotExist."""
    return sessions_listed().get(pk=key)


def session_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Session.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def evidence_of(needs: Collection[Need]) -> dict[int, list[Evidence]]:
    """Evidence of each, the newest first. One query."""
    found: dict[int, list[Evidence]] = {one.pk: [] for one in needs}
    for row in Evidence.objects.filter(need_id__in=found).order_by("-dated_on", "-pk"):
        found[row.need_id].append(row)
    return found


def one_evidence(uuid: UUID) -> Evidence:
    """With its need. Raises Evidence.DoesNotExist."""
    return Evidence.objects.select_related("need").get(uuid=uuid)


def scores_of(needs: Collection[Need]) -> dict[int, list[Score]]:
    """Scores of each by rater. One query."""
    found: dict[int, list[Score]] = {one.pk: [] for one in needs}
    rows = Score.objects.filter(need_id__in=found).defer("created_at", "updated_at")
    for row in rows.order_by("rater_folded"):
        found[row.need_id].append(row)
    return found


def priorities_of(scores: Mapping[int, Sequence[Score]], variant: str) -> dict[int, Priority | None]:
    """What the raters' scores of each need (see `scores_of`) come to, None where nobody has scored."""
    return {key: priority_of(rows, variant) for key, rows in scores.items()}


def priority_of(scores: Sequence[Score], variant: str) -> Priority | None:
    """What these scores of one need come to, None when there are none."""
    return priority(variant, [_rating(score) for score in scores])


def _rating(score: Score) -> Rating:
    pearl: Any = tuple(getattr(score, letter) for letter in PEARL)
    return Rating(score.size, score.seriousness, score.effectiveness, pearl)


def without_themes(today: date, *, within: timedelta = timedelta(days=90), most: int = 5) -> list[Session]:
    """Listening sessions held lately of which nobody wrote yet what was heard, the latest first."""
    rows = sessions_listed().filter(held_on__lte=today, held_on__gte=today - within, themes=[])
    return list(awake(rows, "needs.due", today).order_by("-held_on", "-pk")[:most])


def due(until: date) -> list[Cycle]:
    """Assessments whose next one is due by then, the earliest first; one that a later assessment of the community followed is
    due no more."""
    rows = cycles_listed().filter(next_due_on__isnull=False, next_due_on__lte=until)
    rows = awake(rows, "needs.due", timezone.localdate())
    found = list(rows.order_by("next_due_on", "pk")[:50])
    later: dict[int | None, date] = {}
    starts = Cycle.objects.filter(community_id__in={one.community_id for one in found if one.community_id})
    for place, start in [*starts.values_list("community_id", "starts_on"), *_everywhere()]:
        later[place] = max(start, later.get(place, start))
    return [one for one in found if later.get(one.community_id, one.starts_on) <= one.starts_on]


def _everywhere() -> list[tuple[int | None, date]]:
    rows = Cycle.objects.filter(community__isnull=True)
    return list(rows.values_list("community_id", "starts_on"))


def in_communities(keys: Collection[int]) -> int:
    """How many needs, assessments and sessions are about these communities."""
    return sum(model.objects.filter(community_id__in=keys).count() for model in (Need, Cycle, Session))


def citing(ref: Ref) -> list[Ref]:
    """The needs that cite a thing as evidence."""
    keys = Evidence.objects.filter(cites=str(ref)).values_list("need_id", flat=True).distinct()
    return [Ref("needs", "need", key) for key in keys.order_by("need_id")]


def upstream_of(ref: Ref) -> list[Ref]:
    """What a need rests on: what its evidence cites, and the assessment that found it."""
    cited = Evidence.objects.filter(need_id=ref.id).exclude(cites="").order_by("pk")
    found = [Ref.parse(text) for text in dict.fromkeys(cited.values_list("cites", flat=True))]
    cycle = Need.objects.filter(pk=ref.id, cycle__isnull=False).values_list("cycle_id", flat=True).first()
    return [*found, *([Ref("needs", "cycle", cycle)] if cycle else [])]


def choices_of_cycles() -> list[tuple[int, str]]:
    """(key, name) of all assessments, the newest first."""
    return list(Cycle.objects.order_by("-starts_on", "-pk").values_list("pk", "name")[:200])


def choices_of_sessions() -> list[tuple[int, str]]:
    """(key, title) of the latest listening sessions."""
    return list(Session.objects.order_by("-held_on", "-pk").values_list("pk", "title")[:300])


def choices_of_questionnaires() -> list[tuple[int, str]]:
    """(key, name) of questionnaires that somebody has answered, the latest first."""
    rows = Questionnaire.objects.filter(Exists(Response.objects.filter(questionnaire=OuterRef("pk"))))
    return list(rows.order_by("-updated_at", "-pk").values_list("pk", "name")[:300])


def choices_of_figures(community: Community | None) -> list[tuple[int, str]]:
    """(key, words) of the figures of a community, the newest first."""
    if community is None:
        return []
    return [(row.pk, str(row)) for row in communities.figures_of(community)[-200:][::-1]]
