"""The list of gives and seeks: columns, filters, bulk actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.foundation.html import el
from barnraise.plumbing.search.selectors import WordsFilter
from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    SubqueryFilter,
)
from barnraise.who.communities import selectors as communities

from . import exchange_words, exchanges, facing, policies, selectors, services
from .models import Concerns, Exchange, Organisation
from .selectors import EXCHANGE_KIND

_KINDS: dict[str, Any] = dict(Exchange.Kind.choices)
_DIRECTIONS: dict[str, Any] = dict(Exchange.Direction.choices)


@dataclass(frozen=True)
class NowFilter(BooleanFilter):
    """Open, valid and in season on the day of asking."""

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """See Filter."""
        now = selectors.holding_now(timezone.localdate())
        return rows.filter(now) if value == "1" else rows.exclude(now)


@dataclass(frozen=True)
class OursFilter(BooleanFilter):
    """What our own organisation gives and seeks, or what all others do."""

    def passing(self, value: Any) -> Q:
        """See Filter. The key of our own is looked up first: the index by organisation has the rest."""
        ours = selectors.own()
        keys = [ours.pk] if ours else []
        return Q(organisation_id__in=keys) if value == "1" else ~Q(organisation_id__in=keys)


def prepare(rows: list[Exchange]) -> None:
    """Hang the communities concerned and the plain document on the rows of one page: one query."""
    concerned = selectors.communities_concerned([row.pk for row in rows])
    today = timezone.localdate()
    for row in rows:
        places = concerned.get(row.pk, [])
        row.shown = {  # type: ignore[attr-defined]
            "communities": [(place.name, place.get_absolute_url()) for place in places],
            "said": selectors.document_of(row, [place.pk for place in places]),
            "today": today,
        }


def _shown(row: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = row.shown
    return found


def _organisation(row: Exchange) -> Any:
    owner: Organisation = row.organisation
    return el("a", owner.name, href=owner.get_absolute_url(), translate="no")


def _concerned(choice: str) -> QuerySet[Any, Any]:
    key = int(choice)
    wanted = {key, *communities.descendant_keys(key)}
    return Concerns.objects.filter(community_id__in=wanted).values("exchange_id")


listed_exchanges = ListPage(
    name="exchanges",
    kind=EXCHANGE_KIND,
    noun=_("give or seek"),
    noun_plural=_("gives and seeks"),
    title=_("Gives and seeks"),
    intro=_("What organisations give and what they seek. What our own organisation seeks are our asks."),
    policy=policies.may_see,
    rows=selectors.exchanges_listed,
    default_sort="what_folded",
    prepare=prepare,
    row_url=lambda row: row.get_absolute_url(),
    empty=Empty(
        _("Nothing is given or sought yet"),
        _("Open an organisation and note what it gives or seeks: money, goods, volunteers, space, expertise or reach."),
        ((_("Choose an organisation"), "organisations:list", policies.may_write),),
        icon="heart-handshake",
    ),
    columns=(
        Column("what", _("What"), lambda row: data(row.what), lambda row: row.what, sort="what_folded"),
        Column("organisation", _("Organisation"), _organisation, lambda row: row.organisation.name),
        Column(
            "direction", _("Direction"), lambda row: _DIRECTIONS[row.direction], lambda row: row.get_direction_display(),
        ),
        Column("kind", _("Kind"), lambda row: _KINDS.get(row.kind, row.kind), lambda row: row.get_kind_display(), sort="kind"),
        Column(
            "amount", pgettext_lazy("exchange", "Amount"), exchange_words.amount,
            lambda row: exchanges.plain_amount(_shown(row)["said"]), is_numeric=True,
        ),
        Column(
            "season", _("Season"), lambda row: exchange_words.season(exchange_words.season_of_row(row)),
            lambda row: exchange_words.season(exchange_words.season_of_row(row)),
        ),
        Column(
            "status", _("Status"), lambda row: exchange_words.state(row, _shown(row)["today"], is_short=True),
            lambda row: row.get_status_display(), sort="status",
        ),
        Column(
            "communities", _("Communities concerned"), lambda row: facing.chips(_shown(row)["communities"]),
            lambda row: "; ".join(name for name, _href in _shown(row)["communities"]), is_default=False,
        ),
        Column(
            "condition", _("Condition"), lambda row: data(row.condition), lambda row: row.condition, is_default=False
        ),
        Column(
            "valid_from", _("From"), lambda row: day(row.valid_from) if row.valid_from else "",
            lambda row: row.valid_from.isoformat() if row.valid_from else "", is_default=False,
        ),
        Column(
            "valid_until", _("Until"), lambda row: day(row.valid_until) if row.valid_until else "",
            lambda row: row.valid_until.isoformat() if row.valid_until else "", sort="valid_until", is_default=False,
        ),
        Column(
            "updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at.isoformat(),
            sort="updated_at", is_default=False,
        ),
    ),
    filters=(
        WordsFilter("what", _("Words"), kind=EXCHANGE_KIND, told_in="what_folded"),
        ChoiceFilter("direction", _("Gives or seeks"), options=Exchange.Direction.choices),
        ChoiceFilter("kind", _("Kind"), options=Exchange.Kind.choices),
        NowFilter("now", _("Open and in season now")),
        ChoiceFilter("status", _("Status"), options=Exchange.Status.choices),
        OursFilter("ours", _("Our own organisation's")),
        SubqueryFilter("community", _("Community concerned"), options=communities.choices, subquery=_concerned),
        ChoiceFilter("by", _("Kind of organisation"), options=Organisation.Kind.choices, field="organisation__kind"),
        DateFilter("until", _("Ends"), field="valid_until"),
    ),
    bulk=(
        BulkAction(
            "end", _("End"), policies.may_act_in_bulk, icon="archive", is_danger=True, verb="organisations.exchanges_ended",
            apply=lambda rows, *, by, values, change_set: services.set_status_together(rows, status="ended", by=by, change_set=change_set),
        ),
        BulkAction(
            "pause", _("Pause"), policies.may_act_in_bulk, icon="player-pause", verb="organisations.exchanges_paused",
            apply=lambda rows, *, by, values, change_set: services.set_status_together(rows, status="paused", by=by, change_set=change_set),
        ),
        BulkAction(
            "open", _("Open again"), policies.may_act_in_bulk, icon="restore", verb="organisations.exchanges_reopened",
            apply=lambda rows, *, by, values, change_set: services.set_status_together(rows, status="open", by=by, change_set=change_set),
        ),
        BulkAction(
            "remove", _("Remove"), policies.may_remove, icon="trash", is_danger=True, verb="organisations.exchanges_removed",
            apply=lambda rows, *, by, values, change_set: services.remove_exchanges_together(rows, by=by, change_set=change_set),
        ),
    ),
)  # fmt: skip
"""What is given and sought."""
