"""The list of people: columns, filters, bulk actions."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Download,
    Empty,
    ListPage,
    SubqueryFilter,
    TextFilter,
)
from barnraise.who.communities import selectors as communities

from . import carrying, facing, policies, selectors
from .models import Person
from .selectors import KIND


def prepare(rows: list[Person]) -> None:
    """Hang roles, contacts, communities and tags on the rows of one page: four queries."""
    keys = [row.pk for row in rows]
    roles = selectors.roles_by_person(keys)
    contacts = selectors.contacts_by_person(keys)
    tagged = tags.names_of(KIND, keys)
    places = communities.titles(sorted({row.community_id for row in rows if row.community_id}))
    for row in rows:
        row.shown = {  # type: ignore[attr-defined]
            "roles": roles[row.pk],
            "contacts": contacts[row.pk],
            "community": places.get(row.community_id or 0, ""),
            "tags": [(name, f"?tag={tag}") for tag, name in tagged[row.pk]],
        }


def _shown(row: Any, name: str) -> Any:
    return row.shown[name]


_KINDS: dict[str, Any] = dict(Person.Kind.choices)

people = ListPage(
    name="people",
    kind=KIND,
    noun=_("person"),
    noun_plural=_("people"),
    title=_("People"),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="name_folded",
    downloads=(Download("vcf", _("Address cards (vCard)"), carrying.TYPE, carrying.octets),),
    prepare=prepare,
    row_url=lambda row: row.get_absolute_url(),
    empty=Empty(
        _("No people yet"),
        _("Here stands everyone you know: residents, those who work with partners, volunteers and your own team."),
        icon="users",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.display_name), lambda row: row.display_name, sort="name_folded"),
        Column(
            "family", _("Family name"), lambda row: data(row.family_name), lambda row: row.family_name,
            sort="family_folded", is_default=False,
        ),
        Column("kind", _("Kind"), lambda row: _KINDS.get(row.kind, row.kind), sort="kind"),
        Column("roles", _("Roles"), lambda row: facing.role_cell(_shown(row, "roles")), lambda row: facing.role_text(_shown(row, "roles"))),
        Column(
            "contact", _("Reached by"), lambda row: facing.contact_cell(_shown(row, "contacts")),
            lambda row: facing.contact_text(_shown(row, "contacts")),
        ),
        Column("city", _("City"), lambda row: data(row.city), lambda row: row.city, sort="city"),
        Column("community", _("Community"), lambda row: data(_shown(row, "community")), lambda row: _shown(row, "community"), is_default=False),
        Column(
            "tags", _("Tags"), lambda row: facing.chips(_shown(row, "tags")),
            lambda row: "; ".join(name for name, _href in _shown(row, "tags")),
        ),
        Column(
            "updated", _("Changed"), lambda row: when(row.updated_at),
            lambda row: row.updated_at.isoformat(), sort="updated_at", is_default=False,
        ),
    ),
    filters=(
        TextFilter("name", _("Name contains"), field="name_folded"),
        ChoiceFilter("kind", _("Kind"), options=Person.Kind.choices),
        SubqueryFilter(
            "tag",
            _("Tag"),
            options=lambda: [(tag.pk, tag.name) for tag in tags.all_tags()],
            subquery=lambda choice: tags.tagged(KIND, int(choice)),
            is_all=True,
        ),
        BooleanFilter("email", _("Has an e-mail address"), condition=Q(has_email=True)),
    ),
)  # fmt: skip
"""Who is who."""
