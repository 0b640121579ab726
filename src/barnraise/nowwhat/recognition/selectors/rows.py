"""Thanks, marks and milestones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.parts import firsts
from barnraise.plumbing.ui.sockets import Fan
from barnraise.sowhat.indicators.models import Observation

from ..models import Mark, Milestone, Thanks

KIND, MARK, MILESTONE = "recognition.thanks", "recognition.mark", "recognition.milestone"
FANNED = 50


def listed(actor: Any = None) -> QuerySet[Thanks]:
    """All thanks with partner and owner."""
    return Thanks.objects.select_related("organisation", "owner")


def one(uuid: UUID) -> Thanks:
    """Raises Thanks.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Thanks:
    """Raises Thanks.DoesNotExist."""
    return listed().get(pk=key)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """The partner's name, by key."""
    rows = Thanks.objects.filter(pk__in=list(keys)).select_related("organisation")
    return {row.pk: str(row) for row in rows}


def of_organisation(key: int) -> QuerySet[Thanks]:
    """Thanks to this partner, the latest first."""
    return listed().filter(organisation_id=key).order_by("-ends_on", "-pk")


def wishes(today: date, *, most: int) -> list[Thanks]:
    """Thanks of which the partner wishes other words, the oldest answer first."""
    rows = awake(listed().filter(state=Thanks.State.WISHED), "recognition.wishes", today)
    return firsts(rows.order_by("answered_at", "pk"), most)


def with_thanks(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these organisations that were thanked."""
    keys = [ref.id for ref in refs]
    return set(Thanks.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True))


def owners() -> list[Account]:
    """Who may see to thanks: active accounts of the team, by name."""
    roles = [str(role) for role in TEAM]
    return list(Account.objects.active().filter(role__in=roles).order_by("name", "email"))


def marks_listed(actor: Any = None) -> QuerySet[Mark]:
    """All marks with their indicator, ended ones too."""
    return Mark.objects.select_related("indicator")


def one_mark(uuid: UUID) -> Mark:
    """Raises Mark.DoesNotExist."""
    return marks_listed().get(uuid=uuid)


def one_mark_by_key(key: int) -> Mark:
    """Raises Mark.DoesNotExist."""
    return marks_listed().get(pk=key)


def existing_mark(indicator: int, step: Decimal) -> Mark | None:
    """The mark of this indicator and step that has not ended."""
    return marks_listed().filter(indicator_id=indicator, step=step, ended_at__isnull=True).first()


def mark_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """What is counted and every how many, by key."""
    return {row.pk: str(row) for row in Mark.objects.filter(pk__in=list(keys))}


def values_of(mark: Mark) -> list[tuple[date, Decimal]]:
    """(last day, value) of each period of its indicator that has a value, oldest first."""
    rows = Observation.objects.filter(indicator_id=mark.indicator_id, value__isnull=False)
    found = rows.order_by("begins_on").values_list("ends_on", "value")
    return [(day, value) for day, value in found if value is not None]


def milestones_listed(actor: Any = None) -> QuerySet[Milestone]:
    """All milestones with mark and indicator."""
    return Milestone.objects.select_related("mark__indicator")


def one_milestone(uuid: UUID) -> Milestone:
    """Raises Milestone.DoesNotExist."""
    return milestones_listed().get(uuid=uuid)


def one_milestone_by_key(key: int) -> Milestone:
    """Raises Milestone.DoesNotExist."""
    return milestones_listed().get(pk=key)


def milestone_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """ "1,000 volunteer hours" by key."""
    rows = Milestone.objects.filter(pk__in=list(keys)).select_related("mark")
    return {row.pk: str(row) for row in rows}


def new_milestones(today: date, *, most: int) -> list[Milestone]:
    """Milestones that nobody has told yet, the latest first."""
    rows = awake(milestones_listed().filter(state=Milestone.State.NEW), "recognition.milestones", today)
    return list(rows.order_by("-reached_on", "-pk")[:most])


def upstream_of_milestone(ref: Ref) -> list[Ref]:
    """The mark that was passed, and its indicator."""
    rows = Milestone.objects.filter(pk=ref.id).values_list("mark_id", "mark__indicator_id")
    return [
        one
        for mark, key in rows
        for one in (Ref("recognition", "mark", mark), Ref("goals", "indicator", key))
    ]


def indicator_of_mark(ref: Ref) -> list[Ref]:
    """What is counted."""
    keys = Mark.objects.filter(pk=ref.id).values_list("indicator_id", flat=True)
    return [Ref("goals", "indicator", key) for key in keys]


def milestones_of_mark(ref: Ref) -> Fan:
    """What was reached at a mark, the latest first."""
    return _reached(Milestone.objects.filter(mark_id=ref.id))


def milestones_of_indicator(ref: Ref) -> Fan:
    """What was reached, the latest first, and the marks set there."""
    reached = _reached(Milestone.objects.filter(mark__indicator_id=ref.id))
    marks = Mark.objects.filter(indicator_id=ref.id).order_by("pk").values_list("pk", flat=True)[:FANNED]
    set_there = [Ref("recognition", "mark", key) for key in marks]
    return Fan([*reached.refs, *set_there], reached.total + len(set_there))


def _reached(rows: QuerySet[Milestone]) -> Fan:
    keys = list(rows.order_by("-reached_on", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("recognition", "milestone", key) for key in keys[:FANNED]], total)


def upstream_of_thanks(ref: Ref) -> list[Ref]:
    """The partner."""
    keys = Thanks.objects.filter(pk=ref.id).values_list("organisation_id", flat=True)
    return [Ref("organisations", "organisation", key) for key in keys]
