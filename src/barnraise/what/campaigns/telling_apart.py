"""What campaigns tell audiences: who got one, who said yes to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.who.audiences.sockets import Criterion

from .models import Campaign, CampaignReader

MOST = 200


def _options(chosen: Collection[str]) -> Sequence[tuple[str, Any]]:
    """The latest campaigns that went, with those chosen among them."""
    keys = [int(key) for key in chosen if key.isascii() and key.isdigit() and len(key) < 19]
    gone = Campaign.objects.filter(started_at__isnull=False).order_by("-started_at", "-pk")
    latest = list(gone.values_list("pk", flat=True)[:MOST])
    rows = Campaign.objects.filter(Q(pk__in=latest) | Q(pk__in=keys)).order_by("-started_at", "-pk")
    return [(str(key), AsWritten(name)) for key, name in rows.values_list("pk", "name")]


def _got(values: Sequence[str], today: date) -> QuerySet[Any, Any]:
    return CampaignReader.objects.filter(campaign_id__in=values, person__isnull=False).values("person_id")


def _said_yes(values: Sequence[str], today: date) -> QuerySet[Any, Any]:
    return _got(values, today).filter(answer=CampaignReader.Answer.YES)


CRITERIA: Mapping[str, Criterion] = {
    "campaign_got": Criterion(_("Got the campaign"), _options, _got, _("Whoever a mail was written to.")),
    "campaign_said_yes": Criterion(
        _("Said yes to the invitation"), _options, _said_yes, _("What they answered last counts.")
    ),
}
