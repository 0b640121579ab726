"""The lists of the website's pages and of its public numbers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge, data, figure, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    ListPage,
    PickFilter,
    TextFilter,
)
from barnraise.why.goals.models import Indicator

from . import policies, selectors
from .models import PublicNumber


def _kind(row: Any) -> str:
    model = row.content_type.model_class()
    return capfirst(str(model._meta.verbose_name))


def _state(row: Any) -> str:
    if not row.live:
        return str(_("Draft"))
    return (
        str(_("Changed since it was published"))
        if row.has_unpublished_changes
        else pgettext("page", "Public")
    )


def _state_badge(row: Any) -> Safe:
    if not row.live:
        return badge(_state(row), tone="neutral")
    return badge(_state(row), tone="warning" if row.has_unpublished_changes else "good")


def _changed(row: Any) -> Any:
    return row.latest_revision_created_at


def _when(at: Any) -> Any:
    return when(at) if at else ""


def _visits(row: Any) -> Any:
    return figure(row.visits, rows=f"{selectors.page_address(row.pk)}#visits", rule="sum", of="visits")


def _by(row: PublicNumber) -> str:
    return str(row.by or "")


def _address(row: PublicNumber) -> str:
    return settings.BARNRAISE_URL + row.get_absolute_url()


pages = ListPage(
    name="website_pages",
    kind="wagtailcore.page",
    noun=_("page of the website"),
    noun_plural=_("pages of the website"),
    title=_("Pages of the website"),
    intro=_("Every page in every language: whether everybody can read it, what it serves, and how often it was opened."),
    policy=policies.may_see,
    rows=selectors.pages_for,
    default_sort="-pk",
    prepare=selectors.told_of,
    row_url=lambda row: selectors.page_address(row.pk),
    heading_links=(
        (_("Website"), "site:overview", policies.may_edit),
        (_("Public numbers"), "site:numbers", policies.may_see),
    ),
    empty=Empty(
        _("There is no website yet"),
        _("Begin the website: it makes a home page in each language. Pages and news are written in its editor."),
        ((_("Website"), "site:overview", policies.may_edit),),
        icon="world",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title, sort="title"),
        Column("kind", _("Kind"), _kind, _kind),
        Column("language", _("Language"), lambda row: data(row.locale.get_display_name()), lambda row: row.locale.language_code),
        Column("state", _("State"), _state_badge, _state),
        Column("serves", _("Serves"), lambda row: data(row.serves), lambda row: row.serves),
        Column("visits", _("Visits"), _visits, lambda row: row.visits, is_numeric=True),
        Column("address", _("Address"), lambda row: data(selectors.address_of(row)), selectors.address_of, is_default=False),
        Column("published", _("Published last"), lambda row: _when(row.last_published_at), lambda row: row.last_published_at, is_default=False),
        Column("changed", _("Changed"), lambda row: _when(_changed(row)), _changed, is_default=False),
        Column("number", _("Number in the editor"), lambda row: data(str(row.pk)), lambda row: row.pk, is_default=False),
    ),
    filters=(
        ChoiceFilter("language", _("Language"), options=selectors.page_languages, field="locale_id"),
        ChoiceFilter("kind", _("Kind"), options=selectors.page_kinds, field="content_type_id"),
        BooleanFilter("live", _("State"), condition=Q(live=True), yes=_("Public"), no=_("Draft")),
    ),
)  # fmt: skip
"""Every page, in every language."""

numbers = ListPage(
    name="public_numbers",
    kind=selectors.NUMBER,
    noun=_("public number"),
    noun_plural=_("public numbers"),
    title=_("Public numbers"),
    intro=_("Indicators that everybody may see on the website, and what is said of them there."),
    policy=policies.may_see,
    rows=selectors.numbers_for,
    default_sort="-pk",
    row_url=lambda row: row.indicator.get_absolute_url(),
    create_url_name="site:add_number",
    create_policy=policies.may_publish_numbers,
    create_label=_("Make a number public"),
    heading_links=(
        (_("Website"), "site:overview", policies.may_edit),
        (_("Pages of the website"), "site:pages", policies.may_see),
    ),
    empty=Empty(
        _("No number is public."),
        _("Choose an indicator: everybody may then read it and how it is made. Small values stay hidden."),
        ((_("Make a number public"), "site:add_number", policies.may_publish_numbers),),
        icon="chart-line",
    ),
    columns=(
        Column("indicator", _("Indicator"), lambda row: data(row.indicator.name), lambda row: row.indicator.name),
        Column("about", _("What it says, in plain words"), lambda row: data(row.about), lambda row: row.about),
        Column("by", _("Made public by"), lambda row: data(_by(row)), _by),
        Column("since", _("Public since"), lambda row: when(row.created_at), lambda row: row.created_at),
        Column("address", _("Address"), lambda row: data(_address(row)), _address, is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        PickFilter("indicator", _("Indicator"), field="indicator_id", rows=Indicator.objects.all),
        TextFilter("name", _("Name of the indicator"), field="indicator__name_folded"),
    ),
)  # fmt: skip
"""Every indicator that everybody may see."""
