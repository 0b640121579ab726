"""The list of audiences, and the list of the people of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.components import data, when
from barnraise.plumbing.ui.lists import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    Empty,
    ListPage,
    TextFilter,
)
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from . import facing, policies, selectors
from .models import Audience
from .narrowing import AudienceFilter, ReachFilter, reaches
from .sockets import facts
from .wording import Words


def _worded(rows: list[Audience]) -> None:
    """Give every row its rules in words, with few queries however many rows."""
    told = selectors.words_of([rule for row in rows for rule in selectors.rules_of(row)])
    by_key: dict[int, list[Any]] = {}
    words = Words()
    for one in told:
        by_key.setdefault(one.rule.audience_id, []).append(one)
    for row in rows:
        row.told = by_key.get(row.pk, [])  # type: ignore[attr-defined]
        row.words = words  # type: ignore[attr-defined]


def _rules(row: Any) -> str:
    return facing.rules_text(row.told, row.mode)


def _rules_cell(row: Any) -> str:
    """As a file that is taken in again says them."""
    written: str = row.words.written(selectors.rules_of(row), row.mode, get_language() or "en")
    return written


def _usual(row: Audience) -> str:
    return f"{row.purpose} · {row.get_channel_display()}" if row.purpose else ""


audiences = ListPage(
    name="audiences",
    kind=selectors.KIND,
    noun=_("audience"),
    noun_plural=_("audiences"),
    title=_("Audiences"),
    intro=_("Groups of people told by rules. Nobody keeps them up to date: who comes to fit belongs to them from then on."),
    policy=policies.may_see,
    rows=selectors.listed,
    prepare=_worded,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    create_url_name="audiences:make",
    create_policy=policies.may_edit,
    create_label=_("Make an audience"),
    empty=Empty(
        _("No audiences yet"),
        _(
            "An audience is a group of people told by rules: whoever lives in a place and has a tag, whoever came to an event. "
            "It is always up to date, and tells who of them may be written to."
        ),
        ((_("Make an audience"), "audiences:make", policies.may_edit),),
        icon="users-group",
    ),
    columns=(
        Column("name", _("Name"), lambda row: data(row.name), lambda row: row.name, sort="name_folded"),
        Column("rules", _("Rules"), lambda row: data(_rules(row)), _rules_cell),
        Column("usual", _("Usually written to for"), lambda row: data(_usual(row)), _usual),
        Column("mode", _("Who belongs to it"), lambda row: row.get_mode_display(), lambda row: str(row.get_mode_display()), is_default=False),
        Column("about", _("What it is for"), lambda row: data(row.about), lambda row: row.about, is_default=False),
        Column("state", _("State"), facing.state_badge, lambda row: str(_("Ended") if row.is_ended else _("In use"))),
        Column("updated", _("Changed"), lambda row: when(row.updated_at), lambda row: row.updated_at, sort="updated_at", is_default=False),
    ),
    filters=(
        TextFilter("name", _("Name"), field="name_folded"),
        BooleanFilter("ended", _("State"), condition=Q(ended_at__isnull=False), yes=_("Ended"), no=_("In use")),
    ),
)  # fmt: skip
"""All audiences."""


class _Columns(Sequence[Column]):
    """The columns that always stand, then one for every fact that rooms have plugged."""

    def __init__(self, own: Sequence[Column]) -> None:
        self.own = tuple(own)

    def _all(self) -> tuple[Column, ...]:
        return (*self.own, *(_fact_column(name, fact.title) for name, fact in facts.items()))

    @overload
    def __getitem__(self, at: int) -> Column: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Column]: ...
    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Column]:
        return iter(self._all())


def _fact_column(name: str, title: Any) -> Column:
    def text(row: Any) -> str:
        told: str = row.facts_told[name].get(row.pk, "")
        return told

    return Column(f"fact-{name}", title, lambda row: data(text(row)), text)


def _fill(rows: list[Any]) -> None:
    keys = [row.pk for row in rows]
    told = {name: fact.told(keys) for name, fact in facts.items()}
    contacts = people.contacts_by_person(keys)
    for row in rows:
        row.facts_told = told
        row.reached = {
            kind: next((one.value for one in contacts.get(row.pk, []) if one.kind == kind), "")
            for kind in ("email", "phone")
        }


members = ListPage(
    name="audience_members",
    kind="people.person",
    noun=_("person"),
    noun_plural=_("people"),
    title=_("People of an audience"),
    policy=policies.may_see,
    rows=people.listed,
    prepare=_fill,
    default_sort="name_folded",
    row_url=lambda row: row.get_absolute_url(),
    heading_links=((_("Audiences"), "audiences:list", policies.may_see),),
    empty=Empty(_("Nobody yet"), _("There are no people in the directory yet."), icon="users-group"),
    columns=_Columns(
        (
            Column("name", _("Name"), lambda row: data(row.display_name), lambda row: row.display_name, sort="name_folded"),
            Column("kind", _("Kind"), lambda row: row.get_kind_display(), lambda row: row.get_kind_display()),
            Column("city", _("City"), lambda row: data(row.city), lambda row: row.city),
            Column("email", _("E-mail"), lambda row: data(row.reached["email"]), lambda row: row.reached["email"]),
            Column("phone", _("Phone"), lambda row: data(row.reached["phone"]), lambda row: row.reached["phone"], is_default=False),
            Column("language", _("Language"), lambda row: data(row.language), lambda row: row.language, is_default=False),
            Column("uuid", _("Id"), lambda row: data(str(row.uuid)), lambda row: str(row.uuid), is_default=False),
        )
    ),
    filters=(
        AudienceFilter("audience", _("Audience")),
        ReachFilter("reach", _("May be contacted"), options=reaches),
        ChoiceFilter("kind", _("Kind"), options=Person.Kind.choices),
    ),
)  # fmt: skip
"""The people of an audience."""
