"""What is asked of a list in an address: filters, order, place; and which rows a selection means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused

from .filters import CAP, BadFilter, Filter
from .keyset import Order

if TYPE_CHECKING:
    from .declaration import ListPage

NEWEST = Order("pk", is_descending=True)

LONGEST_QUERY = 4000
"""More of an address than that is refused, never cut: half of one would mean other rows."""

OWN_PARAMETERS = frozenset({"sort", "cursor", "at", "export", "view", "as", "clear"})
"""What a list reads from its address beside the filters."""


@dataclass(slots=True)
class Asked:
    """An address, read: filter values by name, order, and what could not be read."""

    page: ListPage
    params: QueryDict
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def order(self) -> Order:
        """The order of the page: as `wanted`, or newest first where the filters leave too many rows to sort them so."""
        return NEWEST if self.is_scattered else self.wanted

    @property
    def is_scattered(self) -> bool:
        """Whether the rows cannot be shown in the order asked for."""
        field = self.wanted.field
        return any(filter_.is_scattered(value, field) for filter_, value in self.active())

    @property
    def wanted(self) -> Order:
        """The order asked for if a column sorts so, else the list's own."""
        wanted = self.params.get("sort", "")
        sortable = {column.sort for column in self.page.columns if column.sort}
        order = Order.parse(wanted)
        return order if order.field in sortable else Order.parse(self.page.default_sort)

    def rows(self, actor: Any) -> QuerySet[Any]:
        """All rows that match, in no order yet."""
        rows = self.page.rows(actor)
        for filter_ in self.page.filters:
            if filter_.name in self.values:
                rows = filter_.narrow(rows, self.values[filter_.name])
        return rows

    def active(self) -> list[tuple[Filter, Any]]:
        """The filters that are set, with their values."""
        return [(f, self.values[f.name]) for f in self.page.filters if f.name in self.values]

    def address(
        self, *, without: tuple[str, ...] = (), changed: Mapping[str, str] | None = None, sort: str = ""
    ) -> str:
        """The same list with parts of the address changed or left out; places in the list are left out."""
        params = self.params.copy()
        for name in ("cursor", "at", "export", "view", *without):
            params.pop(name, None)
        for name, value in {**(changed or {}), **({"sort": sort} if sort else {})}.items():
            params[name] = value
        return "?" + params.urlencode()


def read(page: ListPage, params: QueryDict) -> Asked:
    """Read an address. A value that cannot be read is told in `problems` and left out."""
    asked = Asked(page, params)
    for filter_ in page.filters:
        try:
            value = filter_.read(params)
        except BadFilter as no:
            asked.problems.append(str(no))
            continue
        if value is not None:
            asked.values[filter_.name] = value
    known = {name for filter_ in page.filters for name in filter_.parameters}
    for name in params:
        if name not in known and name not in OWN_PARAMETERS and name not in page.view_parameters:
            asked.problems.append(_("This list has no filter “%(name)s”.") % {"name": name[:60]})
    return asked


def capped_count(rows: QuerySet[Any], cap: int = CAP) -> tuple[int, bool]:
    """How many rows, and whether there are more than `cap` (then the number is `cap`). What rows are annotated with is not worked out."""
    found = rows.order_by().values("pk")[: cap + 1].count()
    return min(found, cap), found > cap


@dataclass(frozen=True, slots=True)
class Selection:
    """The ticked keys, or (keys None) all rows that match the query."""

    list_name: str
    keys: tuple[int, ...] | None
    query: str | None = ""

    def rows(self, page: ListPage, actor: Any) -> QuerySet[Any]:
        """The rows meant, of those the actor may see.

        Raises Refused when the query cannot be read whole: without one of its filters it would mean more rows than were seen.
        """
        if self.keys is not None:
            return page.rows(actor).filter(pk__in=self.keys)
        if self.query is None:
            raise Refused(_("The filters are too long to be sent; use fewer of them. Nothing was changed."))
        asked = read(page, QueryDict(self.query))
        if asked.problems:
            raise Refused(" ".join([*asked.problems, _("Nothing was changed.")]))
        return asked.rows(actor)

    def as_json(self) -> dict[str, Any]:
        """To keep beside a job."""
        return {
            "list": self.list_name,
            "keys": list(self.keys) if self.keys is not None else None,
            "query": self.query,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Selection:
        """What `as_json` was made of."""
        keys = kept["keys"]
        return cls(kept["list"], None if keys is None else tuple(keys), kept["query"])

    @classmethod
    def posted(cls, page: ListPage, post: QueryDict) -> Selection:
        """What a form says: "all" for all matching, else the ticked "key"s."""
        if post.get("all") == "1":
            query = post.get("query", "")
            return cls(page.name, None, query if len(query) <= LONGEST_QUERY else None)
        keys = tuple(
            sorted(
                {int(key) for key in post.getlist("key") if key.isascii() and key.isdigit() and len(key) < 19}
            )
        )
        return cls(page.name, keys, "")
