"""The list of promises, with the count of those kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, day, figure, when
from barnraise.plumbing.ui.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    ListView,
    MeantFilter,
)

from . import facing, policies, selectors
from .models import Commitment
from .states import STATES, WERE_DUE


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """By how a promise stands today."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        today = timezone.localdate()
        found = Q(pk__in=())
        for one in value:
            found |= selectors.in_state(one, today)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. Late and kept late are told by comparing two days of a row."""
        return None


def _state(row: Commitment) -> Any:
    return facing.state_badge(row, timezone.localdate())


def _state_text(row: Commitment) -> str:
    return facing.state_word(selectors.state_of(row, timezone.localdate()))


def _taker_text(row: Commitment) -> str:
    return str(row.to_organisation or "")


def _taker(row: Commitment) -> Any:
    return data(_taker_text(row))


def _address(request: HttpRequest, **values: list[str]) -> str:
    query = request.GET.copy()
    for name in ("as", "cursor", "at", "view"):
        query.pop(name, None)
    for name, chosen in values.items():
        query.setlist(name, chosen)
    return f"?{query.urlencode()}"


def _kept(request: HttpRequest, rows: QuerySet[Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    lines = []
    for direction in Commitment.Direction:
        found = selectors.tally_of(rows.filter(direction=direction), today)
        cells = [
            (
                facing.state_word(name),
                figure(
                    getattr(found, name), rows=_address(request, direction=[direction.value], state=[name])
                ),
            )
            for name in STATES
        ]
        due = figure(found.due, rows=_address(request, direction=[direction.value], state=list(WERE_DUE)))
        lines.append(
            {"title": direction.label, "cells": cells, "due": due, "rate": facing.rate_words(found.rate)}
        )
    return {"lines": lines, "heads": [facing.state_word(name) for name in STATES]}


_NOTE = ((_("Note a promise"), "commitments:make", policies.may_edit),)

commitments = ListPage(
    name="commitments",
    kind=selectors.KIND,
    noun=_("promise"),
    noun_plural=_("promises"),
    title=_("Promises"),
    intro=_("What we owe partners, what they owe us, and what they owe each other: by when, and whether it was kept."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-due_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="commitments:make",
    create_policy=policies.may_edit,
    create_label=_("Note a promise"),
    empty=Empty(
        _("No promises yet"),
        _(
            "Note what was promised, by whom and by when: ours to partners as well as theirs to us. Today reminds whoever sees to it, "
            "and the list says how many were kept in time."
        ),
        _NOTE,
        icon="heart-handshake",
    ),
    columns=(
        Column("what", _("What was promised"), lambda row: data(row.what), lambda row: row.what, sort="what_folded"),
        Column("who", _("Who to whom"), facing.parties, facing.parties_text),
        Column("state", _("State"), _state, _state_text),
        Column("due", _("Due on"), lambda row: day(row.due_on), lambda row: row.due_on, sort="due_on"),
        Column("owner", _("Who sees to it"), lambda row: data(str(row.owner)) if row.owner else "", lambda row: str(row.owner or "")),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: row.get_kind_display(), is_default=False),
        Column("direction", _("Who promised"), lambda row: row.get_direction_display(), lambda row: row.get_direction_display(), is_default=False),
        Column("partner", _("Partner"), lambda row: data(str(row.partner or "")), lambda row: str(row.partner or ""), is_default=False),
        Column("to", _("Promised to"), _taker, _taker_text, is_default=False),
        Column("promised", _("Promised on"), lambda row: day(row.promised_on), lambda row: row.promised_on, is_default=False),
        Column("first_due", _("First due on"), lambda row: day(row.first_due_on), lambda row: row.first_due_on, is_default=False),
        Column("settled", _("Settled on"), lambda row: day(row.settled_on) if row.settled_on else "", lambda row: row.settled_on, is_default=False),
        Column("note", _("What came of it"), lambda row: data(row.settled_note), lambda row: row.settled_note, is_default=False),
        Column("detail", _("More about it"), lambda row: data(row.detail), lambda row: row.detail, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        StateFilter("state", _("State"), options=facing.STATES),
        ChoiceFilter("direction", _("Who promised"), options=Commitment.Direction.choices),
        MeantFilter(
            "partner", _("Partner"),
            meant=selectors.meant, nobody=_("There is no promise by or to “%(name)s”."),
        ),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        ChoiceFilter("kind", _("Kind"), options=Commitment.Kind.choices),
        DateFilter("due", _("Due on"), field="due_on"),
        DateFilter("settled", _("Settled on"), field="settled_on"),
    ),
    views=(ListView("kept", _("Kept or not"), "chart-dots", "commitments/kept.html", _kept),),
)  # fmt: skip
"""What was promised."""
