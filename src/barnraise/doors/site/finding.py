"""Search finds the pages of the website and its public numbers, for who may edit them: as they were saved or published last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search.sockets import Document, Documents, documents
from barnraise.plumbing.ui import sockets as ui

from .models import ContentPage, HomePage, NewsListPage, NewsPage
from .policies import may_edit
from .selectors import NUMBER, numbers_listed

PAGES = {
    HomePage: (_("home page"), _("Home pages"), "home"),
    ContentPage: (_("page of the website"), _("Pages of the website"), "world"),
    NewsListPage: (_("list of news"), _("Lists of news"), "news"),
    NewsPage: (_("news"), _("News"), "news"),
}
"""By model: one of it, many of it, its icon."""


def _address(key: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[key])


def _titles(model: Any) -> Any:
    def titles(keys: Sequence[int]) -> Mapping[int, str]:
        return dict(model.objects.filter(pk__in=list(keys)).values_list("pk", "title"))

    return titles


def _read(model: Any) -> Any:
    def read(keys: Sequence[int]) -> Iterable[Document]:
        for row in model.objects.filter(pk__in=list(keys)):
            words = row.body.stream_block.get_searchable_content(row.body)
            text = "\n".join([row.lead, *(strip_tags(str(one)) for one in words)]).strip()
            yield Document(row.pk, row.title, text, visibility="writers")

    return read


def _number_documents(keys: Sequence[int]) -> Iterable[Document]:
    for row in numbers_listed().filter(pk__in=list(keys)):
        yield Document(row.pk, str(row), row.about, visibility="writers")


def plug() -> None:
    """Tell search how they read."""
    for model, (noun, nouns, icon) in PAGES.items():
        kind = model._meta.label_lower
        ui.kinds.plug(kind, ui.Described(noun, _titles(model), _address, may_edit, icon))
        documents.plug(kind, Documents(nouns, _read(model), may_edit))
    documents.plug(NUMBER, Documents(_("Public numbers"), _number_documents, may_edit))
