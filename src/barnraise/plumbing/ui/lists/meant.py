"""A filter of lists by whoever is meant by a name that is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from .filters import BadFilter, Filter


def _nobody_meant(text: str) -> Q | None:
    return None


@dataclass(frozen=True)
class MeantFilter(Filter):
    """Rows about whoever has this name, number or address.

    `meant(text)` gives the condition of the rows, None where there are none; `nobody` then says so, with %(name)s.
    """

    meant: Callable[[str], Q | None] = _nobody_meant
    nobody: Any = ""

    def read(self, params: QueryDict) -> Any:
        """The name as typed, and what it means. Raises BadFilter."""
        text = params.get(self.name, "").replace("\x00", "").strip()[:200]
        if not text:
            return None
        condition = self.meant(text)
        if condition is None:
            raise BadFilter(self.nobody % {"name": text[:60]})
        return text, condition

    def passing(self, value: Any) -> Q:
        """See Filter."""
        found: Q = value[1]
        return found

    def words(self, value: Any) -> Any:
        """See Filter."""
        return value[0]
