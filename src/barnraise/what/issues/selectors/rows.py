"""Concerns, whose they are and how their clocks stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.naming import naming
from barnraise.foundation.periods import Period
from barnraise.foundation.policy import leads
from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.sockets import Fan
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from ..clock import STANDINGS, near_until, standing
from ..models import Answer, Issue

KIND, ANSWER = "issues.issue", "issues.answer"
CARD = "issues.clock"
NAMESAKES = 50
FANNED = 50


def listed(actor: Any = None) -> QuerySet[Issue]:
    """All concerns that this reader may see (None: the house itself), with who raised them, whom they are about and the owner."""
    return seen_by(actor, Issue.objects.select_related("organisation", "person", "about", "owner"))


def seen_by(actor: Any, rows: QuerySet[Issue]) -> QuerySet[Issue]:
    """Those of these that this reader may see: confidential ones only for their owner and those who lead."""
    if actor is None or leads(actor):
        return rows
    return rows.filter(Q(is_confidential=False) | Q(owner_id=getattr(actor, "pk", None)))


def one(uuid: UUID) -> Issue:
    """With everybody named in it. Raises Issue.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Issue:
    """Raises Issue.DoesNotExist."""
    return listed().get(pk=key)


def one_answer_by_key(key: int) -> Answer:
    """With its concern. Raises Answer.DoesNotExist."""
    return Answer.objects.select_related("issue").get(pk=key)


def answers_of(issue: Issue) -> list[Answer]:
    """What was said to whoever raised it, newest first, with by whom and the mail."""
    rows = Answer.objects.filter(issue=issue).select_related("by", "message")
    return list(rows.order_by("-at", "-pk"))


def said_to(issues: Collection[Issue]) -> dict[int, list[str]]:
    """What was said to whoever raised each of these, by its key, the first first; one query for all."""
    found: dict[int, list[str]] = {issue.pk: [] for issue in issues}
    rows = Answer.objects.filter(issue__in=list(found)).order_by("at", "pk")
    for key, text in rows.values_list("issue_id", "text"):
        found[key].append(text)
    return found


def owners() -> list[Account]:
    """Who may see to a concern: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def meant(text: str) -> Q | None:
    """Concerns by or about organisations, or by people, of this name, number or address; None where there are none."""
    bodies = organisations.named(text, NAMESAKES)
    persons = people.named(text, NAMESAKES)
    found = Q(organisation_id__in=bodies) | Q(about_id__in=bodies) | Q(person_id__in=persons)
    return found if Issue.objects.filter(found).exists() else None


def standing_of(row: Issue, now: datetime) -> str:
    """One of clock.STANDINGS."""
    return standing(row.answer_by, row.answered_at, now, timezone.get_current_timezone())


def by_standing(name: str, now: datetime) -> Q:
    """Those whose clock stands so: one of clock.STANDINGS."""
    near = near_until(now, timezone.get_current_timezone())
    waits = Q(answered_at__isnull=True)
    return {
        "waiting": waits & Q(answer_by__gt=near),
        "near": waits & Q(answer_by__gte=now, answer_by__lte=near),
        "over": waits & Q(answer_by__lt=now),
        "in_time": Q(answered_at__lte=F("answer_by")),
        "late": Q(answered_at__gt=F("answer_by")),
    }[name]


def tally_of(rows: QuerySet[Any], now: datetime) -> dict[tuple[str, str], int]:
    """How many of these stand so, by (severity, standing). One query."""
    counted = {name: Count("pk", filter=by_standing(name, now)) for name in STANDINGS}
    found = rows.order_by().values("severity").annotate(**counted)
    return {(one["severity"], name): one[name] for one in found for name in STANDINGS}


def _with(ref: Ref) -> Q:
    if ref.model == "person":
        return Q(person_id=ref.id)
    return Q(organisation_id=ref.id) | Q(about_id=ref.id)


def of_thing(ref: Ref, actor: Any = None) -> QuerySet[Issue]:
    """Concerns by this person, or by or about this organisation, that this reader may see (None: the house itself)."""
    return listed(actor).filter(_with(ref))


def concerning(uuid: UUID) -> Q:
    """Concerns by or about the organisation of this id."""
    return Q(organisation__uuid=uuid) | Q(about__uuid=uuid)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What the concern is, by key; of a confidential one only that it is."""
    rows = Issue.objects.filter(pk__in=list(keys)).values_list("pk", "what", "is_confidential")
    return {key: _("A confidential concern") if is_quiet else what for key, what, is_quiet in rows}


