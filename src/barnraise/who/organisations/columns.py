"""The columns of the list of organisations. What hangs on the rows of a page is read when a column that shows it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.tags import selectors as tags
from barnraise.plumbing.ui.components import badge, data, money, number, when
from barnraise.plumbing.ui.lists import Column

from . import facing, selectors
from .models import Organisation
from .selectors import KIND

_KINDS: dict[str, Any] = dict(Organisation.Kind.choices)
"""Django's own get_kind_display hashes every translated label on every row: a tenth of the time of a page."""


class _Page:
    """What hangs on the rows of one page, by their keys; each kind of it is one query, asked once."""

    def __init__(self, rows: Sequence[Organisation]) -> None:
        self.rows = rows
        self.keys = [row.pk for row in rows]

    @cached_property
    def sectors(self) -> Mapping[int, list[Any]]:
        """(scheme, code)."""
        return selectors.sectors_of(self.keys)

    @cached_property
    def communities(self) -> Mapping[int, list[Any]]:
        """(name, address)."""
        return selectors.communities_of(self.keys)

    @cached_property
    def identifiers(self) -> Mapping[int, list[Any]]:
        """ "EIN 001234567"."""
        return selectors.identifiers_of(self.keys)

    @cached_property
    def tags(self) -> Mapping[int, list[Any]]:
        """(name, address of the list of those that carry it)."""
        found = tags.names_of(KIND, self.keys)
        return {key: [(name, f"?tag={tag}") for tag, name in tagged] for key, tagged in found.items()}

    @cached_property
    def contacts(self) -> Mapping[int, list[Any]]:
        """(kind, value)."""
        return selectors.contacts_of(self.keys)

    @cached_property
    def places(self) -> Mapping[int, list[Any]]:
        """The address it is shown at, alone in a list."""
        return selectors.places_of(self.keys)

    @cached_property
    def parents(self) -> Mapping[int, list[Any]]:
        """The name of what it is a branch of, alone in a list."""
        names = selectors.titles([row.parent_id for row in self.rows if row.parent_id])
        return {
            row.pk: [names[row.parent_id]] for row in self.rows if row.parent_id and row.parent_id in names
        }

    @cached_property
    def sources(self) -> Mapping[int, list[Any]]:
        """The name of its source, alone in a list."""
        names = selectors.source_names({row.source_id for row in self.rows})
        return {row.pk: [names[row.source_id]] for row in self.rows}


def prepare(rows: list[Organisation]) -> None:
    """Let the rows of a page ask for what hangs on them together."""
    page = _Page(rows)
    for row in rows:
        row.list_page = page  # type: ignore[attr-defined]


def _of(row: Any, name: str) -> list[Any]:
    found: list[Any] = getattr(row.list_page, name).get(row.pk, [])
    return found


def _state(row: Organisation) -> Any:
    return badge(_("Closed"), tone="warning") if row.is_closed else badge(_("Active"), tone="good")


def _plain(name: str, title: Any, read: Callable[[Any], str], **more: Any) -> Column:
    """A column of text that people typed."""
    return Column(name, title, lambda row: data(read(row)), read, **more)


def _contacts(name: str, title: Any) -> Column:
    def read(row: Any) -> str:
        return "; ".join(value for kind, value in _of(row, "contacts") if kind == name)

    return _plain(name, title, read, is_default=False)


def _place(name: str, title: Any) -> Column:
    def read(row: Any) -> str:
        return " ".join(str(getattr(at, name)) for at in _of(row, "places"))

    return _plain(name, title, read, is_default=False)


def _first(kind: str) -> Callable[[Any], str]:
    return lambda row: next(iter(_of(row, kind)), "")


def _count(value: int | None) -> Any:
    return "" if value is None else number(value)


def _income(row: Organisation) -> Any:
    return "" if row.income_amount is None else money(row.income_amount, row.income_currency)


def _income_text(row: Organisation) -> Any:
    """The amount as a number, without its currency."""
    if row.income_amount is None:
        return ""
    places = get_currency_precision(row.income_currency) if row.income_currency else 2
    return Decimal(row.income_amount).scaleb(-places)


COLUMNS: tuple[Column, ...] = (
    _plain("name", _("Name"), lambda row: row.name, sort="name_folded"),
    Column("kind", _("Kind"), lambda row: _KINDS.get(row.kind, row.kind), sort="kind"),
    Column(
        "sectors",
        _("Sectors"),
        lambda row: facing.sector_cell(_of(row, "sectors")),
        lambda row: "; ".join(f"{s} {c}" for s, c in _of(row, "sectors")),
    ),
    _plain("city", _("City"), lambda row: row.city, sort="city"),
    _plain("region", _("State or region"), lambda row: row.region, is_default=False),
    Column(
        "communities",
        _("Communities served"),
        lambda row: facing.chips(_of(row, "communities")),
        lambda row: "; ".join(name for name, _href in _of(row, "communities")),
    ),
    Column(
        "tags",
        _("Tags"),
        lambda row: facing.chips(_of(row, "tags")),
        lambda row: "; ".join(name for name, _href in _of(row, "tags")),
    ),
    _plain("identifiers", _("Identifiers"), lambda row: "; ".join(_of(row, "identifiers")), is_default=False),
    Column("status", _("Status"), _state, lambda row: row.get_status_display(), is_default=False),
    _contacts("email", _("E-mail")),
    _contacts("phone", _("Phone")),
    _contacts("website", _("Website")),
    _place("lines", _("Street")),
    _place("postcode", _("Postcode")),
    _place("country", _("Country")),
    _plain("mission", _("Mission"), lambda row: row.mission, is_default=False),
    Column("founded", _("Founded in"), lambda row: row.founded_year or "", is_default=False, is_numeric=True),
    Column(
        "employees",
        _("People employed"),
        lambda row: _count(row.employees),
        lambda row: row.employees,
        is_default=False,
        is_numeric=True,
    ),
    Column("size", _("Size"), lambda row: row.get_employees_band_display(), is_default=False),
    Column("income", _("Yearly income"), _income, _income_text, is_default=False, is_numeric=True),
    _plain("currency", _("Currency"), lambda row: row.income_currency, is_default=False),
    _plain("parent", _("Branch of"), _first("parents"), is_default=False),
    _plain("source", _("Source"), _first("sources"), is_default=False),
    _plain("uuid", _("Number in this installation (uuid)"), lambda row: str(row.uuid), is_default=False),
    Column(
        "updated",
        _("Changed"),
        lambda row: when(row.updated_at),
        lambda row: row.updated_at,
        sort="updated_at",
        is_default=False,
    ),
)
