"""How people write the names of places: what two spellings of one name have in common. Pure."""

from __future__ import annotations

from barnraise.foundation.text import words

from . import areas

_KINDS = {
    "county", "parish", "borough", "city", "town", "village", "district", "neighborhood", "neighbourhood",
    "barrio", "ciudad", "condado", "distrito", "pueblo",
}  # fmt: skip
"""Words for what a place is."""
_SMALL = {"the", "of", "el", "la", "los", "las", "de", "del"}


_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")


def whole(name: str) -> str:
    """All words of a name; case, accents and punctuation do not count: "St. Mary's" is "st marys"."""
    return " ".join(words(name.translate(_APOSTROPHES)))


def plain(name: str) -> str:
    """`whole` without the state and without the words for what it is: "The Town of Willow, OH" is "willow".

    A name of nothing else ("The Village") stays whole.
    """
    parts = name.split(",")
    while len(parts) > 1 and areas.is_called(parts[-1].strip(" .")):
        parts.pop()
    found = whole(" ".join(parts)).split()
    return " ".join([word for word in found if word not in _KINDS | _SMALL] or found)
