"""Countries by the names people write."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from .text import fold

_LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl")
_ALSO = {
    "usa": "US",
    "u s a": "US",
    "u s": "US",
    "us of a": "US",
    "united states of america": "US",
    "eeuu": "US",
    "ee uu": "US",
    "estados unidos de america": "US",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "brd": "DE",
    "holland": "NL",
}


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in reversed(_LANGUAGES):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}:
                found[_plain(name)] = code
                found[code.lower()] = code
    return {**found, **_ALSO}


def _plain(name: str) -> str:
    return fold(name.replace(".", " ").replace("-", " "))


def code_of(name: str) -> str:
    """The two capital letters of a country written as a name in English, Spanish, French, German, Portuguese, Italian or
    Dutch, or as its code; "" when it is none of these."""
    return _names().get(_plain(name), "") if name.strip() else ""
