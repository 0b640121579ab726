"""The lists of decisions and proposals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import el
from barnraise.plumbing.ui.components import data, day, when
from barnraise.plumbing.ui.lists import (
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    ListPage,
    PickFilter,
    TextFilter,
)

from . import facing, policies, selectors
from .models import Decision, Proposal
from .models.proposal import State


def _need(row: Decision) -> str:
    return row.need.title if row.need else ""


decisions = ListPage(
    name="decisions",
    kind=selectors.KIND,
    noun=_("decision"),
    noun_plural=_("decisions"),
    title=_("Decisions"),
    intro=_("What residents and partners settle, and what became of it."),
    policy=policies.may_see,
    rows=selectors.decisions_listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="decisions:add",
    create_policy=policies.may_edit,
    create_label=_("Prepare a question"),
    heading_links=((_("Proposals"), "decisions:proposals", policies.may_see),),
    empty=Empty(
        _("No decisions yet"),
        _(
            "Put a question to residents and partners: they propose, discuss and vote on a public page or by a link of their own, one "
            "voice each. Then say what was decided, which goal or project carries it out, and what became of it."
        ),
        ((_("Prepare a question"), "decisions:add", policies.may_edit),),
        icon="gavel",
    ),
    columns=(
        Column("title", _("Question"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("stage", _("Stage"), facing.stage_badge, lambda row: row.get_stage_display()),
        Column("closes", _("Last day"), lambda row: day(row.closes_on), lambda row: row.closes_on, sort="closes_on"),
        Column("outcome", _("What was decided"), lambda row: data(row.outcome[:120]), lambda row: row.outcome),
        Column("decided", _("Decided on"), lambda row: day(row.decided_on), lambda row: row.decided_on),
        Column("need", _("Need"), lambda row: data(_need(row)), _need),
        Column("became", _("What became of it"), lambda row: data(row.became[:120]), lambda row: row.became, is_default=False),
        Column("code", _("Public address"), lambda row: data(row.code), lambda row: row.code, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        TextFilter("title", _("Question"), field="title_folded"),
        ChoiceFilter("stage", _("Stage"), options=Decision.Stage.choices),
        DateFilter("closes", _("Last day"), field="closes_on"),
    ),
)  # fmt: skip
"""What is settled."""


def _of(row: Proposal) -> str:
    return row.decision.title


def _read_people(rows: list[Proposal]) -> None:
    """Who proposed these, read for all of them at once."""
    known = selectors.proposers(rows)
    for row in rows:
        row.who = known.get(row.respondent)  # type: ignore[attr-defined]


def _who(row: Any) -> str:
    return row.who.title if row.who else ""


def _who_linked(row: Any) -> Any:
    return el("a", data(row.who.title), href=row.who.url) if row.who else ""


proposals = ListPage(
    name="proposals",
    kind=selectors.PROPOSAL,
    noun=_("proposal"),
    noun_plural=_("proposals"),
    title=_("Proposals"),
    intro=_("What was proposed, for whoever reads it before it is shown."),
    policy=policies.may_see,
    rows=selectors.proposals_listed,
    default_sort="-updated_at",
    prepare=_read_people,
    row_url=lambda row: row.get_absolute_url(),
    heading_links=(
        (_("Decisions"), "decisions:list", policies.may_see),
        (_("Comments"), "decisions:comments", policies.may_see),
    ),
    empty=Empty(
        _("No proposals yet"),
        _("They come by the public page, by personal links, from the team, and from files."),
        (
            (_("Decisions"), "decisions:list", policies.may_see),
            (_("Take in a file"), "imports:start", policies.may_edit),
        ),
        icon="bulb",
    ),
    columns=(
        Column("title", _("Proposal"), lambda row: data(row.title), lambda row: row.title),
        Column("state", _("State"), facing.state_badge, lambda row: row.get_state_display()),
        Column("decision", _("Question"), lambda row: data(_of(row)), _of),
        Column("author", _("Proposed by"), lambda row: data(row.author), lambda row: row.author),
        Column("person", _("Who it is in the directory"), _who_linked, _who),
        Column("text", _("More about it"), lambda row: data(row.text[:120]), lambda row: row.text, is_default=False),
        Column("reason", _("Why it is hidden"), lambda row: data(row.reason), lambda row: row.reason, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at"),
    ),
    filters=(
        PickFilter("decision", _("Question"), field="decision_id", rows=Decision.objects.all, title="title", folded="title_folded"),
        ChoiceFilter("state", _("State"), options=State.choices),
    ),
)  # fmt: skip
"""What was proposed."""


comments = ListPage(
    name="proposal_comments",
    kind=selectors.COMMENT,
    noun=_("comment"),
    noun_plural=_("comments"),
    title=_("Comments"),
    intro=_("What was said about proposals, for whoever reads it before it is shown."),
    policy=policies.may_see,
    rows=selectors.comments_listed,
    default_sort="-pk",
    row_url=lambda row: row.proposal.get_absolute_url(),
    heading_links=(
        (_("Decisions"), "decisions:list", policies.may_see),
        (_("Proposals"), "decisions:proposals", policies.may_see),
    ),
    empty=Empty(
        _("No comments yet"),
        _("They come by the public page, by personal links, from the team, and from files."),
        ((_("Decisions"), "decisions:list", policies.may_see),),
        icon="bulb",
    ),
    columns=(
        Column("text", _("Comment"), lambda row: data(row.text[:120]), lambda row: row.text),
        Column("proposal", _("Proposal"), lambda row: data(row.proposal.title), lambda row: row.proposal.title),
        Column("decision", _("Question"), lambda row: data(row.proposal.decision.title), lambda row: row.proposal.decision.title),
        Column("author", _("Said by"), lambda row: data(row.author), lambda row: row.author),
        Column("state", _("State"), facing.state_badge, lambda row: row.get_state_display()),
        Column("reason", _("Why it is hidden"), lambda row: data(row.reason), lambda row: row.reason, is_default=False),
    ),
    filters=(
        PickFilter("proposal", _("Proposal"), field="proposal_id", rows=Proposal.objects.all, title="title", folded="title_folded"),
        ChoiceFilter("state", _("State"), options=State.choices),
    ),
)  # fmt: skip
"""What was said about proposals."""
