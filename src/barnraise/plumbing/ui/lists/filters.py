"""Filters of lists: each reads its part of the address, narrows the rows, and says so in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join, text
from barnraise.foundation.text import fold

from .opaque import tested

CAP = 10_000
"""Counts stop here: "10,000+" costs the same at any size."""

FEW = 2_500
"""So many rows are found and sorted rather than walked to: at a million rows either costs about the same."""

CANDIDATES = 5_000
"""So many rows that a finder names are tested for the other filters."""

Options = Sequence[tuple[str, Any]] | Callable[[], Iterable[tuple[Any, Any]]]


class BadFilter(ValueError):
    """A filter's value in the address cannot be read. The message is for the person."""


@dataclass(frozen=True)
class Filter:
    """`name` stands in the address, `label` on the page."""

    name: str
    label: Any

    @property
    def parameters(self) -> tuple[str, ...]:
        """What it reads from the address."""
        return (self.name,)

    def read(self, params: QueryDict) -> Any:
        """Its value, None when it is not set. Raises BadFilter."""
        return params.get(self.name, "").strip() or None

    def passing(self, value: Any) -> Q:
        """What a row has to be to pass."""
        raise TypeError(f"{type(self).__name__} narrows nothing")

    def narrow(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that pass."""
        return rows.filter(self.passing(value))

    def parts(self, value: Any) -> list[Any]:
        """The value as values that all have to pass."""
        return [value]

    @property
    def cap(self) -> int:
        """How many `keys` are counted."""
        return CAP

    def keys(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any] | list[int]:
        """Keys of the rows that pass, each once: a query that stops early when it is sliced, or a list of at most `cap` + 1."""
        return self.narrow(rows, value).order_by().values("pk")

    def sized(self, rows: QuerySet[Any], value: Any) -> tuple[int, QuerySet[Any] | list[int]]:
        """(how many rows pass, CAP + 1 for more than `cap`; their `keys`)"""
        keys = self.keys(rows, value)
        size = len(keys) if isinstance(keys, list) else keys[: CAP + 1].count()
        return (size if size <= self.cap else CAP + 1), keys

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """Keys of all rows that pass, as a query of one column that an index answers; None where no index does."""
        return self.narrow(model._default_manager.all(), value).order_by().values("pk")

    def missing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """Keys of all rows that do not pass, as `listing` gives those that do."""
        return None

    def candidates(self, value: Any) -> list[int] | None:
        """Keys of rows that may pass, all of them or CANDIDATES + 1, where something else than this table's indexes finds them."""
        return None

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """Whether all that `keys` gives are among these rows, and pass."""
        return True

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """The rows that pass, for a reader who walks them in another order than this filter's index would give."""
        return rows.filter(tested(self.passing(value)))

    def is_scattered(self, value: Any, field: str) -> bool:
        """Whether so many rows pass that a page of them cannot be sorted by this field, nor be met by walking it."""
        return False

    def is_range_of(self, field: str, value: Any) -> bool:
        """Whether an index has the rows that pass side by side, sorted by this field."""
        return False

    def words(self, value: Any) -> Any:
        """The value as people say it."""
        return value

    def widget(self, params: QueryDict) -> Safe:
        """Its form field, filled with what the address says."""
        return el(
            "input",
            id=f"f-{self.name}",
            name=self.name,
            type="search",
            class_="form-control",
            value=params.get(self.name, ""),
        )


def _choices(options: Options) -> list[tuple[str, Any]]:
    return [(str(value), label) for value, label in (options() if callable(options) else options)]


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One or several of fixed options; rows whose `field` is any of them pass."""

    options: Options = ()
    field: str = ""

    def read(self, params: QueryDict) -> Any:
        """The values chosen."""
        given = [value for value in params.getlist(self.name) if value]
        if not given:
            return None
        known = {value for value, _label in _choices(self.options)}
        strange = next((value for value in given if value not in known), None)
        if strange is not None:
            raise BadFilter(
                _("“%(value)s” is not one of the choices of %(filter)s.")
                % {"value": strange[:60], "filter": self.label}
            )
        return given

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(**{f"{self.field or self.name}__in": value})

    def words(self, value: Any) -> Any:
        """See Filter."""
        labels = dict(_choices(self.options))
        return _(" or ").join(str(labels.get(one, one)) for one in value)

    def widget(self, params: QueryDict) -> Safe:
        """See Filter."""
        return self.select(params, _choices(self.options))

    def select(self, params: QueryDict, choices: Iterable[tuple[Any, Any]]) -> Safe:
        """A list of these choices, with those chosen that the address says."""
        chosen = set(params.getlist(self.name))
        options = [
            f'<option value="{text(str(value))}"{" selected" * (str(value) in chosen)} translate="no">{text(label)}</option>'
            for value, label in choices
        ]
        return el(
            "select",
            Safe("".join(options)),
            id=f"f-{self.name}",
            name=self.name,
            multiple=True,
            size=min(6, max(2, len(options))),
            class_="form-select",
        )


@dataclass(frozen=True)
class TextFilter(Filter):
    """Rows whose folded text field holds the words, or starts with them when `starts` is set.

    `finder(text, most)` may give the keys of all rows that could hold it, at most `most`, or None when it cannot tell.
    """

    field: str = ""
    starts: bool = False
    is_folded: bool = True
    finder: Callable[[str, int], list[int] | None] | None = None

    def read(self, params: QueryDict) -> Any:
        """The text, without NUL, at most 200 characters."""
        return params.get(self.name, "").replace("\x00", "").strip()[:200] or None

    def passing(self, value: Any) -> Q:
        """See Filter."""
        text = fold(value) if self.is_folded else value
        if self.starts:
            return Q(**{f"{self.field}__gte": text, f"{self.field}__lt": text + "\U0010ffff"})
        return Q(**{f"{self.field}__contains": text})

    def keys(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any] | list[int]:
        """See Filter."""
        keys = super().keys(rows, value)
        if self.starts or not isinstance(keys, QuerySet):
            return keys
        found = self.finder(value, self.cap + 1) if self.finder else None
        # Where no index can tell, the texts are read once, not for the count and again for the page.
        return list(keys.values_list("pk", flat=True)[: self.cap + 1]) if found is None else found

    def listing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter. Letters anywhere in a text are no range of an index."""
        return super().listing(model, value) if self.starts else None

    def candidates(self, value: Any) -> list[int] | None:
        """See Filter."""
        return self.finder(value, CANDIDATES + 1) if self.finder else None

    @property
    def cap(self) -> int:
        """See Filter. Those that may pass have to be looked at one by one."""
        return FEW if self.finder else CAP

    def is_exact(self, rows: QuerySet[Any]) -> bool:
        """See Filter."""
        return self.finder is None

    def words(self, value: Any) -> Any:
        """See Filter."""
        return f"“{value}”"


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """Yes or no: rows that pass `condition`, or do not. `sorted_by`: fields by which an index sorts those that do alone."""

    condition: Q = Q()
    sorted_by: tuple[str, ...] = ()
    yes: Any = ""
    no: Any = ""

    def _options(self) -> list[tuple[str, Any]]:
        return [("1", self.yes or _("yes")), ("0", self.no or _("no"))]

    def read(self, params: QueryDict) -> Any:
        """ "1" or "0"."""
        value = params.get(self.name) or None
        if value not in {None, "0", "1"}:
            raise BadFilter(_("%(filter)s is yes (1) or no (0).") % {"filter": self.label})
        return value

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return self.condition if value == "1" else _opposite(self.condition)

    def missing(self, model: type[Model], value: Any) -> QuerySet[Any] | None:
        """See Filter."""
        return self.listing(model, "0" if value == "1" else "1")

    def is_range_of(self, field: str, value: Any) -> bool:
        """See Filter."""
        return bool(value == "1" and field in self.sorted_by)

    def words(self, value: Any) -> Any:
        """See Filter."""
        return dict(self._options())[value]

    def widget(self, params: QueryDict) -> Safe:
        """See Filter."""
        options = [el("option", _("any"), value="")]
        options += [
            el("option", label, value=value, selected=params.get(self.name) == value)
            for value, label in self._options()
        ]
        return el("select", *options, id=f"f-{self.name}", name=self.name, class_="form-select")


def _opposite(condition: Q) -> Q:
    """Said so that an index over the rows without a value is recognised: IS NULL, not NOT (… IS NOT NULL)."""
    match condition.children:
        case [(str() as name, bool() as value)] if name.endswith("__isnull") and not condition.negated:
            return Q(**{name: not value})
    return ~condition


def labelled(filter_: Filter, params: QueryDict) -> Safe:
    """A filter's field with its label."""
    return join([el("label", filter_.label, for_=f"f-{filter_.name}"), filter_.widget(params)])
