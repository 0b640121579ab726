"""Who stands behind a goal."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from barnraise.plumbing.snoozes.selectors import awake
from barnraise.who.organisations.models import Organisation

from ..models import Endorsement, Goal


def endorsements_listed(actor: Any = None) -> QuerySet[Endorsement]:
    """All endorsements with goal and organisation."""
    return Endorsement.objects.select_related("goal", "organisation", "by")


def endorsements_of(goal: Goal) -> list[Endorsement]:
    """What partners say to a goal, those who stand behind it first."""
    order = {code: at for at, code in enumerate(("endorsed", "asked", "declined", "withdrawn"))}
    rows = endorsements_listed().filter(goal=goal).order_by("organisation__name_folded", "id")
    return sorted(rows, key=lambda row: order[row.state])


def endorsed_by(organisation: Organisation) -> list[Endorsement]:
    """What an organisation was asked or said, the latest first."""
    return list(endorsements_listed().filter(organisation=organisation).order_by("-id")[:50])


def one_endorsement(uuid: UUID) -> Endorsement:
    """Raises Endorsement.DoesNotExist."""
    return endorsements_listed().get(uuid=uuid)


def one_endorsement_by_key(key: int) -> Endorsement:
    """Raises Endorsement.DoesNotExist."""
    return endorsements_listed().get(pk=key)


def waiting_endorsements(before: datetime, *, most: int) -> list[Endorsement]:
    """Asked before then and not answered, of goals that have not ended, the longest wait first."""
    rows = endorsements_listed().filter(state=Endorsement.State.ASKED, asked_at__lt=before)
    rows = awake(rows, "goals.waiting", timezone.localdate())
    return list(rows.exclude(goal__state__in=("reached", "dropped")).order_by("asked_at", "id")[:most])
