"""What a room says about its list: columns, filters, views, bulk actions. Declarations hold no state of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from barnraise.foundation.policy import Policy, writers

from .filters import Filter

RESERVED = frozenset(
    {"sort", "columns", "view", "saved", "cursor", "jump", "panel", "format", "move", "row", "everything"}
)
"""Parameters of every list's address; no filter may be called so."""

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `cell(row)` gives HTML (Safe) or text to escape; user data comes wrapped in `components.data`. `text(row)` gives the value
    for files: str, number, bool, date, datetime or None; without it the cell's own text is taken. `sort` is a field or annotation of
    `rows` ("name_folded", "community__name_folded"), best with an index on (field, id). `numeric` sets figures flush to the end.
    """

    name: str
    title: Any
    cell: Callable[[Any], Any]
    text: Callable[[Any], Any] | None = None
    sort: str | None = None
    is_default: bool = True
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where no row is yet: what this is for, and the first step. `actions(actor)` gives buttons, or is a sequence of them."""

    title: Any
    text: Any
    actions: Callable[[Any], Iterable[Any]] | Sequence[Any] = ()
    icon: str = "inbox"

    def actions_for(self, actor: Any) -> list[Any]:
        """The buttons this reader gets."""
        return list(self.actions(actor) if callable(self.actions) else self.actions)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something done to many rows at once.

    `apply(queryset, by=, values=, change_set=)` writes through the room's services, inside one transaction; `queryset` are the chosen rows
    (or one batch of them), `values` the cleaned data of `form` (or {}), `change_set` what the plugged runner opened for undo, else None.
    It returns how many rows it changed, or None for all of them. `form` asks for values first; `is_danger` asks before it acts.
    `done(count)` is the sentence said afterwards.
    """

    name: str
    label: Any
    apply: Callable[..., int | None]
    policy: Policy = writers
    form: type[forms.Form] | None = None
    icon: str = "bolt"
    is_danger: bool = False
    done: Callable[[int], str] | None = None


@dataclass(frozen=True, slots=True)
class RowAction:
    """An entry of a row's menu: a link to a page."""

    label: Any
    href: str
    icon: str = "point"


@dataclass(frozen=True, slots=True)
class ListView:
    """Another view of the same selection, as a tab: `context(request, queryset)` feeds `template`."""

    name: str
    label: Any
    icon: str
    template: str
    context: Callable[[HttpRequest, QuerySet[Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class ListDeclaration:
    """All that a list is, apart from the request. Rooms make a `ListPage`, which can also answer."""

    name: str
    kind: str
    noun: Any
    noun_plural: Any
    policy: Policy
    rows: Callable[[Any], QuerySet[Any]]
    columns: Sequence[Column]
    default_sort: str
    filters: Sequence[Filter] = ()
    prefetch: Callable[[list[Any]], None] | None = None
    bulk: Sequence[BulkAction] = ()
    row_url: Callable[[Any], str] | None = None
    row_actions: Callable[[Any, Any], Sequence[RowAction]] | None = None
    views: Sequence[ListView] = ()
    empty: Empty | None = None
    title: Any = ""
    intro: Any = ""
    create_url_name: str = ""
    create_label: Any = ""
    create_policy: Policy | None = None
    actions: Callable[[Any], Iterable[Any]] | None = None
    counted: Callable[[Any], int] | None = None
    export_policy: Policy | None = None
    page_size: int = PAGE_SIZE
    template: str = "ui/lists/page.html"
    _columns: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)
    _filters: dict[str, Filter] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._columns.update({column.name: column for column in self.columns})
        self._filters.update({one.name: one for one in self.filters})
        taken = [name for one in self.filters for name in one.parameters]
        if bad := sorted({name for name in taken if name in RESERVED or taken.count(name) > 1}):
            raise ValueError(f"List {self.name!r}: the filter parameters {bad} are reserved or used twice.")
        if len(self._columns) != len(self.columns):
            raise ValueError(f"List {self.name!r}: two columns share a name.")
        if self.default_sort.lstrip("-") not in self.sortable:
            raise ValueError(
                f"List {self.name!r}: default_sort names no column that sorts: {self.default_sort!r}."
            )

    @property
    def sortable(self) -> dict[str, Column]:
        """Columns that sort, by name."""
        return {name: column for name, column in self._columns.items() if column.sort}

    @property
    def default_columns(self) -> tuple[str, ...]:
        """The names of the columns shown unless the reader chose others."""
        return tuple(column.name for column in self.columns if column.is_default)

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return self._columns[name]

    def has_column(self, name: str) -> bool:
        """Is there a column of that name?"""
        return name in self._columns

    def filter(self, name: str) -> Filter:
        """The filter of that name. Raises KeyError."""
        return self._filters[name]

    def bulk_for(self, actor: Any) -> list[BulkAction]:
        """The bulk actions this actor may do."""
        return [action for action in self.bulk if action.policy(actor, None)]

    @property
    def heading(self) -> str:
        """The page's title: `title`, or the plural noun with a capital."""
        words = str(self.title or self.noun_plural)
        return words[:1].upper() + words[1:]
