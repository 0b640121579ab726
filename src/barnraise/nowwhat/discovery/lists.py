"""The list of candidates somebody decided about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import data, day, number, when
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, DateFilter, Empty, ListPage, MeantFilter

from . import facing, policies, selectors
from .models import Candidate


def _deciders() -> list[tuple[str, Any]]:
    return [(str(one.pk), AsWritten(str(one))) for one in selectors.deciders()]


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """By how a candidate stands today."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        today = timezone.localdate()
        found = Q(pk__in=())
        for one in value:
            if one == facing.AGAIN:
                found |= selectors.again(today)
            elif one == Candidate.Verdict.NOT_NOW:
                found |= Q(verdict=one, until__gte=today)
            else:
                found |= Q(verdict=one)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. To look at again is told by comparing a day with today."""
        return None


def _state(row: Candidate) -> Any:
    return facing.state_badge(row, timezone.localdate())


def _state_text(row: Candidate) -> str:
    return facing.state_word(row, timezone.localdate())


candidates = ListPage(
    name="candidates",
    kind=selectors.KIND,
    noun=_("candidate"),
    noun_plural=_("candidates"),
    title=_("Candidates decided about"),
    heading_links=((_("Candidates"), "discovery:ranking", policies.may_see),),
    intro=_("Whom we keep in view, whom we put off and until when, whom we approached; and those proposed that nobody decided about yet."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-judged_on",
    row_url=lambda row: row.get_absolute_url(),
    empty=Empty(
        _("Nobody was looked at yet"),
        _(
            "The ranking proposes organisations that are no partners yet, each with its reasons. "
            "Keep one in view, or say “not now” with the reason: it is remembered here."
        ),
        ((_("Open the ranking"), "discovery:ranking", policies.may_see),),
        icon="list-search",
    ),
    columns=(
        Column("organisation", _("Organisation"), lambda row: data(row.organisation.name), lambda row: row.organisation.name),
        Column("state", _("Decision"), _state, _state_text),
        Column("reason", _("Why"), lambda row: data(row.reason), lambda row: row.reason),
        Column("until", _("Not before"), lambda row: day(row.until) if row.until else "", lambda row: row.until, sort="until"),
        Column("score", _("Score then"), lambda row: number(row.score) if row.score is not None else "", lambda row: row.score, sort="score"),
        Column("judged", _("Decided on"), lambda row: day(row.judged_on), lambda row: row.judged_on, sort="judged_on"),
        Column("by", _("Decided by"), lambda row: data(str(row.judged_by)) if row.judged_by else "", lambda row: str(row.judged_by or "")),
        Column("verdict", _("Decision as noted"), lambda row: row.get_verdict_display(), lambda row: row.get_verdict_display(), is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        StateFilter("state", _("Decision"), options=facing.STATES),
        MeantFilter(
            "organisation", _("Organisation"),
            meant=selectors.meant, nobody=_("Nobody decided about “%(name)s”."),
        ),
        ChoiceFilter("by", _("Decided by"), options=_deciders, field="judged_by_id"),
        DateFilter("until", _("Not before"), field="until"),
        DateFilter("judged", _("Decided on"), field="judged_on"),
    ),
)  # fmt: skip
"""Candidates somebody decided about."""
