"""The list of people: columns, filters, bulk actions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    Download,
    Empty,
    ListPage,
    SubqueryFilter,
    TextFilter,
)
from barnraise.who.communities import selectors as communities

from . import carrying, choosing, facing, policies, selectors, services
from .filtering import LEADER_OPTIONS, BelongsTo, Leads, TermEnds, WorksWith
from .forms import CommunityForm, OwnerForm, TagsForm
from .models import Person
from .selectors import KIND


def prepare(rows: list[Person]) -> None:
    """Hang roles, contacts, leaderships, communities, owners and tags on the rows of one page: six queries."""
    keys = [row.pk for row in rows]
    roles = selectors.roles_by_person(keys)
    contacts = selectors.contacts_by_person(keys)
    leading = selectors.leaderships_by_person(keys)
    tagged = tags.names_of(KIND, keys)
    places = communities.titles(sorted({row.community_id for row in rows if row.community_id}))
    owners = Account.objects.in_bulk({row.owner_id for row in rows if row.owner_id})
    today = timezone.localdate()
    for row in rows:
        row.shown = {  # type: ignore[attr-defined]
            "roles": roles[row.pk],
            "contacts": contacts[row.pk],
            "leads": leading[row.pk],
            "today": today,
            "community": places.get(row.community_id or 0, ""),
            "owner": str(owners[row.owner_id]) if row.owner_id in owners else "",
            "tags": [(name, f"?tag={tag}") for tag, name in tagged[row.pk]],
        }


def _shown(row: Any, name: str) -> Any:
    return row.shown[name]


_KINDS: dict[str, Any] = dict(Person.Kind.choices)
_LANGUAGES: dict[str, str] = dict(settings.LANGUAGES)

_COLUMNS = (
    Column("name", _("Name"), lambda row: data(row.display_name), lambda row: row.display_name, sort="name_folded"),
    Column(
        "family", _("Family name"), lambda row: data(row.family_name), lambda row: row.family_name,
        sort="family_folded", is_default=False,
    ),
    Column(
        "given", _("Given name"), lambda row: data(row.given_name), lambda row: row.given_name, is_default=False,
    ),
    Column("kind", _("Kind"), lambda row: _KINDS.get(row.kind, row.kind), sort="kind"),
    Column(
        "roles", _("Roles"), lambda row: facing.role_cell(_shown(row, "roles")),
        lambda row: facing.role_text(_shown(row, "roles")),
    ),
    Column(
        "contact", _("Reached by"), lambda row: facing.contact_cell(_shown(row, "contacts")),
        lambda row: facing.contact_text(_shown(row, "contacts")),
    ),
    Column(
        "email", _("E-mail"), lambda row: data(facing.contact_text(_shown(row, "contacts"), "email")),
        lambda row: facing.contact_text(_shown(row, "contacts"), "email"), is_default=False,
    ),
    Column(
        "leads", _("Leads"), lambda row: facing.leader_cell(_shown(row, "leads"), _shown(row, "today")),
        lambda row: facing.leader_text(_shown(row, "leads")), is_default=False,
    ),
    Column("city", _("City"), lambda row: data(row.city), lambda row: row.city, sort="city"),
    Column(
        "community", _("Community"), lambda row: data(_shown(row, "community")),
        lambda row: _shown(row, "community"), is_default=False,
    ),
    Column(
        "owner", _("Who keeps the relation"), lambda row: data(_shown(row, "owner")),
        lambda row: _shown(row, "owner"), is_default=False,
    ),
    Column(
        "language", _("Preferred language"), lambda row: data(_LANGUAGES.get(row.language, "")),
        lambda row: row.language, is_default=False,
    ),
    Column(
        "tags", _("Tags"), lambda row: facing.chips(_shown(row, "tags")),
        lambda row: "; ".join(name for name, _href in _shown(row, "tags")),
    ),
    Column("status", _("Status"), lambda row: row.get_status_display(), is_default=False),
    Column(
        "updated", _("Changed"), lambda row: when(row.updated_at),
        lambda row: row.updated_at.isoformat(), sort="updated_at", is_default=False,
    ),
)  # fmt: skip


def _named(text: str, most: int) -> list[int] | None:
    return search.holding(text, kind=KIND, most=most)


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
    create_url_name="people:create",
    create_policy=policies.may_write,
    create_label=_("Add a person"),
    heading_links=(
        (_("Likely duplicates"), "people:duplicates", policies.may_merge),
        (_("Custom fields"), "people:fields", policies.may_shape),
    ),
    empty=Empty(
        _("No people yet"),
        _("Here stands everyone you know: residents, those who work with partners, volunteers and your own team. "
          "Take in your spreadsheet or address book, or add the first one."),
        (
            (_("Add a person"), "people:create", policies.may_write),
            (_("Take in a file"), "imports:start", policies.may_act_in_bulk),
        ),
        icon="users",
    ),
    columns=_COLUMNS,
    filters=(
        TextFilter("name", _("Name contains"), field="name_folded", finder=_named),
        ChoiceFilter("kind", _("Kind"), options=Person.Kind.choices),
        WorksWith("organisation", _("Works with (name begins)"), starts=True),
        BelongsTo("community", _("Community"), options=communities.choices, field="community_id"),
        SubqueryFilter(
            "tag",
            _("Tag"),
            options=lambda: [(tag.pk, tag.name) for tag in tags.all_tags()],
            subquery=lambda choice: tags.tagged(KIND, int(choice)),
            is_all=True,
        ),
        ChoiceFilter("owner", _("Who keeps the relation"), options=choosing.team, field="owner_id"),
        Leads("leads", _("Leads"), options=LEADER_OPTIONS),
        TermEnds("term", _("Term ends")),
        ChoiceFilter(
            "language", _("Preferred language"),
            options=[(code, AsWritten(name)) for code, name in settings.LANGUAGES],
        ),
        BooleanFilter("email", _("Has an e-mail address"), condition=Q(has_email=True)),
        ChoiceFilter("status", _("Status"), options=Person.Status.choices),
        TextFilter("city", _("City starts with"), field="city", starts=True, is_folded=False),
    ),
    bulk=(
        BulkAction(
            "tag", _("Add tags"), policies.may_act_in_bulk, form=TagsForm, icon="tag", verb="people.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.tag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "untag", _("Take tags off"), policies.may_act_in_bulk, form=TagsForm, icon="tag", verb="people.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.untag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "own", _("Say who keeps the relation"), policies.may_act_in_bulk, form=OwnerForm, icon="user-check",
            verb="people.owned_many",
            apply=lambda rows, *, by, values, change_set: services.own_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "place", _("Note their community"), policies.may_act_in_bulk, form=CommunityForm, icon="map-pin",
            verb="people.placed_many",
            apply=lambda rows, *, by, values, change_set: services.place_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "retire", _("Mark as no longer involved"), policies.may_act_in_bulk, icon="archive", is_danger=True,
            verb="people.retired_many",
            apply=lambda rows, *, by, values, change_set: services.retire_together(rows, by=by, change_set=change_set),
        ),
        BulkAction(
            "remove", _("Remove"), policies.may_remove, icon="trash", is_danger=True, verb="people.removed_many",
            apply=lambda rows, *, by, values, change_set: services.remove_together(rows, by=by, change_set=change_set),
        ),
    ),
)  # fmt: skip
"""Who is who."""
