"""Named reads of the website."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Locale, Page

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.plumbing.search import selectors as search
from barnraise.why.goals.models import Indicator

from .models import ContentPage, HomePage, NewsListPage, NewsPage, PageVisits, PublicNumber

NUMBER, VISITS = "site.publicnumber", "site.pagevisits"
PAGES = {"site.contentpage": ContentPage, "site.newspage": NewsPage}
"""Kinds of pages that may serve something."""


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


def numbers_for(actor: Any) -> QuerySet[PublicNumber]:
    """What the list of public numbers shows, to whoever may open it."""
    return PublicNumber.objects.select_related("indicator__objective", "by")


def pages_for(actor: Any) -> QuerySet[Page]:
    """What the list of pages shows, to whoever may open it."""
    return pages_listed().order_by()


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


def pages_listed() -> QuerySet[Page]:
    """Pages of the website in every language, those above first."""
    rows: QuerySet[Page] = Page.objects.filter(depth__gte=2, content_type__app_label="site")
    return rows.select_related("locale", "content_type").order_by("path")


def in_full(rows: QuerySet[Page], most: int) -> list[Any]:
    """The first of these pages, each with the fields of its kind."""
    found: Any = rows
    return list(found.specific()[:most])


def one_page(key: int) -> Page:
    """Raises Page.DoesNotExist."""
    found: Page = pages_listed().get(pk=key)
    return found


def address_of(page: Any, request: Any = None) -> str:
    """The whole address at which everybody reads it; empty while it is a draft."""
    return f"{settings.BARNRAISE_URL}{page.get_url(request)}" if page.live else ""


def page_kinds() -> list[tuple[str, str]]:
    """What kinds of pages there are: key and name."""
    found = ContentType.objects.get_for_models(HomePage, ContentPage, NewsListPage, NewsPage)
    return [(str(one.pk), capfirst(str(model._meta.verbose_name))) for model, one in found.items()]


def page_languages() -> list[tuple[str, str]]:
    """In which languages there are pages: key and name."""
    return [(str(one.pk), one.get_display_name()) for one in Locale.objects.order_by("language_code")]


def told_of(pages: Sequence[Page]) -> None:
    """Set on each what it serves (`serves`, a title), and how often it was opened (`visits`; None where nobody counts). A query for each kind."""
    keys = [row.pk for row in pages]
    refs: dict[int, str] = {}
    for model in PAGES.values():
        refs |= dict(model.objects.filter(pk__in=keys).exclude(cites="").values_list("pk", "cites"))
    titles, visits = search.cited_titles(set(refs.values())), visits_of(keys)
    for row in pages:
        row.serves = titles.get(refs.get(row.pk, ""), "")
        row.visits = visits.get(row.pk, 0 if row.pk in refs else None)


def page_address(key: int) -> str:
    """Where the desk tells of a page and its visits."""
    return reverse("site:page", args=[key])


def serving(ref: Ref, most: int = 2000) -> list[Any]:
    """Pages that serve a thing, the latest first."""
    found: list[Any] = []
    for model in PAGES.values():
        found += model.objects.filter(naming("cites", ref)).order_by("-pk")[:most]
    return sorted(found, key=lambda row: -row.pk)[:most]


def citing(ref: Ref) -> list[Ref]:
    """References of the same, fifty at most."""
    return [Ref("site", row._meta.model_name, row.pk) for row in serving(ref, 50)]


def cited(ref: Ref) -> list[Ref]:
    """What a page serves."""
    rows = PAGES[ref.kind].objects.filter(pk=ref.id).exclude(cites="").values_list("cites", flat=True)
    return [Ref.parse(text) for text in rows]


def visits_of(keys: Sequence[int]) -> dict[int, int]:
    """All visits of each of these pages, by key. One query."""
    return dict(PageVisits.objects.filter(page_id__in=keys).values_list("page_id").annotate(Sum("count")))


def visits_by_month(key: int) -> list[tuple[date, int]]:
    """(first day of the month, visits), the latest first."""
    rows = PageVisits.objects.filter(page_id=key).annotate(month=TruncMonth("on")).values_list("month")
    return list(rows.annotate(many=Sum("count")).order_by("-month"))


def visit_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Page and day by key."""
    rows = PageVisits.objects.filter(pk__in=list(keys)).select_related("page")
    return {row.pk: f"{row.page.title}, {row.on.isoformat()}" for row in rows}


def visits_address(key: int) -> str:
    """Where the desk shows them."""
    page = PageVisits.objects.filter(pk=key).values_list("page_id", flat=True).first()
    return f"{page_address(page or 0)}#visits"


def visited(ref: Ref) -> list[Ref]:
    """The page that was visited."""
    rows = PageVisits.objects.filter(pk=ref.id).values_list("page__content_type__model", "page_id")
    return [Ref("site", model, key) for model, key in rows]
