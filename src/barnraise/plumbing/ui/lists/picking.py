"""A filter by what rows hang on: goals, projects, questionnaires. Chosen from a list while there are few, by name once there are many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe

from ..picking import OFFERED, named, offered, search_field
from .filters import BadFilter, ChoiceFilter
from .subqueries import column_of

MOST = 200
"""So many things of one name are looked for."""


@dataclass(frozen=True)
class PickFilter(ChoiceFilter):
    """Rows whose `field` is the key of one of `rows()`; `title` and `folded` are its columns with the name.

    The address holds keys, or words of a name: all things pass that are called so, or hold the words where none is called so.
    """

    rows: Callable[[], QuerySet[Any]] | None = None
    title: str = "name"
    folded: str = "name_folded"

    def _all(self) -> QuerySet[Any]:
        if self.rows is None:
            raise TypeError("A filter by other rows says which.")
        return self.rows()

    def _keys(self, said: str) -> list[int]:
        """The things that one value of the address means."""
        if said.isdigit() and len(said) < 19 and self._all().filter(pk=int(said)).exists():
            return [int(said)]
        return [key for key, _name in named(self._all(), said, self.title, self.folded, most=MOST)]

    def read(self, params: QueryDict) -> Any:
        """The values chosen. Raises BadFilter for a key or a name that nothing has."""
        given = [value.replace("\x00", "").strip()[:200] for value in params.getlist(self.name)]
        given = [value for value in given if value]
        strange = next((value for value in given if not self._keys(value)), None)
        if strange is not None:
            raise BadFilter(
                _("“%(value)s” is not one of the choices of %(filter)s.")
                % {"value": strange[:60], "filter": self.label}
            )
        return given or None

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(
            **{f"{self.field or self.name}__in": sorted({key for one in value for key in self._keys(one)})}
        )

    def words(self, value: Any) -> Any:
        """See Filter."""
        keys = [int(one) for one in value if one.isdigit() and len(one) < 19]
        titles = dict(self._all().filter(pk__in=keys).values_list("pk", self.title))
        return _(" or ").join(
            str(titles[int(one)]) if one.isdigit() and int(one) in titles else f"“{one}”" for one in value
        )

    def widget(self, params: QueryDict) -> Safe:
        """A list to choose from, or a field for the name where there are more than OFFERED."""
        choices = offered(self._all(), self.title, self.folded)
        if len(choices) <= OFFERED:
            return self.select(params, choices)
        said = next((value for value in params.getlist(self.name) if value), "")
        return search_field(self.name, self.words([said]).strip("“”") if said else "")


@dataclass(frozen=True)
class PickSubqueryFilter(PickFilter):
    """The same for things that hang on another table: rows whose key is among `subquery(keys)` of those chosen (comments of themes)."""

    subquery: Callable[[list[int]], QuerySet[Any]] | None = None

    def _found(self, value: Any) -> QuerySet[Any]:
        if self.subquery is None:
            raise TypeError("A filter by another table says by which.")
        return self.subquery(sorted({key for one in value for key in self._keys(one)}))

    def passing(self, value: Any) -> Q:
        """See Filter."""
        return Q(pk__in=self._found(value))

    def test(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Ask for every row whether the other table has it."""
        found = self._found(value)
        return rows.filter(Exists(found.filter(**{column_of(found): OuterRef("pk")})))
