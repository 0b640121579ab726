"""The pages that editors make: home, page, news."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page

from barnraise.plumbing.links.selectors import CITED
from barnraise.plumbing.search import selectors as search

from ..blocks import Body
from ..menus import frame

RESERVED = frozenset({"get-involved", "numbers", "sign-up"})
"""Addresses below a language that pages of the house have."""
NEWS_EACH = 12
NEWS_HOME = 3


class SitePageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """What the editor asks of a page. What it serves is typed by its title, as on other pages of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "cites" not in self.fields:
            return
        old = self.fields["cites"]
        self.fields["cites"] = forms.CharField(
            label=old.label, help_text=old.help_text, required=False, max_length=300
        )
        self.initial["cites"] = search.cited_title(self.instance.cites)

    def clean_cites(self) -> str:
        """The typed reference of what it serves."""
        text, kept = self.cleaned_data["cites"], self.instance.cites
        if kept and text == search.cited_title(kept):
            return str(kept)
        return search.cited(text, actor=self.for_user, kinds=CITED)

    def clean(self) -> Any:
        """No page hides one of the house."""
        found = super().clean()
        if found.get("slug") in RESERVED and self.parent_page is not None and self.parent_page.depth == 2:
            self.add_error("slug", _now("Barnraise has a page at this address already."))
        return found


class SitePage(Page):  # type: ignore[misc]
    """What all pages have: a lead for the page, search engines and share cards, and a picture."""

    lead = models.CharField(
        _("lead"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences below the title; search engines and shared links show them."),
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("For people who do not see it. A picture without this text is not accepted."),
    )
    body = StreamField(Body(), blank=True, verbose_name=_("content"))
    is_sample = models.BooleanField(default=False, editable=False)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead", widget=AdminAutoHeightTextInput),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("show_in_menus")],
            heading=_("Address and menu"),
        )
    ]
    template = "site/page.html"
    base_form_class = SitePageForm

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A picture says what it shows."""
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": _now("Say what the picture shows.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with menu, languages and what search engines are told."""
        found: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**found, **frame(request, page=self)}


class ServingPage(SitePage):
    """A page that may serve a project or an aim; only then its visits are counted."""

    cites = models.CharField(
        _("serves"),
        max_length=80,
        blank=True,
        help_text=_(
            "The name of the project, objective, goal, need or event it is for. Its visits count among its reach."
        ),
    )

    content_panels: ClassVar[list[Any]] = [*SitePage.content_panels, FieldPanel("cites")]

    class Meta:
        abstract = True


class HomePage(SitePage):
    """The front of the website, one in each language; made by the house, not by hand."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["site.ContentPage", "site.NewsListPage"]
    template = "site/home.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the latest news of its language."""
        rows = NewsPage.objects.descendant_of(self).live().order_by("-published_on", "-pk")
        found = list(rows.select_related("picture")[:NEWS_HOME])
        return {**super().get_context(request, *args, **kwargs), "news": found}

    class Meta:
        verbose_name = _("home page")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Never by hand."""
        return False


class ContentPage(ServingPage):
    """A page about anything."""

    parent_page_types: ClassVar[list[str]] = ["site.HomePage", "site.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["site.ContentPage"]
    template = SitePage.template

    class Meta:
        verbose_name = _("page")
        indexes = [models.Index(fields=["cites"], name="site_pages_citing", condition=~Q(cites=""))]


class NewsListPage(SitePage):
    """News, the latest first."""

    parent_page_types: ClassVar[list[str]] = ["site.HomePage"]
    subpage_types: ClassVar[list[str]] = ["site.NewsPage"]
    template = "site/news_list.html"

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One page of the news; `before` in the address is the number of the page."""
        asked = request.GET.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 10_000 else 1
        rows = NewsPage.objects.child_of(self).live().order_by("-published_on", "-pk")
        start = (number - 1) * NEWS_EACH
        found = list(rows.select_related("picture")[start : start + NEWS_EACH + 1])
        return {
            **super().get_context(request, *args, **kwargs),
            "news": found[:NEWS_EACH],
            "older": number + 1 if len(found) > NEWS_EACH else None,
            "newer": number - 1 if number > 1 else None,
        }


class NewsPage(ServingPage):
    """One piece of news."""

    published_on = models.DateField(_("day"), default=timezone.localdate)

    parent_page_types: ClassVar[list[str]] = ["site.NewsListPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "site/news.html"
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("published_on"),
        *ServingPage.content_panels[len(Page.content_panels) :],
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        indexes = [
            models.Index(fields=["-published_on", "page_ptr"], name="site_news_latest"),
            models.Index(fields=["cites"], name="site_news_citing", condition=~Q(cites="")),
        ]
