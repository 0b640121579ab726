"""The list of partnerships, with its board and its stakeholder map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import el, join
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.ui.components import data, day, figure, number, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    ListView,
    MeantFilter,
    SubqueryFilter,
)

from . import facing, policies, selectors, services
from .forms import OwnerForm, TagsForm
from .models import Partnership, Stage
from .selectors import Place

BOARD = 25
"""So many cards of one column are drawn; the column's head leads to all of them."""
CARD = (
    "uuid", "stage", "cadence_days", "begun_on", "organisation__name", "person__display_name", "owner__name",
    "owner__email",
)  # fmt: skip
"""What a card shows."""


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


@dataclass(frozen=True)
class SilenceFilter(ChoiceFilter):
    """By how the silence stands with what was agreed."""

    def passing(self, value: Any) -> Q:
        """See Filter. Of rows that were read with what is due, as far as the reader may know."""
        today = timezone.localdate()
        found = Q(pk__in=())
        for one in value:
            found |= selectors.in_silence("" if one == "none" else one, today)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. It is worked out, row by row: a partnership has thousands of partners, not millions."""
        return None


def _rows(actor: Any) -> QuerySet[Partnership]:
    return selectors.with_due(selectors.listed(actor), actor)


def _silence(row: Any) -> Any:
    return facing.silence_badge(facing.silence_of(row, timezone.localdate()))


def _silence_text(row: Any) -> str:
    state = facing.silence_of(row, timezone.localdate()).state or "none"
    return str(dict(facing.SILENCES)[state])


def _due(row: Any) -> Any:
    return facing.silence_of(row, timezone.localdate()).due_on


def _ends(row: Partnership) -> Any:
    return day(row.agreement_ends_on) if row.agreement_ends_on else ""


def _kind(row: Partnership) -> Any:
    return _("Organisation") if row.organisation_id else _("Person")


def prepare(rows: list[Any]) -> None:
    """Hang the tags on the rows of one page: one query."""
    tagged = tags.names_of(selectors.KIND, [row.pk for row in rows])
    for row in rows:
        row.tagged = tagged[row.pk]


def _chips(row: Any) -> Any:
    return el(
        "span",
        *(el("a", data(name), href=f"?tag={key}", class_="chip") for key, name in row.tagged),
        class_="chips",
    )


def _board(request: HttpRequest, rows: QuerySet[Any]) -> Mapping[str, Any]:
    counts, today = selectors.stage_counts(rows), timezone.localdate()
    asked = request.GET.getlist("stage")
    columns = []
    for stage in Stage:
        if asked and stage.value not in asked:
            continue
        there = rows.filter(stage=stage).order_by("-updated_at", "-pk").only(*CARD)
        found = list(there[:BOARD]) if counts.get(stage) else []
        cards = [(row, facing.silence_badge(facing.silence_of(row, today))) for row in found]
        many, where = counts.get(stage, 0), _address(request, {"stage": stage.value})
        spoken = join([el("span", stage.label, ": ", class_="visually-hidden"), number(many)])
        columns.append(
            {
                "title": stage.label,
                "count": figure(many, rows=where, text=spoken),
                "cards": cards,
                "more": counts.get(stage, 0) - len(cards),
                "href": where,
            }
        )
    return {"columns": columns}


def _address(request: HttpRequest, values: Mapping[str, Any]) -> str:
    query = request.GET.copy()
    for name in ("as", "cursor", "at", "view"):
        query.pop(name, None)
    for name, value in values.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _map(request: HttpRequest, rows: QuerySet[Any]) -> Mapping[str, Any]:
    found = selectors.places(rows)

    def address(place: Place) -> str:
        return _address(request, {"influence": place.influence, "interest": place.interest})

    return {
        "drawn": facing.stakeholder_map(found, address),
        "places": [(place, address(place)) for place in found],
        "unrated": selectors.unrated(rows),
        "unrated_url": _address(request, {"rated": "0"}),
    }


LEVELS = tuple((str(level), str(level)) for level in range(5, 0, -1))
_ADD = ((_("Begin a partnership"), "partnerships:begin", policies.may_edit),)

partnerships = ListPage(
    name="partnerships",
    kind=selectors.KIND,
    noun=_("partnership"),
    noun_plural=_("partnerships"),
    title=_("Partnerships"),
    intro=_("With whom we work or want to, how far it has come, who keeps it, and whether anybody has been silent for too long."),
    policy=policies.may_see,
    rows=_rows,
    default_sort="-updated_at",
    prepare=prepare,
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="partnerships:begin",
    create_policy=policies.may_edit,
    create_label=_("Begin a partnership"),
    empty=Empty(
        _("No partnerships yet"),
        _(
            "Begin one with an organisation, or with a leader who has none. Say who keeps it and how often you agreed to speak: "
            "Today reminds them when it has been silent for longer."
        ),
        _ADD,
        icon="heart-handshake",
    ),
    columns=(
        Column("partner", _("Partner"), lambda row: data(str(row)), str),
        Column("with", _("With"), _kind, lambda row: str(_kind(row)), is_default=False),
        Column("stage", _("Stage"), facing.stage_badge, lambda row: row.get_stage_display()),
        Column("since", _("Since"), lambda row: day(row.stage_since_on), lambda row: row.stage_since_on, sort="stage_since_on"),
        Column("owner", _("Owner"), lambda row: data(str(row.owner)) if row.owner else "", lambda row: str(row.owner or "")),
        Column("last", _("Last contact"), lambda row: day(timezone.localdate(row.last_at)) if row.last_at else "", lambda row: row.last_at),
        Column("silence", _("Silence"), _silence, _silence_text),
        Column("due", _("Next contact until"), lambda row: day(_due(row)) if _due(row) else "", _due, is_default=False),
        Column("cadence", _("Contact agreed"), lambda row: facing.cadence_words(row.cadence_days), lambda row: row.cadence_days, is_default=False),
        Column("influence", _("Influence"), lambda row: number(row.influence) if row.influence else "", lambda row: row.influence, is_numeric=True),
        Column("interest", _("Interest"), lambda row: number(row.interest) if row.interest else "", lambda row: row.interest, is_numeric=True),
        Column("tags", _("Tags"), _chips, lambda row: "; ".join(name for _key, name in row.tagged), is_default=False),
        Column("agreed", _("Agreed on"), lambda row: day(row.agreed_on) if row.agreed_on else "", lambda row: row.agreed_on, is_default=False),
        Column("ends", _("Agreement ends on"), _ends, lambda row: row.agreement_ends_on, is_default=False),
        Column("about", _("What it is about"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        MeantFilter(
            "partner", _("Partner"),
            meant=selectors.meant, nobody=_("There is no partner of the name “%(name)s”."),
        ),
        ChoiceFilter("stage", _("Stage"), options=Stage.choices),
        ChoiceFilter("owner", _("Owner"), options=_owners, field="owner_id"),
        SilenceFilter("silence", _("Silence"), options=facing.SILENCES),
        ChoiceFilter("influence", _("Influence"), options=LEVELS),
        ChoiceFilter("interest", _("Interest"), options=LEVELS),
        BooleanFilter("rated", _("Rating"), condition=Q(influence__isnull=False), yes=_("Rated"), no=_("Not rated yet")),
        BooleanFilter("with", _("With"), condition=Q(organisation__isnull=False), yes=_("Organisations"), no=_("Persons")),
        DateFilter("ends", _("Agreement ends on"), field="agreement_ends_on"),
        SubqueryFilter(
            "tag", _("Tag"), options=lambda: [(tag.pk, tag.name) for tag in tags.all_tags()],
            subquery=lambda choice: tags.tagged(selectors.KIND, int(choice)), is_all=True,
        ),
    ),
    bulk=(
        BulkAction(
            "tag", _("Add tags"), policies.may_act_in_bulk, form=TagsForm, icon="tag", verb="partnerships.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.tag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "untag", _("Take tags off"), policies.may_act_in_bulk, form=TagsForm, icon="tag", verb="partnerships.tagged_many",
            apply=lambda rows, *, by, values, change_set: services.untag_together(rows, by=by, change_set=change_set, **values),
        ),
        BulkAction(
            "own", _("Say who keeps the relation"), policies.may_act_in_bulk, form=OwnerForm, icon="user-check",
            verb="partnerships.owned_many",
            apply=lambda rows, *, by, values, change_set: services.own_together(rows, by=by, change_set=change_set, **values),
        ),
    ),
    views=(
        ListView("board", _("Board"), "layout-kanban", "partnerships/board.html", _board),
        ListView("map", _("Stakeholder map"), "chart-dots", "partnerships/map.html", _map),
    ),
)  # fmt: skip
"""With whom we work."""
