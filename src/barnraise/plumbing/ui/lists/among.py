"""A column is one of many keys, given as one parameter: Django turns every key of an `__in` over, which costs more than the look-up."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, F, Func

_UNFOLDED = "SELECT value FROM json_each(%s)"


class Among(Func):
    """`rows.filter(Among("pk", keys))`: as `pk__in=keys`, for hundreds of whole numbers."""

    output_field = BooleanField()

    def __init__(self, field: str, keys: Collection[int], **extra: Any) -> None:
        super().__init__(F(field), **extra)
        self.keys = list(keys)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """One JSON text."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"{sql} IN ({_UNFOLDED})", [*params, json.dumps(self.keys)]

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        """One array."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"{sql} = ANY(%s::bigint[])", [*params, self.keys]
