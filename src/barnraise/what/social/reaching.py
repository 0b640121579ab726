"""Posts as a channel of projects: whom they reached, as the networks said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, OuterRef, Sum
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.naming import naming
from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.lists.subqueries import is_there
from barnraise.what.projects.sockets import Channel, Reached
from barnraise.why.goals.sockets import Row, stamp_of

from . import facing
from .models import Reach, Variant
from .selectors import latest_reach
from .sourcing import posted_in


def _things(ref: Ref, most: int) -> list[Reached]:
    noted = is_there(Reach.objects.filter(variant=OuterRef("pk")))
    rows = Variant.objects.filter(naming("message__cites", ref), noted, posted_at__isnull=False)
    found = list(rows.select_related("message").order_by("-posted_at", "-pk")[:most])
    reaches = latest_reach([row.pk for row in found])
    column = _now("People reached")
    return [
        Reached(
            f"{row.message.name}, {facing.title_of(row.network)}",
            address,
            reaches[row.pk].reached,
            f"{address}#reached",
            rule="last",
            of=column,
        )
        for row in found
        for address in [row.get_absolute_url()]
    ]


def _rows(ref: Ref, period: Period) -> Iterator[Row]:
    posted = list(posted_in(period).filter(naming("message__cites", ref)).order_by("pk"))
    reaches = latest_reach([row.pk for row in posted])
    for row in posted:
        if row.posted_at is not None:
            on = timezone.localdate(row.posted_at)
            yield Row(Ref("social", "variant", row.pk), on, Decimal(reaches[row.pk].reached))


def _stamp(ref: Ref, period: Period) -> str:
    rows = posted_in(period).filter(naming("message__cites", ref))
    noted = Reach.objects.filter(variant__in=rows).aggregate(many=Count("pk"), total=Sum("reached"))
    return f"{stamp_of(rows, 'updated_at')}:{noted['many']}:{noted['total']}"


CHANNEL = Channel(_("Posts"), _things, _rows, _stamp, is_of_people=False)
