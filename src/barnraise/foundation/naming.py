"""Rows that name a thing in one of their columns ("goals.goal:12"), as `Ref` writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q


def naming(field: str, wanted: Any) -> Q:
    """Rows whose column names this thing; of several, any of these.

    Most rows name nothing, so the indexes of such columns leave these out, and it is said that the column is not empty:
    SQLite looks into such an index only for who says the same.
    """
    if isinstance(wanted, Iterable) and not isinstance(wanted, str):
        return Q(**{f"{field}__in": [str(one) for one in wanted]}) & ~Q(**{field: ""})
    return Q(**{field: str(wanted)}) & ~Q(**{field: ""})
