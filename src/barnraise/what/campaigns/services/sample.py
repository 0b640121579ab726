"""Take the sample town's campaigns away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.links.models import ShortLink
from barnraise.plumbing.search import services as search

from ..models import Campaign, CampaignReader, CodedLink
from ..selectors import KIND


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """How many campaigns went. Rows of the sample's people in other campaigns go with them."""
    keys = list(Campaign.objects.filter(is_sample=True).values_list("pk", flat=True))
    CampaignReader.objects.filter(Q(campaign_id__in=keys) | Q(person__is_sample=True)).delete()
    coded = CodedLink.objects.filter(campaign_id__in=keys)
    shorts = list(coded.values_list("short_id", flat=True))
    coded.delete()
    ShortLink.objects.filter(pk__in=shorts).delete()
    Campaign.objects.filter(audience__is_sample=True, is_sample=False).update(audience=None)
    Campaign.objects.filter(purpose__is_sample=True, is_sample=False).update(purpose=None)
    Campaign.objects.filter(pk__in=keys).delete()
    search.remove(KIND, keys)
    if keys:
        record(by=by, verb="campaigns.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
