"""Named reads of the website."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from barnraise.foundation.refs import Ref
from barnraise.why.goals.models import Indicator

from .models import PublicNumber

NUMBER = "site.publicnumber"


def is_begun() -> bool:
    """There is a website, published or not."""
    return bool(Page.objects.filter(depth=2, content_type__app_label="site").exists())


def home_pages() -> list[Page]:
    """The home page of each language."""
    rows = Page.objects.filter(depth=2, content_type__app_label="site").select_related("locale")
    return list(rows.order_by("pk"))


def last_changed(most: int = 8) -> list[Page]:
    """Pages that were worked on last."""
    rows = Page.objects.filter(depth__gte=2, content_type__app_label="site").select_related("locale")
    return list(rows.order_by("-latest_revision_created_at", "-pk")[:most])


def numbers_listed() -> QuerySet[PublicNumber]:
    """Public numbers with their indicators, by name."""
    rows = PublicNumber.objects.select_related("indicator__objective", "by")
    return rows.order_by("indicator__name_folded", "pk")


def one_number(uuid: UUID) -> PublicNumber:
    """Raises PublicNumber.DoesNotExist."""
    return numbers_listed().get(uuid=uuid)


def number_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return {row.pk: str(row) for row in numbers_listed().filter(pk__in=list(keys))}


def numbers_of(indicator: int) -> list[int]:
    """Keys of the public numbers of an indicator."""
    return list(PublicNumber.objects.filter(indicator_id=indicator).values_list("pk", flat=True))


def not_public(most: int = 500) -> list[Indicator]:
    """Indicators that no visitor sees, by name."""
    known = PublicNumber.objects.values("indicator_id")
    return list(Indicator.objects.exclude(pk__in=known).order_by("name_folded", "pk")[:most])


def behind(key: int) -> list[Ref]:
    """The indicator of a public number."""
    rows = PublicNumber.objects.filter(pk=key).values_list("indicator_id", flat=True)
    return [Ref("goals", "indicator", found) for found in rows]
