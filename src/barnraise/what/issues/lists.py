"""The list of concerns, with the count of those answered within their clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, figure, when
from barnraise.plumbing.ui.lists import (
    ChoiceFilter,
    Column,
    Empty,
    InstantFilter,
    ListPage,
    ListView,
    MeantFilter,
)

from . import facing, policies, selectors
from .clock import SEVERITIES, STANDINGS
from .models import Issue


def _owners() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.owners()]


@dataclass(frozen=True)
class ClockFilter(ChoiceFilter):
    """By how the clock stands now."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        now, found = timezone.now(), Q(pk__in=())
        for one in value:
            found |= selectors.by_standing(one, now)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. In time and late are told by comparing two instants of a row."""
        return None


def _address(request: HttpRequest, **values: list[str]) -> str:
    query = request.GET.copy()
    for name in ("as", "cursor", "at", "view"):
        query.pop(name, None)
    for name, chosen in values.items():
        query.setlist(name, chosen)
    return f"?{query.urlencode()}"


def _clocks(request: HttpRequest, rows: QuerySet[Any]) -> Mapping[str, Any]:
    found = selectors.tally_of(rows, timezone.now())
    lines = []
    for severity in SEVERITIES:
        counts = {name: found.get((severity, name), 0) for name in STANDINGS}
        cells = [
            (
                facing.standing_word(name),
                figure(counts[name], rows=_address(request, severity=[severity], clock=[name])),
            )
            for name in STANDINGS
        ]
        lines.append({"title": Issue.Severity(severity).label, "cells": cells})
    return {
        "clocks": facing.terms_words(),
        "lines": lines,
        "heads": [facing.standing_word(name) for name in STANDINGS],
    }


def _state(row: Issue) -> Any:
    return facing.state_badge(row, timezone.now())


def _clock(row: Issue) -> Any:
    return facing.clock_badge(row, timezone.now())


def _clock_text(row: Issue) -> str:
    return facing.standing_word(selectors.standing_of(row, timezone.now()))


def _text(name: str) -> Any:
    return lambda row: str(getattr(row, name) or "")


def _written(name: str) -> Any:
    return lambda row: data(str(getattr(row, name) or ""))


def _instant(name: str) -> Any:
    return lambda row: when(getattr(row, name)) if getattr(row, name) else ""


def _yes_no(value: bool) -> str:
    return str(_("Yes") if value else _("No"))


_NOTE = ((_("Note a concern"), "issues:bring", policies.may_edit),)

issues = ListPage(
    name="issues",
    kind=selectors.KIND,
    noun=_("concern"),
    noun_plural=_("concerns"),
    title=_("Concerns"),
    intro=_("What residents, partners and the team are worried about: until when an answer is owed, what was answered, what came of it."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-raised_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="issues:bring",
    create_policy=policies.may_edit,
    create_label=_("Note a concern"),
    empty=Empty(
        _("No concerns yet"),
        _(
            "Residents raise a concern on its public page, without an account; partners and the team note theirs here. Each has a clock "
            "by how severe it is, and Today reminds whoever sees to it before an answer is owed."
        ),
        _NOTE,
        icon="message-question",
    ),
    columns=(
        Column("what", _("The concern"), _written("what"), _text("what"), sort="what_folded"),
        Column("who", _("From whom"), facing.who, facing.who_text),
        Column("severity", _("Severity"), facing.severity_badge, lambda row: row.get_severity_display()),
        Column("state", _("State"), _state, lambda row: row.get_state_display()),
        Column("raised", _("Raised"), _instant("raised_at"), lambda row: row.raised_at, sort="raised_at"),
        Column("owner", _("Who sees to it"), _written("owner"), _text("owner")),
        Column("clock", _("Clock"), _clock, _clock_text, is_default=False),
        Column("owed", _("Owed by"), _instant("answer_by"), lambda row: row.answer_by, sort="answer_by", is_default=False),
        Column("answered", _("Answered"), _instant("answered_at"), lambda row: row.answered_at, is_default=False),
        Column("ended", _("Ended"), _instant("ended_at"), lambda row: row.ended_at, is_default=False),
        Column("outcome", _("What came of it"), _written("outcome"), _text("outcome"), is_default=False),
        Column("origin", _("Who raised it"), lambda row: row.get_origin_display(), lambda row: row.get_origin_display(), is_default=False),
        Column("organisation", _("Organisation"), _written("organisation"), _text("organisation"), is_default=False),
        Column("about", _("About"), _written("about"), _text("about"), is_default=False),
        Column("name", _("Name"), _written("asker_name"), _text("asker_name"), is_default=False),
        Column("email", _("E-mail"), _written("asker_email"), _text("asker_email"), is_default=False),
        Column("detail", _("More about it"), _written("detail"), _text("detail"), is_default=False),
        Column(
            "confidential", _("Confidential"), lambda row: _yes_no(row.is_confidential), lambda row: row.is_confidential, is_default=False,
        ),
        Column("updated", _("Changed"), _instant("updated_at"), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), _written("uuid"), _text("uuid"), is_default=False),
    ),
    filters=(
        ChoiceFilter("state", _("State"), options=Issue.State.choices),
        ClockFilter("clock", _("Clock"), options=facing.STANDINGS),
        ChoiceFilter("severity", _("Severity"), options=Issue.Severity.choices),
        ChoiceFilter("origin", _("Who raised it"), options=Issue.Origin.choices),
        MeantFilter(
            "partner", _("Partner"), meant=selectors.meant, nobody=_("There is no concern by or about “%(name)s”.")
        ),
        ChoiceFilter("owner", _("Who sees to it"), options=_owners, field="owner_id"),
        InstantFilter("raised", _("Raised"), field="raised_at"),
    ),
    views=(ListView("clocks", _("In time or not"), "chart-dots", "issues/clocks.html", _clocks),),
)  # fmt: skip
"""What was raised."""
