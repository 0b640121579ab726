"""Communities by what people write for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from difflib import get_close_matches
from functools import cached_property

from ..models import Community, Identifier
from ..naming import plain, whole

Found = tuple[int, str]
"""Key and name of a community."""


class Gazetteer:
    """All communities by name, code and uuid, as they stand when the first one is asked for. Two queries in all.

    Keep one for as long as a file is read, not longer.
    """

    def find(self, text: str) -> list[Found]:
        """The communities that this may be: none, one, or several that are called alike. The surest reading wins:

        the name (case, accents and punctuation do not count), "FIPS 39061" or a uuid, the name without the word for
        what it is ("Willow" for Willow County).
        """
        for index, key in (
            (self._by_name, whole(text)),
            (self._by_code, _code(text)),
            (self._by_plain, plain(text)),
        ):
            if found := index.get(key):
                return found
        return []

    def alike(self, text: str) -> str:
        """The name that this is probably a misspelling of, else ""."""
        close = get_close_matches(whole(text), list(self._by_name), n=1, cutoff=0.75)
        return self._by_name[close[0]][0][1] if close else ""

    @cached_property
    def _rows(self) -> list[tuple[int, str, str]]:
        return [
            (key, name, str(uuid))
            for key, name, uuid in Community.objects.order_by("pk").values_list("pk", "name", "uuid")
        ]

    @cached_property
    def _by_name(self) -> dict[str, list[Found]]:
        return self._by(whole)

    @cached_property
    def _by_plain(self) -> dict[str, list[Found]]:
        return self._by(plain)

    @cached_property
    def _by_code(self) -> dict[str, list[Found]]:
        names = {key: name for key, name, _uuid in self._rows}
        found = {uuid: [(key, name)] for key, name, uuid in self._rows}
        for scheme, value, key in Identifier.objects.values_list("scheme", "value", "community_id"):
            found[_code(f"{scheme} {value}")] = [(key, names[key])] if key in names else []
        return found

    def _by(self, made: Callable[[str], str]) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = defaultdict(list)
        for key, name, _uuid in self._rows:
            found[made(name)].append((key, name))
        return dict(found)


def _code(text: str) -> str:
    return " ".join(text.replace(":", " ").casefold().split())
