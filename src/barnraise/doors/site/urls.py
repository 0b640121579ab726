from __future__ import annotations

from typing import Any

from django.urls import URLResolver, include, path, re_path

from barnraise.plumbing.ui.pages import page

from . import lists, public, ranges, views
from .editor import editor_urls
from .languages import LanguagePrefix
from .policies import may_read

EDITOR = "site/edit/"
"""Below it stand Wagtail's own pages, with a Content-Security-Policy of their own."""

prefix = ""
_language: Any = LanguagePrefix()
_house: Any = (
    [
        path("site/", views.overview, name="overview"),
        path("site/begin", views.begin, name="begin"),
        path("site/open", views.opened, name="open"),
        path("site/close", views.shut, name="close"),
        path("site/pages/", lists.pages.view, name="pages"),
        path("site/numbers/", lists.numbers.view, name="numbers"),
        path("site/numbers/add/", views.add_number, name="add_number"),
        path("site/numbers/<uuid:uuid>/end", views.end_number, name="end_number"),
        path("site/numbers/<uuid:uuid>/change/", views.change_number, name="change_number"),
        path("site/pages/<int:key>/", views.page_told, name="page"),
        path("sitemap.xml", public.sitemap, name="sitemap"),
        path("pictures/<path:path>", public.picture, name="picture"),
        path("share/<slug:language>/<int:key>.png", public.share_card, name="share_card"),
        URLResolver(
            _language,
            [
                path("numbers/<uuid:uuid>/", public.number, name="number"),
                path("get-involved/", public.involved, name="involved"),
                path("sign-up/<uuid:uuid>/", public.sign_up, name="sign_up"),
            ],
        ),
    ],
    "site",
)
urlpatterns = [
    path(EDITOR, include(editor_urls())),
    path("", include(_house)),
    path(
        "documents/<int:document_id>/<path:document_filename>",
        page(may_read)(ranges.document),
        name="wagtaildocs_serve",
    ),
    URLResolver(_language, [re_path(r"^(?P<path>(?:[\w\-]+/)*)$", public.show, name="wagtail_serve")]),
]
