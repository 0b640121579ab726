"""People are found by the names of organisations they have a role in: when those change, search follows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from barnraise.plumbing.search import services as search

from ..models import Role
from ..selectors import KIND

AT_ONCE = 200
"""Of more people than these, search is brought in line by a job after the write."""


def follow_names(keys: Collection[int], *, by: Any) -> None:
    """Bring search in line for all who have, or had, a role in these organisations, in the caller's transaction."""
    rows = Role.objects.filter(organisation_id__in=list(keys)).values_list("person_id", flat=True)
    people = sorted(set(rows))
    if len(people) > AT_ONCE:
        search.index_later(KIND, people, by=by)
    elif people:
        search.index(KIND, people)
