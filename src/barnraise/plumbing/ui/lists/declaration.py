"""A list is declared once: columns, filters, orders, bulk actions. Its page, exports and selections follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from barnraise.foundation.policy import Policy

from .filters import Filter
from .sockets import lists

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """`cell(row)` is what the table shows (escaped unless Safe), `text(row)` what CSV and XLSX get.

    `sort` is the field the column sorts by; `is_numeric` sets it flush to the end; `is_default` shows it until
    somebody chooses columns. The first column of a list links to the row and is always shown.
    """

    name: str
    title: Any
    cell: Callable[[Any], Any]
    text: Callable[[Any], Any] | None = None
    sort: str = ""
    is_default: bool = True
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something done to many rows at once.

    `apply(rows, by=, values=, change_set=)` gets a QuerySet, does the writes in the caller's transaction, adds its
    changes to `change_set` when there is one, and gives how many rows it changed. `form` asks for values first;
    `is_danger` asks for confirmation. `can_undo`: its kinds have undoers.
    """

    name: str
    label: Any
    policy: Policy
    apply: Callable[..., int]
    form: Callable[..., Any] | None = None
    icon: str = "bolt"
    is_danger: bool = False
    can_undo: bool = True
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the rows of a list beside CSV and XLSX: of all that match, or of the ticked ones.

    `octets(rows)` gives the bytes of one batch of rows, in order; `name` is also the ending of the file's name.
    """

    name: str
    label: Any
    content_type: str
    octets: Callable[[list[Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class ListView:
    """Another way to see the selection (cards, map): `context(request, rows)` fills `template`."""

    name: str
    label: Any
    icon: str
    template: str
    context: Callable[[HttpRequest, QuerySet[Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where nothing is yet; `actions` are (label, URL name, policy)."""

    title: Any
    text: Any
    actions: Sequence[tuple[Any, str, Policy]] = ()
    icon: str = "inbox"


@dataclass(frozen=True)
class ListPage:
    """A list. `view` is its page; it registers itself under `name`, so that jobs can find it again.

    `row_actions(row, actor)` gives links and buttons for a row's menu. `view_parameters` are what its further views read
    from the address beside the filters.
    """

    name: str
    kind: str
    noun: Any
    noun_plural: Any
    policy: Policy
    rows: Callable[[Any], QuerySet[Any]]
    columns: Sequence[Column]
    row_url: Callable[[Any], str | None]
    empty: Empty
    filters: Sequence[Filter] = ()
    default_sort: str = "pk"
    prepare: Callable[[list[Any]], None] | None = None
    bulk: Sequence[BulkAction] = ()
    views: Sequence[ListView] = ()
    downloads: Sequence[Download] = ()
    create_url_name: str = ""
    create_policy: Policy | None = None
    create_label: Any = ""
    counted: Callable[[], int] | None = None
    title: Any = ""
    intro: Any = ""
    page_size: int = PAGE_SIZE
    heading_links: Sequence[tuple[Any, str, Policy]] = field(default=())
    row_actions: Callable[[Any, Any], Sequence[Any]] | None = None
    view_parameters: Sequence[str] = ("box", "zoom")

    def __post_init__(self) -> None:
        if self.name not in lists:
            lists.plug(self.name, self)

    @cached_property
    def view(self) -> Callable[..., HttpResponseBase]:
        """The page: GET shows, exports and walks; POST acts on a selection or keeps a view."""
        from ..pages import page
        from .views import answer

        def list_view(request: HttpRequest) -> HttpResponseBase:
            return answer(self, request)

        list_view.__name__ = f"{self.name}_list"
        shown = page(self.policy, methods=("GET", "POST"))(list_view)
        shown.list_page = self  # type: ignore[attr-defined]
        return shown

    @property
    def column_names(self) -> list[str]:
        """All columns in their usual order."""
        return [column.name for column in self.columns]

    def download(self, name: str) -> Download | None:
        """The download of that name."""
        return next((one for one in self.downloads if one.name == name), None)

    def action(self, name: str) -> BulkAction | None:
        """The bulk action of that name."""
        return next((action for action in self.bulk if action.name == name), None)


def title_of(row: Model) -> str:
    """What a row is called in a sentence."""
    return str(row)
