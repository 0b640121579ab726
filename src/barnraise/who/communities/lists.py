"""The list of communities."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, number, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    ListPage,
    SubqueryFilter,
    TextFilter,
)

from . import policies, selectors
from .figure_lists import figures, measures
from .models import Community
from .selectors import KIND

__all__ = ["communities", "figures", "measures"]


def prepare(rows: list[Community]) -> None:
    """Hang the newest headcount of everyone on the rows of one page: one query."""
    newest = selectors.newest_headcounts([row.pk for row in rows])
    for row in rows:
        row.people = newest.get(row.pk)  # type: ignore[attr-defined]


def _people(row: Community) -> object:
    found = getattr(row, "people", None)
    return number(found.count if found else None)


def _identifiers_text(row: Community) -> str:
    return "; ".join(str(one) for one in row.identifiers.all())


def _identifiers(row: Community) -> object:
    return data(_identifiers_text(row))


communities = ListPage(
    name="communities",
    kind=KIND,
    noun=_("community"),
    noun_plural=_("communities"),
    title=_("Communities"),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="name_folded",
    prepare=prepare,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="communities:create",
    create_policy=policies.may_write,
    create_label=_("Add a community"),
    heading_links=(
        (_("As a tree"), "communities:tree", policies.may_see),
        (_("Figures"), "communities:figures", policies.may_see),
    ),
    empty=Empty(
        _("No communities yet"),
        _(
            "A community is a place or a group of people you serve. Add the first one, then say who serves it."
        ),
        ((_("Add a community"), "communities:create", policies.may_write),),
        icon="map-pin",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column(
            "parent",
            _("Part of"),
            lambda row: data(row.parent.name) if row.parent else "",
            lambda row: row.parent.name if row.parent else "",
        ),
        Column(
            "people",
            _("People"),
            _people,
            lambda row: row.people.count if getattr(row, "people", None) else "",
            is_numeric=True,
        ),
        Column(
            "year",
            _("Year of the count"),
            lambda row: row.people.year if getattr(row, "people", None) else "",
            is_numeric=True,
        ),
        Column("identifiers", _("Identifiers"), _identifiers, _identifiers_text, is_default=False),
        Column(
            "updated",
            _("Changed"),
            lambda row: when(row.updated_at),
            lambda row: row.updated_at.isoformat(),
            sort="updated_at",
            is_default=False,
        ),
    ),
    filters=(
        TextFilter("name", _("Name contains"), field="name_folded"),
        ChoiceFilter("kind", _("Kind"), options=Community.Kind.choices),
        SubqueryFilter(
            "within",
            _("Within"),
            options=selectors.choices,
            subquery=lambda choice: selectors.descendant_keys(int(choice)),
        ),
        BooleanFilter("drawn", _("Has a boundary"), condition=Q(min_lat__isnull=False)),
    ),
)
"""The places and populations served."""
