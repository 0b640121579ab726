"""How many of our partners work in each field: where few do, one more fills a gap."""

from __future__ import annotations

import time
from typing import Any

from django.db.models import Case, Count, When
from django.db.models.functions import Substr

from barnraise.plumbing.ui.lists.plans import REMEMBERED
from barnraise.who.organisations.models import Sector
from barnraise.who.partnerships.models import Partnership
from barnraise.who.partnerships.models.partnership import LIVE

from ..scoring import PREFIXED, Code

_fields: dict[tuple[Any, ...], tuple[float, dict[Code, int]]] = {}
"""What was counted last, by what would have changed with it."""


def fields_of_partners() -> dict[Code, int]:
    """How many partners we keep up with work in each main field.

    Counted anew once a partnership was changed or a field noted, and after ten minutes. Two queries, three when it is counted.
    """
    latest = Partnership.objects.order_by("-updated_at", "-pk").values_list("updated_at", "pk").first()
    stamp = (latest, Sector.objects.order_by("-pk").values_list("pk", flat=True).first())
    at, found = _fields.get(stamp, (0.0, {}))
    if stamp not in _fields or time.monotonic() - at >= REMEMBERED:
        found = _counted_fields()
        _fields.clear()
        _fields[stamp] = time.monotonic(), found
    return found


def _counted_fields() -> dict[Code, int]:
    live = Partnership.objects.filter(stage__in=LIVE, organisation__isnull=False).values("organisation_id")
    whole = Case(When(scheme__in=sorted(PREFIXED), then=Substr("code", 1, 1)), default="code")
    rows = Sector.objects.filter(organisation_id__in=live).values("scheme", main=whole).order_by()
    counted = rows.annotate(many=Count("organisation_id", distinct=True))
    return {(scheme, main): many for scheme, main, many in counted.values_list("scheme", "main", "many")}
