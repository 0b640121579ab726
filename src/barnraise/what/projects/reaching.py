"""The one reach of a project: everybody whom its mails, events, coded links and posts met, whatever the channel.

Formula: the sum over all channels of people and visits, somebody met by several counted in each. The number of different people
leaves visits and posts out, since nobody of them is told from another; it counts everybody with a record once, a guest without one as somebody of
their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.naming import naming
from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.models import ShortLink, Visits
from barnraise.plumbing.links.selectors import visits_of
from barnraise.plumbing.mail.models import Message
from barnraise.why.goals.sockets import Row, stamp_of

from .models import Project
from .sockets import Channel, Reached, channels

AT_ONCE = 2000
MOST = 100
"""So many things of one channel stand on the project's page."""


def bounds(period: Period) -> tuple[datetime, datetime]:
    """The period as instants in the zone of the house, the end not included."""
    first = timezone.make_aware(datetime.combine(period.begins, time.min))
    return first, timezone.make_aware(datetime.combine(period.ends + timedelta(days=1), time.min))


def _linked(ref: Ref, most: int) -> list[Reached]:
    links = list(ShortLink.objects.filter(naming("cites", ref)).order_by("-pk")[:most])
    visits = visits_of(links)
    return [
        Reached(
            row.title,
            row.get_absolute_url(),
            visits[row.pk],
            f"{row.get_absolute_url()}#channels",
            rule="sum",
            of="visits",
        )
        for row in links
    ]


def _visit_rows(ref: Ref, period: Period) -> Iterator[Row]:
    rows = Visits.objects.filter(naming("link__cites", ref), on__gte=period.begins, on__lte=period.ends)
    for key, on, many in rows.order_by("pk").values_list("pk", "on", "count").iterator(chunk_size=AT_ONCE):
        yield Row(Ref("links", "visits", key), on, Decimal(many))


def _visit_stamp(ref: Ref, period: Period) -> str:
    rows = Visits.objects.filter(naming("link__cites", ref), on__gte=period.begins, on__lte=period.ends)
    found = rows.aggregate(many=Count("pk"), total=Sum("count"))
    return f"{found['many']}:{found['total']}"


def _mailed(ref: Ref, most: int) -> list[Reached]:
    rows = Message.objects.filter(about=str(ref), state=Message.State.HANDED_OVER, is_bulk=False)
    many = rows.count()
    address = f"{reverse('mail:list')}?about={ref}&state=handed_over&bulk=0"
    return [Reached(_now("Single mails"), address, many, address)] if many else []


def _mails(ref: Ref, period: Period) -> Any:
    first, end = bounds(period)
    return Message.objects.filter(
        about=str(ref),
        state=Message.State.HANDED_OVER,
        is_bulk=False,
        handed_at__gte=first,
        handed_at__lt=end,
    )


def _mail_rows(ref: Ref, period: Period) -> Iterator[Row]:
    rows = _mails(ref, period).order_by("pk").values_list("pk", "handed_at", "recipient")
    for key, at, recipient in rows.iterator(chunk_size=AT_ONCE):
        counts = Ref.parse(recipient) if recipient else None
        yield Row(Ref("mail", "message", key), timezone.localtime(at).date(), counts=counts)


MAILS = Channel(
    _("Single mails"), _mailed, _mail_rows, lambda ref, period: stamp_of(_mails(ref, period), "updated_at")
)
LINKS = Channel(_("Short links"), _linked, _visit_rows, _visit_stamp, is_of_people=False)


def panel(actor: Any, project: Project) -> Mapping[str, Any] | None:
    """What serves the project and whom each thing reached; None where nothing does."""
    ref = Ref.to(project)
    found: list[tuple[Any, Reached]] = []
    is_more = False
    for _name, channel in channels.items():
        things = channel.things(ref, MOST + 1)
        is_more = is_more or len(things) > MOST
        found += [(channel.label, one) for one in things[:MOST]]
    if not found:
        return None
    return {"reached": found, "total": sum(one.many for _label, one in found), "is_more": is_more}


def _ref(options: Mapping[str, Any]) -> Ref:
    return Ref("projects", "project", int(options.get("project") or 0))


def rows(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    """Everybody and every visit that the project reached in the period, channel by channel."""
    for _name, channel in channels.items():
        yield from channel.rows(_ref(options), period)


def stamp(options: Mapping[str, Any], period: Period) -> str:
    """Changes whenever those rows do."""
    return "|".join(channel.stamp(_ref(options), period) for _name, channel in channels.items())


def people(options: Mapping[str, Any], period: Period) -> Iterator[Row]:
    """The same without visits and posts: people only."""
    for _name, channel in channels.items():
        if channel.is_of_people:
            yield from channel.rows(_ref(options), period)
