"""The list of budget moves."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_precision
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, money
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, Empty, ListPage, PickFilter
from barnraise.what.projects.models import Project

from . import facing, policies, selectors
from .models import Move, Revision


def _major(row: Move) -> Decimal:
    return Decimal(row.amount).scaleb(-get_currency_precision(row.project.currency))


def _state(row: Move) -> str:
    return str(row.revision.get_state_display())


moves = ListPage(
    name="budget_moves",
    kind=selectors.MOVE,
    noun=_("budget move"),
    noun_plural=_("budget moves"),
    title=_("Budget moves"),
    intro=_("Money that plan revisions take from one budget line and give to another; it moves when the revision is approved."),
    policy=policies.may_see,
    rows=selectors.moves,
    default_sort="-pk",
    row_url=lambda row: f"{row.revision.get_absolute_url()}#money",
    heading_links=((_("Plan revisions"), "adaptation:revisions", policies.may_see),),
    empty=Empty(
        _("No money has been moved yet"),
        _("Revise the plan of a project, and say on the page of the revision from which line to which one money moves."),
        ((_("Revise a plan"), "adaptation:add_revision", policies.may_edit),),
        icon="git-branch",
    ),
    columns=(
        Column("revision", _("Plan revision"), lambda row: data(row.revision.title), lambda row: row.revision.title),
        Column("state", _("State"), lambda row: facing.revision_badge(row.revision), _state),
        Column("project", _("Project"), lambda row: data(row.project.name), lambda row: row.project.name),
        Column("from", _("From the line"), lambda row: data(row.taken_from.name), lambda row: row.taken_from.name),
        Column("to", _("To the line"), lambda row: data(row.given_to.name), lambda row: row.given_to.name),
        Column("amount", _("Amount"), lambda row: money(row.amount, row.project.currency), _major, is_numeric=True),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        PickFilter("project", _("Project"), rows=Project.objects.all, field="project_id"),
        ChoiceFilter("state", _("State"), options=Revision.State.choices, field="revision__state"),
    ),
)  # fmt: skip
"""Budget moves."""
