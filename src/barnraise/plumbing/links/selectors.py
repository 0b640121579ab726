"""Reads of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.urls import reverse

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref

from .models import ShortLink, UsedLink, Visits
from .signing import Signed, read

KIND = "links.shortlink"
CITED = ("projects.project", "goals.objective", "goals.goal", "needs.need", "events.event")
"""Kinds of things that a short link may serve."""


@dataclass(frozen=True, slots=True)
class Count:
    """Visits of one channel ("" is none named) or day."""

    label: str
    count: int


def signed(token: str) -> Signed:
    """What a signed link says. Raises signing.BadLink; expired ones are given too."""
    return read(token)


def is_used(number: str) -> bool:
    """A one-time link with this number has done its work."""
    return UsedLink.objects.filter(number=number).exists()


def short_links() -> QuerySet[ShortLink]:
    """All short links with their makers, newest first."""
    return ShortLink.objects.select_related("created_by").order_by("-id")


def link_by_uuid(uuid: UUID) -> ShortLink:
    """The short link. Raises ShortLink.DoesNotExist."""
    return short_links().get(uuid=uuid)


def link_by_key(key: int) -> ShortLink:
    """The short link. Raises ShortLink.DoesNotExist."""
    return short_links().get(pk=key)


def link_by_code(code: str) -> ShortLink:
    """The short link of this code, in any case. Raises ShortLink.DoesNotExist."""
    return ShortLink.objects.get(code=code.lower())


def visits_of(links: Sequence[ShortLink]) -> dict[int, int]:
    """All visits of each of these links, by key. One query."""
    summed = Visits.objects.filter(link__in=links).values_list("link_id").annotate(sum=Sum("count"))
    return {link.pk: 0 for link in links} | dict(summed)


def titles(keys: Sequence[int]) -> dict[int, str]:
    """Their titles by key."""
    return dict(ShortLink.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def citing(ref: Ref) -> list[Ref]:
    """Short links that serve a thing, newest first."""
    rows = ShortLink.objects.filter(naming("cites", ref)).order_by("-pk").values_list("pk", flat=True)[:50]
    return [Ref("links", "shortlink", key) for key in rows]


def cited(ref: Ref) -> list[Ref]:
    """What a short link serves."""
    found = ShortLink.objects.filter(pk=ref.id).exclude(cites="").values_list("cites", flat=True)
    return [Ref.parse(text) for text in found]


def visits_by_channel(link: ShortLink) -> list[Count]:
    """Visits by channel, most first; the channels the link names are there also without visits."""
    summed = dict(Visits.objects.filter(link=link).values_list("channel").annotate(sum=Sum("count")))
    found = {label: 0 for label in link.channels} | summed
    return [Count(*item) for item in sorted(found.items(), key=lambda item: (-item[1], item[0]))]


def visits_by_day(link: ShortLink, *, most: int = 60) -> list[tuple[date, int]]:
    """(day, visits) of the latest days that had any, newest first."""
    summed = Visits.objects.filter(link=link).values_list("on").annotate(sum=Sum("count"))
    return list(summed.order_by("-on")[:most])


def address_of(link: ShortLink, channel: str = "") -> str:
    """The whole address to hand out, for one channel where it is named."""
    path = reverse("links:follow", kwargs={"code": link.code})
    return f"{settings.ENVIRONMENT.url}{path}{f'?c={channel}' if channel else ''}"


def used_before(now: datetime) -> QuerySet[UsedLink]:
    """Used links that have expired anyway."""
    return UsedLink.objects.filter(forget_at__lt=now)
