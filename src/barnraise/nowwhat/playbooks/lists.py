"""The list of playbooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, day, figure, when
from barnraise.plumbing.ui.lists import ChoiceFilter, Column, Empty, ListPage

from . import facing, policies, selectors
from .models import Playbook


@dataclass(frozen=True)
class StateFilter(ChoiceFilter):
    """In use, or retired."""

    def passing(self, value: Any) -> Q:
        """See Filter."""
        found = Q(pk__in=())
        for one in value:
            found |= selectors.in_state(one)
        return found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. A partnership has dozens of playbooks."""
        return None


def _installed(row: Any) -> Any:
    return figure(row.installed, rows=f"{row.get_absolute_url()}#installed")


playbooks = ListPage(
    name="playbooks",
    kind=selectors.KIND,
    noun=_("playbook"),
    noun_plural=_("playbooks"),
    title=_("Playbooks"),
    intro=_("What worked, as a file that another community can install: no people, no amounts, no days of the calendar."),
    policy=policies.may_see,
    rows=selectors.listed,
    default_sort="-updated_at",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="playbooks:take_in",
    create_policy=policies.may_edit,
    create_label=_("Take a playbook in"),
    empty=Empty(
        _("No playbooks yet"),
        _("Open a goal or a project that went well and choose “Make a playbook of it”, or take in a file that another community gave you."),
        ((_("Take a playbook in"), "playbooks:take_in", policies.may_edit),),
        icon="book",
    ),
    columns=(
        Column("title", _("Title"), lambda row: data(row.title), lambda row: row.title, sort="title_folded"),
        Column("state", _("State"), facing.state_badge, facing.state_word),
        Column("way", _("Where it comes from"), lambda row: row.get_way_display(), lambda row: row.get_way_display()),
        Column("installed", _("Installed here"), _installed, lambda row: row.installed, is_numeric=True),
        Column("about", _("What it is about"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("note", _("Our note"), lambda row: data(row.note), lambda row: row.note, is_default=False),
        Column("file", _("File"), lambda row: data(row.file_name), lambda row: row.file_name, is_default=False),
        Column("retired", _("Retired on"), lambda row: day(row.retired_on) if row.retired_on else "", lambda row: row.retired_on, is_default=False),
        Column("digest", _("Digest"), lambda row: data(row.digest), lambda row: row.digest, is_default=False),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
        Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
    ),
    filters=(
        StateFilter("state", _("State"), options=facing.STATES),
        ChoiceFilter("way", _("Where it comes from"), options=Playbook.Way.choices),
    ),
)  # fmt: skip
"""Playbooks."""