def answer_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What the concern is that was answered, by key of the answer."""
    rows = Answer.objects.filter(pk__in=list(keys)).values_list("pk", "issue__what", "issue__is_confidential")
    return {key: _("A confidential concern") if is_quiet else what for key, what, is_quiet in rows}


def near_for(actor: Any, *, now: datetime, oversees: bool, most: int) -> list[Issue]:
    """At most `most` concerns whose answer is owed by the end of the next working day, or was owed before, most pressing first:
    those this reader sees to and those nobody sees to; whoever `oversees` also gets what is past its clock, whoever sees to it."""
    whose = Q(owner_id=actor.pk) | Q(owner__isnull=True)
    if oversees:
        whose |= Q(answer_by__lt=now)
    until = near_until(now, timezone.get_current_timezone())
    rows = listed(actor).filter(whose, answered_at__isnull=True, answer_by__lte=until)
    return list(awake(rows.order_by("answer_by", "pk"), CARD, timezone.localdate(now))[:most])


def upstream(ref: Ref) -> list[Ref]:
    """What it touches, and who is in it. A confidential one stands in no thread."""
    row = Issue.objects.filter(pk=ref.id, is_confidential=False).first()
    if row is None:
        return []
    found = [Ref.parse(row.cites)] if row.cites else []
    found += [Ref("organisations", "organisation", key) for key in (row.organisation_id, row.about_id) if key]
    if row.person_id:
        found.append(Ref("people", "person", row.person_id))
    return found


def touching(ref: Ref) -> Fan:
    """Concerns that touch this thing, latest first."""
    rows = Issue.objects.filter(naming("cites", ref), is_confidential=False).order_by("-raised_at", "-pk")
    keys = list(rows.values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("issues", "issue", key) for key in keys[:FANNED]], total)


def with_issues(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these things, all of one kind, that raised a concern or whom one is about."""
    keys = [ref.id for ref in refs]
    if not keys:
        return set()
    if next(iter(refs)).model == "person":
        return set(Issue.objects.filter(person_id__in=keys).values_list("person_id", flat=True))
    by = Issue.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True)
    about = Issue.objects.filter(about_id__in=keys).values_list("about_id", flat=True)
    return {key for key in (*by, *about) if key is not None}


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """Concerns by this person, or by or about this organisation, with their answers, as JSON values, earliest first.

    Confidential ones only for the person who raised them.
    """
    rows = of_thing(ref).prefetch_related("answers").order_by("raised_at", "pk")
    rows = rows if ref.model == "person" else rows.filter(is_confidential=False)
    return [
        {
            "concern": row.what,
            "detail": row.detail,
            "name": row.asker_name,
            "email": row.asker_email,
            "about": str(row.about) if row.about else None,
            "severity": row.severity,
            "state": row.state,
            "raised": row.raised_at.isoformat(),
            "answers": [
                {"at": one.at.isoformat(), "text": one.text}
                for one in sorted(row.answers.all(), key=lambda one: (one.at, one.pk))
            ],
            "outcome": row.outcome,
        }
        for row in rows
    ]


def between(field: str, period: Period) -> Q:
    """Instants of this field on the days of the period, by the clocks of the house."""
    return Q(**{f"{field}__gte": _starts(period.begins), f"{field}__lt": _starts(period.ends, 1)})


def _starts(day: date, later: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=later), time.min))
