"""Let many things carry exactly the given tags, without a sentence: the write they belong to tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from ..models import Tag, Tagging
from ..names import distinct, folded
from ..selectors import tags_by_names
from .naming import ensured

_AT_ONCE = 50


def canonical(names: Iterable[str]) -> dict[str, str]:
    """By name as given: the tag's name where there is one already (case and accents do not count), else tidied."""
    given = list(dict.fromkeys(names))
    there = {tag.folded: tag.name for tag in tags_by_names(given)} if given else {}
    return {name: there.get(folded(name), (distinct([name]) or [""])[0]) for name in given}


@transaction.atomic
def set_many(*, kind: str, names: Mapping[int, Sequence[str]], by: Any) -> None:
    """By key of that kind: the tags it carries from now on, none for an empty sequence; missing tags are made.

    Raises ValidationError when a name is too long. Handles thousands of keys in a few statements.
    """
    wanted = distinct(name for given in names.values() for name in given)
    tags: dict[str, Tag] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        tags |= {tag.folded: tag for tag in ensured(wanted[start : start + _AT_ONCE], by=by)}
    Tagging.objects.filter(kind=kind, key__in=list(names)).delete()
    Tagging.objects.bulk_create(
        [
            Tagging(tag=tags[folded(name)], kind=kind, key=key)
            for key, given in names.items()
            for name in distinct(given)
        ]
    )
