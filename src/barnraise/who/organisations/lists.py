"""The list of organisations: columns, filters, bulk actions, and the map of the same selection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.imports.policies import may_import
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Empty,
    ListPage,
    ListView,
    SubqueryFilter,
    TextFilter,
)
from barnraise.plumbing.ui.lists.keeping import views_of
from barnraise.who.communities import selectors as communities
from barnraise.who.communities.policies import may_load_postcodes

from . import identifiers, policies, sectors, selectors, services
from .columns import COLUMNS, prepare
from .models import Identifier, Organisation, Sector, Serves, Source
from .selectors import KIND, mapping


class TagsForm(Form):
    """Which tags."""

    names = forms.CharField(
        label=_("Tags"), max_length=600, help_text=_("Free labels with commas between them.")
    )

    def clean_names(self) -> list[str]:
        """The names."""
        return [name for name in (part.strip() for part in self.cleaned_data["names"].split(",")) if name]


class CommunityForm(Form):
    """Which community."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["community"]
        field.choices = communities.choices()


def _asked(request: HttpRequest) -> QueryDict:
    """The filters of the list as an address has them; of the saved view when one is shown."""
    wanted = request.GET.get("view", "")
    kept = (
        views_of(organisations, request.user).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    )
    query = QueryDict(kept.query, mutable=True) if kept else request.GET.copy()
    for name in ("as", "view", "box", "zoom", "cursor", "at", "clear"):
        query.pop(name, None)
    return query


def _map(request: HttpRequest, rows: QuerySet[Any]) -> Mapping[str, Any]:
    query = _asked(request)
    beside = query.copy()
    beside["placed"] = "0"
    box = mapping.extent(rows)
    return {
        "points": f"{reverse('organisations:points')}?{query.urlencode()}",
        "beside": f"?{beside.urlencode()}",
        "box": f"{box.south},{box.west},{box.north},{box.east}" if box else "",
        "unplaced": mapping.unplaced(rows),
        "postcodes": reverse("communities:postcodes") if may_load_postcodes(request.user) else "",
        "near": list(rows.filter(lat__isnull=False).order_by("name_folded", "pk")[:50]),
        "tiles": communities.tiles(),
    }


def _with_sector(choice: str) -> QuerySet[Any, Any]:
    scheme, _colon, code = choice.partition(":")
    rows = Sector.objects.filter(scheme=scheme)
    found = sectors.SECTOR_SCHEMES.get(scheme)
    start = code.rstrip("0") or code
    # A stretch of the index; LIKE would read every code of the scheme.
    narrowed = (
        rows.filter(code__gte=start, code__lt=start + "\U0010ffff")
        if found and found.is_prefixed
        else rows.filter(code=code)
    )
    return narrowed.values("organisation_id")


def _serving(choice: str) -> QuerySet[Any, Any]:
    key = int(choice)
    return Serves.objects.filter(community_id__in={key, *communities.descendant_keys(key)}).values(
        "organisation_id"
    )


def _named(text: str, most: int) -> list[int] | None:
    return search.holding(text, kind=KIND, most=most)


def _sources() -> list[tuple[int, Any]]:
    return list(Source.objects.order_by("-pk").values_list("pk", "name")[:200])


organisations = ListPage(
    name="organisations",
    kind=KIND,
    noun=_("organisation"),
    noun_plural=_("organisations"),
    title=_("Organisations"),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="name_folded",
    prepare=prepare,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="organisations:create",
    create_policy=policies.may_write,
    create_label=_("Add an organisation"),
    empty=Empty(
        _("No organisations yet"),
        _("Here stands everyone who could be a partner: import a register or your own spreadsheet, or add the first one."),
        (
            (_("Take in a file"), "imports:start", may_import),
            (_("Add an organisation"), "organisations:create", policies.may_write),
        ),
        icon="building",
    ),
    columns=COLUMNS,
    filters=(
        TextFilter("name", _("Name contains"), field="name_folded", finder=_named),
        ChoiceFilter("kind", _("Kind"), options=Organisation.Kind.choices),
        SubqueryFilter("sector", _("Sector"), options=sectors.choices, subquery=_with_sector),
        SubqueryFilter("community", _("Serves"), options=communities.choices, subquery=_serving),
        SubqueryFilter(
            "tag",
            _("Tag"),
            options=lambda: tags.all_tags().values_list("pk", "name"),
            subquery=lambda choice: tags.tagged(KIND, int(choice)),
            is_all=True,
        ),
        TextFilter("city", _("City starts with"), field="city", starts=True, is_folded=False),
        TextFilter("region", _("State or region starts with"), field="region", starts=True, is_folded=False),
        BooleanFilter("placed", _("On the map"), condition=Q(lat__isnull=False)),
        SubqueryFilter(
            "scheme",
            _("Has an identifier"),
            options=[(code, found.label) for code, found in identifiers.SCHEMES.items()],
            subquery=lambda choice: Identifier.objects.filter(scheme=choice).values("organisation_id"),
        ),
        ChoiceFilter("status", _("Status"), options=Organisation.Status.choices),
        ChoiceFilter("source", _("Source"), options=_sources, field="source_id"),
    ),
    bulk=(
        BulkAction(
            "tag", _("Add tags"), policies.may_act_in_bulk, form=TagsForm, icon="tag", verb="organisations.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.tag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "untag", _("Take tags off"), policies.may_act_in_bulk, form=TagsForm, icon="tag", verb="organisations.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.untag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "serve", _("Note a community they serve"), policies.may_act_in_bulk, form=CommunityForm, icon="map-pin", verb="organisations.served_many",
            apply=lambda rows, *, by, values, change_set: services.serve_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "close", _("Mark as closed"), policies.may_act_in_bulk, icon="archive", is_danger=True, verb="organisations.closed_many",
            apply=lambda rows, *, by, values, change_set: services.close_together(rows, by=by, change_set=change_set),
        ),
        BulkAction(
            "remove", _("Remove"), policies.may_remove, icon="trash", is_danger=True, verb="organisations.removed_many",
            apply=lambda rows, *, by, values, change_set: services.remove_together(rows, by=by, change_set=change_set),
        ),
    ),
    views=(ListView("map", _("Map"), "map", "organisations/list_map.html", _map),),
)  # fmt: skip
"""Who is in the community."""
