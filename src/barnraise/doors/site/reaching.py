"""Pages of the website as a channel of projects: how often those that serve one were opened."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.what.projects.sockets import Channel, Reached
from barnraise.why.goals.sockets import Row

from . import selectors
from .models import PageVisits

AT_ONCE = 2000


def _things(ref: Ref, most: int) -> list[Reached]:
    pages = selectors.serving(ref)[:most]
    visits = selectors.visits_of([row.pk for row in pages])
    found = []
    for row in pages:
        address = selectors.page_address(row.pk)
        found.append(
            Reached(row.title, address, visits.get(row.pk, 0), f"{address}#visits", rule="sum", of="visits")
        )
    return found


def _visits(ref: Ref, period: Period) -> QuerySet[PageVisits]:
    keys = [row.pk for row in selectors.serving(ref)]
    return PageVisits.objects.filter(page_id__in=keys, on__gte=period.begins, on__lte=period.ends)


def _rows(ref: Ref, period: Period) -> Iterator[Row]:
    rows = _visits(ref, period).order_by("pk").values_list("pk", "on", "count")
    for key, on, many in rows.iterator(chunk_size=AT_ONCE):
        yield Row(Ref("site", "pagevisits", key), on, Decimal(many))


def _stamp(ref: Ref, period: Period) -> str:
    found = _visits(ref, period).aggregate(many=Count("pk"), total=Sum("count"))
    return f"{found['many']}:{found['total']}"


CHANNEL = Channel(_("Pages of the website"), _things, _rows, _stamp, is_of_people=False)
