"""Questionnaires, their versions, and what came in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes.selectors import awake

from ..models import Answer, Questionnaire, Response, Version

KIND, RESPONSE = "questionnaires.questionnaire", "questionnaires.response"
STATES = ("draft", "planned", "open", "closed")


def questionnaires_listed(actor: Any = None) -> QuerySet[Questionnaire]:
    """All questionnaires."""
    return Questionnaire.objects.all()


def one(uuid: UUID) -> Questionnaire:
    """Raises Questionnaire.DoesNotExist."""
    return Questionnaire.objects.get(uuid=uuid)


def one_by_key(key: int) -> Questionnaire:
    """Raises Questionnaire.DoesNotExist."""
    return Questionnaire.objects.get(pk=key)


def one_by_code(code: str) -> Questionnaire:
    """The questionnaire of this public address, in any case. Raises Questionnaire.DoesNotExist."""
    return Questionnaire.objects.get(code=code.lower())


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Questionnaire.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def versions_of(questionnaire: Questionnaire) -> list[Version]:
    """All versions, the latest first."""
    return list(Version.objects.filter(questionnaire=questionnaire).order_by("-number"))


def published_versions(questionnaire: Questionnaire) -> list[Version]:
    """Published versions, the latest first."""
    return [one for one in versions_of(questionnaire) if one.published_at is not None]


def published(questionnaire: Questionnaire) -> Version | None:
    """The version that is asked now, None before the first is published."""
    rows = Version.objects.filter(questionnaire=questionnaire, published_at__isnull=False)
    return rows.order_by("-number").first()


def draft_of(questionnaire: Questionnaire) -> Version | None:
    """The version that is being written, if any."""
    return Version.objects.filter(questionnaire=questionnaire, published_at__isnull=True).first()


def state_of(questionnaire: Questionnaire, version: Version | None, today: date) -> str:
    """One of STATES. `version` is the published one."""
    if version is None:
        return "draft"
    if questionnaire.is_within(today):
        return "open"
    is_planned = (
        questionnaire.ended_at is None
        and questionnaire.opens_on is not None
        and questionnaire.opens_on > today
    )
    return "planned" if is_planned else "closed"


def for_answering(questionnaire: Questionnaire) -> Version | None:
    """The version to be filled in today; None while no answers are taken."""
    version = published(questionnaire)
    return version if version and questionnaire.is_within(timezone.localdate()) else None


def responses_listed(actor: Any = None) -> QuerySet[Response]:
    """All responses with questionnaire and version."""
    return Response.objects.select_related("questionnaire", "version", "by")


def one_response(uuid: UUID) -> Response:
    """Raises Response.DoesNotExist."""
    return responses_listed().get(uuid=uuid)


def one_response_by_key(key: int) -> Response:
    """Raises Response.DoesNotExist."""
    return responses_listed().get(pk=key)


def response_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What responses are called, by key."""
    rows = Response.objects.filter(pk__in=list(keys)).values_list("pk", "questionnaire__name", "answered_at")
    return {key: f"{name}, {timezone.localtime(at):%Y-%m-%d}" for key, name, at in rows}


def responses_of(questionnaires: Collection[Questionnaire]) -> dict[int, int]:
    """How many responses each has. One query."""
    keys = [one.pk for one in questionnaires]
    rows = Response.objects.filter(questionnaire_id__in=keys).values_list("questionnaire_id")
    return {key: 0 for key in keys} | dict(rows.annotate(many=Count("pk")).order_by())


def counts_by_way(questionnaire: Questionnaire) -> dict[tuple[str, str], int]:
    """Responses by way and channel."""
    rows = Response.objects.filter(questionnaire=questionnaire).values_list("way", "channel")
    return {(way, channel): many for way, channel, many in rows.annotate(many=Count("pk")).order_by()}


def answers_of(responses: Collection[Response]) -> dict[int, dict[str, list[Answer]]]:
    """Answers by response and question. One query."""
    found: dict[int, dict[str, list[Answer]]] = {one.pk: {} for one in responses}
    for answer in Answer.objects.filter(response_id__in=found).order_by("pk"):
        found[answer.response_id].setdefault(answer.question, []).append(answer)
    return found


def who_answered(responses: Collection[Response]) -> dict[str, str]:
    """Titles of respondents by their reference, as far as they are still there. One query for each kind."""
    from barnraise.plumbing.ui.sockets import kinds

    keys: dict[str, list[int]] = {}
    for ref in {Ref.parse(one.respondent) for one in responses if one.respondent}:
        keys.setdefault(ref.kind, []).append(ref.id)
    found: dict[str, str] = {}
    for kind, wanted in keys.items():
        described = kinds.find(kind)
        named = described.titles(wanted) if described else {}
        found |= {f"{kind}:{key}": title for key, title in named.items()}
    return found


def closing(today: date, until: date) -> list[tuple[Questionnaire, int]]:
    """Questionnaires that take answers and close by `until`, the next one first, with their responses."""
    rows = Questionnaire.objects.filter(
        Q(opens_on__isnull=True) | Q(opens_on__lte=today),
        ended_at__isnull=True,
        closes_on__gte=today,
        closes_on__lte=until,
        versions__published_at__isnull=False,
    ).distinct()
    rows = awake(rows, "questionnaires.closing", today)
    found = list(rows.order_by("closes_on", "pk")[:20])
    many = responses_of(found)
    return [(one, many[one.pk]) for one in found]


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """All that somebody answered under their name, as JSON values."""
    rows = list(responses_listed().filter(respondent=str(ref)).order_by("answered_at", "pk"))
    answers = answers_of(rows)
    return [
        {
            "questionnaire": row.questionnaire.name,
            "version": row.version.number,
            "answered_at": row.answered_at.isoformat(),
            "way": row.way,
            "answers": {
                code: [each.code or each.text or str(each.number or each.on or "") for each in said]
                for code, said in answers[row.pk].items()
            },
        }
        for row in rows
    ]


def in_states(states: Iterable[str]) -> Q:
    """Questionnaires that are in one of these states today: draft, planned, open, closed."""
    today = timezone.localdate()
    is_published = Q(Exists(Version.objects.filter(questionnaire=OuterRef("pk"), published_at__isnull=False)))
    planned = Q(ended_at__isnull=True, opens_on__gt=today)
    is_open = (
        Q(ended_at__isnull=True)
        & (Q(opens_on__isnull=True) | Q(opens_on__lte=today))
        & (Q(closes_on__isnull=True) | Q(closes_on__gte=today))
    )
    over = Q(ended_at__isnull=False) | (Q(closes_on__lt=today) & ~planned)
    conditions = {
        "draft": ~is_published,
        "planned": is_published & planned,
        "open": is_published & is_open,
        "closed": is_published & over,
    }
    passing = Q(pk__in=())
    for one in states:
        passing |= conditions[one]
    return passing
