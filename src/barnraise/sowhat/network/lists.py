"""The list of waves."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, figure, when
from barnraise.plumbing.ui.lists import BooleanFilter, Column, DateFilter, Empty, ListPage

from . import facing, policies, selectors


def _asked(row: Any) -> Any:
    return figure(row.member_count, rows=f"{row.get_absolute_url()}#partners")


def _answered(row: Any) -> Any:
    return figure(row.answered_count, rows=f"{row.get_absolute_url()}#partners", of=_("Answered"))


waves = ListPage(
    name="waves",
    kind=selectors.KIND,
    noun=_("wave"),
    noun_plural=_("waves"),
    title=_("Network"),
    intro=_("How partners work with each other: asked in waves, by mail, in our own words, and shown as a map and as numbers."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-begins_on",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="network:begin",
    create_policy=policies.may_edit,
    create_label=_("Begin a wave"),
    empty=Empty(
        _("No wave yet"),
        _(
            "Choose the partners that are asked. Each gets a link by mail and says with whom it works, and how far it trusts them. "
            "What one says of another is shown to nobody; a year later a second wave shows what has changed."
        ),
        ((_("Begin a wave"), "network:begin", policies.may_edit),),
        icon="git-fork",
    ),
    columns=(
        Column("name", _("Wave"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("begins", _("From"), lambda row: day(row.begins_on), lambda row: row.begins_on, sort="begins_on"),
        Column("due", _("Answer until"), lambda row: day(row.due_on), lambda row: row.due_on),
        Column("state", _("State"), facing.state_badge, facing.state_word),
        Column("asked", _("Partners asked"), _asked, lambda row: row.member_count, is_numeric=True),
        Column("answered", _("Answered"), _answered, lambda row: row.answered_count, is_numeric=True),
        Column("about", _("What for"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        BooleanFilter("closed", _("State"), condition=Q(ended_on__isnull=False), yes=_("Closed"), no=_("Answers come in")),
        DateFilter("from", _("From"), field="begins_on"),
    ),
)  # fmt: skip
"""Every wave."""
