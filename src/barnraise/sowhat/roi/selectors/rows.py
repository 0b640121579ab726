"""Valuations, their outcomes and assumptions, and where they stand in the golden thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Substr

from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.hanging import hanging
from barnraise.plumbing.ui.sockets import Fan
from barnraise.what.events.models import Cost, Event
from barnraise.what.projects.models import Actual, Project

from ..models import Assumption, Outcome, Valuation

KIND, OUTCOME = "roi.valuation", "roi.outcome"
CITED = ("projects.project", "events.event")
FANNED = 50


def listed(actor: Any = None) -> QuerySet[Valuation]:
    """All valuations with owner, how many outcomes they have and how many assumptions without a source."""
    return Valuation.objects.select_related("owner").annotate(
        outcome_count=hanging(Outcome.objects.all(), "valuation"),
        unsourced_count=hanging(Assumption.objects.filter(source=""), "valuation"),
    )


def one(uuid: UUID) -> Valuation:
    """Raises Valuation.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Valuation:
    """Raises Valuation.DoesNotExist."""
    return listed().get(pk=key)


def one_outcome(uuid: UUID) -> Outcome:
    """With its valuation and indicator. Raises Outcome.DoesNotExist."""
    return Outcome.objects.select_related("valuation", "indicator").get(uuid=uuid)


def one_outcome_by_key(key: int) -> Outcome:
    """Raises Outcome.DoesNotExist."""
    return Outcome.objects.select_related("valuation", "indicator").get(pk=key)


def assumptions_listed(actor: Any = None) -> QuerySet[Assumption]:
    """The register: every assumption with its valuation and outcome."""
    return Assumption.objects.select_related("valuation", "outcome")


def outcomes_listed(actor: Any = None) -> QuerySet[Outcome]:
    """Every outcome with its valuation and the indicator that counts it."""
    return Outcome.objects.select_related("valuation", "indicator")


def one_assumption(uuid: UUID) -> Assumption:
    """Raises Assumption.DoesNotExist."""
    return assumptions_listed().get(uuid=uuid)


def valuation_named(name: str) -> Valuation | None:
    """The one of this name, or None."""
    return Valuation.objects.filter(name_folded=fold(name)[:200]).first()


def owners() -> list[Account]:
    """Who may see to a valuation: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Valuation.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def outcome_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names of outcomes by key."""
    return dict(Outcome.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def of_thing(ref: Ref) -> QuerySet[Valuation]:
    """Valuations of this project or event."""
    return listed().filter(cites=str(ref)).order_by("-ends_on", "-pk")


def with_unsourced(actor: Any, *, today: Any, most: int) -> list[Valuation]:
    """Open ones with an assumption without a source, which this reader sees to, else nobody."""
    found: list[Valuation] = []
    lacking = Assumption.objects.filter(valuation=OuterRef("pk"), source="")
    for whose in (Q(owner_id=actor.pk), Q(owner__isnull=True)):
        if len(found) < most:
            rows = listed().filter(whose, Exists(lacking), ended_on__isnull=True).order_by("ends_on", "pk")
            found += list(awake(rows, "roi.unsourced", today)[: most - len(found)])
    return found


def upstream(ref: Ref) -> list[Ref]:
    """What it values."""
    found = Valuation.objects.filter(pk=ref.id).values_list("cites", flat=True)
    return [Ref.parse(text) for text in found if text]


def outcomes_of(ref: Ref) -> list[Ref]:
    """The outcomes of a valuation."""
    keys = Outcome.objects.filter(valuation_id=ref.id).order_by("pk").values_list("pk", flat=True)[:FANNED]
    return [Ref("roi", "outcome", key) for key in keys]


def above_outcome(ref: Ref) -> list[Ref]:
    """The valuation it stands in and the indicator that counts it."""
    row = Outcome.objects.filter(pk=ref.id).first()
    if row is None:
        return []
    found = [Ref("roi", "valuation", row.valuation_id)]
    return [*found, Ref("goals", "indicator", row.indicator_id)] if row.indicator_id else found


def valuing(ref: Ref) -> Fan:
    """Valuations of a project or event."""
    rows = Valuation.objects.filter(cites=str(ref))
    keys = rows.order_by("-ends_on", "-pk").values_list("pk", flat=True)[:FANNED]
    return Fan([Ref("roi", "valuation", key) for key in keys], rows.count())


def counting(ref: Ref) -> Fan:
    """Outcomes of which an indicator says how many."""
    rows = Outcome.objects.filter(indicator_id=ref.id)
    keys = rows.order_by("-pk").values_list("pk", flat=True)[:FANNED]
    return Fan([Ref("roi", "outcome", key) for key in keys], rows.count())


def counting_observation(ref: Ref) -> Fan:
    """Outcomes that an observation is counted in: of its indicator, with its period inside theirs."""
    rows = Outcome.objects.filter(
        indicator__observations__pk=ref.id,
        valuation__begins_on__lte=F("indicator__observations__begins_on"),
        valuation__ends_on__gte=F("indicator__observations__ends_on"),
    )
    keys = rows.order_by("-pk").values_list("pk", flat=True)[:FANNED]
    return Fan([Ref("roi", "outcome", key) for key in keys], rows.count())


def _valued(start: str) -> QuerySet[Any]:
    """Keys of the rows of which `start` begins the reference, and that a valuation with an outcome values. Read once, not for each row."""
    key = Cast(Substr("cites", len(start) + 1), BigIntegerField())
    rows = Valuation.objects.filter(cites__startswith=start, outcomes__isnull=False)
    return rows.annotate(valued=key).order_by().values("valued")


def costs_without_outcome(most: int) -> tuple[int, list[Ref]]:
    """Projects that money was spent on, and events with costs that serve no project, of which no outcome is valued."""
    spent = Actual.objects.filter(project=OuterRef("pk"), line__is_income=False)
    projects = Project.objects.filter(Exists(spent)).exclude(pk__in=_valued("projects.project:"))
    paid = Cost.objects.filter(event=OuterRef("pk"))
    events = Event.objects.filter(Exists(paid)).exclude(pk__in=_valued("events.event:"))
    events = events.exclude(cites__startswith="projects.project:")
    found = [Ref("projects", "project", key) for key in projects.order_by("pk").values_list("pk", flat=True)[:most]]  # fmt: skip
    left = most - len(found)
    if left > 0:
        keys = events.order_by("pk").values_list("pk", flat=True)[:left]
        found += [Ref("events", "event", key) for key in keys]
    return projects.count() + events.count(), found
