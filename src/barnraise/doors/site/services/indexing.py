"""Keep search up to date with the website: Wagtail's editor tells after what it did, services of this room by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from barnraise.plumbing.search import services as search
from barnraise.plumbing.search.models import SearchDocument

from ..models import ContentPage, HomePage, NewsListPage, NewsPage

PAGES = (HomePage, ContentPage, NewsListPage, NewsPage)


def index_pages(pages: Iterable[Any]) -> None:
    """These pages as they are now, in the caller's transaction; others than the website's are left out."""
    for page in pages:
        kind = page.specific_class._meta.label_lower
        if page.specific_class in PAGES:
            search.index(kind, [page.pk])


def index_website() -> None:
    """Every page as it is now; those that are gone go from search. For what may have taken whole branches along."""
    for model in PAGES:
        kind = model._meta.label_lower
        known = SearchDocument.objects.filter(kind=kind).values_list("key", flat=True)
        search.index(kind, {*known, *model.objects.values_list("pk", flat=True)})
