"""The list of short links."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import data, figure, when
from barnraise.plumbing.ui.lists import BooleanFilter, Column, Empty, ListPage

from . import facing, policies, selectors
from .models import ShortLink


def _rows(actor: Any) -> QuerySet[ShortLink]:
    return selectors.short_links()


def _prepare(rows: list[Any]) -> None:
    """Visits and what they serve, for the whole page at once."""
    visits = selectors.visits_of(rows)
    titles = search.cited_titles([row.cites for row in rows])
    for row in rows:
        row.visit_count, row.serves = visits.get(row.pk, 0), titles.get(row.cites, "")


def _visits(row: Any) -> Any:
    return figure(row.visit_count, rows=f"{row.get_absolute_url()}#channels", rule="sum", of="visits")


short_links = ListPage(
    name="short_links",
    kind=selectors.KIND,
    noun=_("short link"),
    noun_plural=_("short links"),
    title=_("Short links"),
    intro=_("For flyers, posts and newsletters: each counts its visits by day and channel, without cookies and without keeping addresses."),
    policy=policies.may_see,
    rows=_rows,
    default_sort="-updated_at",
    prepare=_prepare,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="links:create",
    create_policy=policies.may_create,
    create_label=_("New short link"),
    empty=Empty(
        _("No short links yet"),
        _("A short link leads from a flyer, a post or a newsletter to a page, and counts how many came from where. Its QR code is ready to print."),
        ((_("New short link"), "links:create", policies.may_create),),
        icon="link",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title),
        Column("code", _("Code"), lambda row: data(f"/l/{row.code}"), lambda row: f"/l/{row.code}", sort="code"),
        Column("target", _("Leads to"), lambda row: data(row.target[:60]), lambda row: row.target),
        Column("serves", _("Serves"), lambda row: data(row.serves), lambda row: row.serves),
        Column("channels", _("Channels"), lambda row: data(", ".join(row.channels)), lambda row: ", ".join(row.channels), is_default=False),
        Column("visits", _("Visits"), _visits, lambda row: row.visit_count, is_numeric=True),
        Column("state", _("State"), facing.state_badge, facing.state_word),
        Column("by", _("Made by"), lambda row: data(row.created_by or ""), lambda row: str(row.created_by or ""), is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
    ),
    filters=(
        search.WordsFilter("words", _("Words"), kind=selectors.KIND),
        BooleanFilter("ended", _("Ended"), condition=Q(ended_at__isnull=False)),
        BooleanFilter("serving", _("Serves something"), condition=~Q(cites="")),
    ),
)  # fmt: skip
"""All short links."""
