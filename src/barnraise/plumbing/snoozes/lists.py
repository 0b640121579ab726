"""The list of reminders that wait."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import BulkAction, ChoiceFilter, Column, DateFilter, Empty, ListPage
from barnraise.plumbing.ui.sockets import cards

from . import policies, selectors, services
from .models import Snooze


def _titled(rows: list[Any]) -> None:
    titles = selectors.titles_of(rows)
    for row in rows:
        row.title = titles.get(row.ref, "")


def card_title(row: Snooze) -> str:
    """What the card is called, "" for one that is gone."""
    card = cards.find(row.card)
    return str(card.title) if card else ""


def _cards() -> list[tuple[str, Any]]:
    return [(name, card.title) for name, card in cards.items()]


def _wake(rows: Any, *, by: Any, values: Any, change_set: Any) -> int:
    found = list(rows)
    for row in found:
        services.wake(row, by=by)
    return len(found)


snoozes = ListPage(
    name="snoozes",
    kind=selectors.KIND,
    noun=_("snoozed reminder"),
    noun_plural=_("snoozed reminders"),
    title=_("Snoozed reminders"),
    intro=_("What Today says nothing about for now: until when, who said so, and why. It comes back by itself."),
    policy=policies.may_see,
    rows=selectors.listed,
    prepare=_titled,
    default_sort="until",
    row_url=lambda row: reverse("snoozes:one", args=[row.uuid]),
    bulk=(BulkAction("wake", _("Wake"), policies.may_snooze, _wake, icon="bell", can_undo=False),),
    empty=Empty(_("Nothing is snoozed"), _("Every line of Today that asks for something can wait until a day, for a reason. What waits stands here."),
        icon="moon"),
    columns=(
        Column("what", _("What"), lambda row: data(row.title), lambda row: row.title),
        Column("card", _("Card"), card_title, card_title),
        Column("until", _("Until"), lambda row: day(row.until), lambda row: row.until, sort="until"),
        Column("reason", _("Why it can wait"), lambda row: data(row.reason), lambda row: row.reason),
        Column("by", _("Who said so"), lambda row: data(str(row.by or "")), lambda row: str(row.by or "")),
        Column("since", _("Since"), lambda row: when(row.created_at), lambda row: row.created_at, sort="created_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        ChoiceFilter("card", _("Card"), options=_cards),
        DateFilter("until", _("Until"), field="until"),
    ),
)  # fmt: skip
"""What waits."""
