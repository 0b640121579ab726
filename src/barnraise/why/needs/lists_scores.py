"""The list of scores: how raters put needs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, number
from barnraise.plumbing.ui.lists import BooleanFilter, Column, Empty, ListPage, PickFilter, TextFilter

from . import facing, policies, selectors
from .hanlon import PEARL
from .models import Cycle, Need, Score
from .models.need import LETTERS

REFUSED = Q(*((letter, False) for letter in PEARL), _connector=Q.OR)


def _scores(actor: Any) -> QuerySet[Score]:
    rows = Score.objects.select_related("need__community", "need__cycle")
    return rows.defer("need__community__boundary", "need__cycle__community")


def _place(row: Score) -> str:
    return row.need.community.name if row.need.community else ""


def _cycle(row: Score) -> str:
    return row.need.cycle.name if row.need.cycle else ""


def _refused(row: Score) -> str:
    return facing.letters_of(row)


def _letter(name: str) -> Column:
    def said(row: Score) -> str:
        return str(_("Yes") if getattr(row, name) else _("No"))

    return Column(name, LETTERS[name], said, said, is_default=False)


def _component(name: str, title: Any) -> Column:
    return Column(
        name,
        title,
        lambda row: number(getattr(row, name)),
        lambda row: getattr(row, name),
        sort=name,
        is_numeric=True,
    )


scores = ListPage(
    name="scores",
    kind=selectors.SCORE,
    noun=_("score"),
    noun_plural=_("scores"),
    title=_("Scores"),
    intro=_("How each rater put each need: what the order of an assessment is counted from."),
    policy=policies.may_see,
    rows=_scores,
    default_sort="-updated_at",
    row_url=lambda row: f"{row.need.get_absolute_url()}#scores",
    heading_links=(
        (_("Needs"), "needs:list", policies.may_see),
        (_("Assessments"), "needs:cycles", policies.may_see),
    ),
    empty=Empty(
        _("No scores yet"),
        _("Open a need and score it: how large it is, how serious, and how well what can be done works. Files bring scores too."),
        (
            (_("Needs"), "needs:list", policies.may_see),
            (_("Take in a file"), "imports:start", policies.may_edit),
        ),
        icon="scale",
    ),
    columns=(
        Column("need", _("Need"), lambda row: data(row.need.title), lambda row: row.need.title),
        Column("community", _("Community"), lambda row: data(_place(row)), _place, is_default=False),
        Column("cycle", _("Assessment"), lambda row: data(_cycle(row)), _cycle),
        Column("rater", _("Rater"), lambda row: data(row.rater), lambda row: row.rater, sort="rater_folded"),
        _component("size", _("Size")),
        _component("seriousness", _("Seriousness")),
        _component("effectiveness", _("Effectiveness")),
        Column("refused", _("PEARL: no"), _refused, _refused),
        *(_letter(name) for name in PEARL),
        Column("reason", _("Why not"), lambda row: data(row.reason), lambda row: row.reason),
        Column("updated", _("Changed"), lambda row: day(row.updated_at.date()), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        PickFilter("cycle", _("Assessment"), field="need__cycle_id", rows=Cycle.objects.all),
        PickFilter("need", _("Need"), field="need_id", rows=Need.objects.all, title="title", folded="title_folded"),
        TextFilter("rater", _("Rater"), field="rater_folded", starts=True),
        BooleanFilter("refused", _("PEARL"), condition=REFUSED, yes=_("with a no"), no=_("without a no")),
    ),
)  # fmt: skip
"""How raters put needs."""
