"""How decisions look, and the addresses by which people take part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.ui.charts import Chart, bars
from barnraise.plumbing.ui.components import badge
from barnraise.plumbing.ui.sockets import kinds
from barnraise.plumbing.ui.values import data

from . import policies, selectors
from .models import Comment, Decision, Proposal
from .models.proposal import State
from .tally import Line

LINK_DAYS = timedelta(days=60)
"""How long a personal link works."""
TONES: Mapping[str, Any] = {"proposing": "accent", "voting": "accent", "decided": "good"}


def stage_badge(row: Decision) -> Safe:
    """Where it stands."""
    return badge(row.get_stage_display(), tone=TONES.get(row.stage, "neutral"))


def state_badge(row: Proposal | Comment) -> Safe:
    """Whether the public sees it."""
    tones: Mapping[str, Any] = {State.WAITING: "warning", State.SHOWN: "good"}
    return badge(row.get_state_display(), tone=tones.get(row.state, "neutral"))


def public_address(row: Decision) -> str:
    """The whole address of the public page."""
    return f"{settings.ENVIRONMENT.url}{reverse('decisions:public', args=[row.code])}"


def personal_address(row: Decision, who: Ref) -> str:
    """A signed link by which one person or organisation takes part."""
    return sign("decisions.voice", Ref.to(row), expires=LINK_DAYS, data={"who": str(who)})


def named(reference: str) -> tuple[str, str]:
    """(title, address) of what a reference names; empty texts when it is gone."""
    if not reference:
        return "", ""
    ref = Ref.parse(reference)
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "") if described else ""
    return (title, described.url(ref.id)) if described and title else ("", "")


def chart(row: Decision, lines: Sequence[Line], proposals: Mapping[int, Proposal]) -> Chart:
    """The result of a vote: a bar for each proposal, and the table with points, voters and rank."""
    unit = _("Points") if row.method == Decision.Method.RANK else _("Votes")
    drawn = bars(
        row.title,
        _("What each proposal got."),
        [(proposals[one.proposal].title, one.points) for one in lines],
        columns=(_("Proposal"), unit),
    )
    cells = [
        (data(proposals[one.proposal].title), one.points, one.voters, el("span", str(one.rank)))
        for one in lines
    ]
    return replace(
        drawn, columns=(_("Proposal"), unit, _("Voters"), _("Rank")), rows=cells, numeric=(1, 2, 3)
    )


def discussion(row: Decision, *, is_public: bool, actor: Any = None) -> list[dict[str, Any]]:
    """Proposals with their comments, as pages show them; for the team with who of the directory proposed it, and with which comments the
    actor may change."""
    proposals = selectors.proposals_of(row, is_public=is_public)
    comments = selectors.comments_of(proposals, is_public=is_public)
    known = {} if is_public else selectors.proposers(proposals)
    return [
        {
            "row": one,
            "is_hidden": one.state == State.HIDDEN,
            "is_waiting": one.state == State.WAITING,
            "state": state_badge(one),
            "who": known.get(one.respondent),
            "comments": [
                {
                    "row": said,
                    "is_hidden": said.state == State.HIDDEN,
                    "state": state_badge(said),
                    "is_waiting": said.state == State.WAITING,
                    "is_mine": not is_public and policies.may_change_comment(actor, said),
                }
                for said in comments[one.pk]
            ],
        }
        for one in proposals
    ]


def person_panel(actor: Any, person: Any) -> Mapping[str, Any] | None:
    """On a person's page: the last proposals they made; None when there are none."""
    rows = list(selectors.proposed_by(Ref.to(person))[:8])
    return {"rows": [(row, state_badge(row)) for row in rows]} if rows else None


def has_panel(actor: Any, person: Any) -> bool:
    """Whether that panel has anything to show."""
    return selectors.has_proposed(Ref.to(person))


def result(row: Decision) -> Chart | None:
    """The chart of the vote, None while there is nothing to show."""
    lines = selectors.lines_of(row)
    if not lines or not any(one.voters for one in lines):
        return None
    return chart(row, lines, {one.pk: one for one in selectors.proposals_of(row)})


def card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: what waits to be read, and what closes or has closed unsettled; None when there is nothing."""
    today = timezone.localdate(now)
    proposals, comments = selectors.waiting()
    rows = [(row, row.closes_on is not None and row.closes_on < today) for row in selectors.urgent(today)]
    if not (proposals or comments or rows):
        return None
    return {"proposals": proposals, "comments": comments, "rows": rows}


def card_lines(context: Mapping[str, Any]) -> int:
    """How many lines that card draws: one each for the proposals and the comments that wait, and one for each decision."""
    return bool(context["proposals"]) + bool(context["comments"]) + len(context["rows"])
