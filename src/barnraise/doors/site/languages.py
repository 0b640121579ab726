"""The language at the beginning of every public address: /en/…, /es/…"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from .menus import here


class LanguagePrefix:
    """Matches any language of the installation, and writes the active one.

    Django's own prefix matches the active language only, which here follows the reader's account, not the address.
    """

    converters: dict[str, Any] = {}
    name = None

    @property
    def regex(self) -> re.Pattern[str]:
        """What the resolver writes addresses with; it asks once for each language."""
        return re.compile(re.escape(str(self)))

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]] | None:
        """What follows the language."""
        code, slash, rest = path.partition("/")
        return (rest, (), {}) if slash and code in dict(settings.LANGUAGES) else None

    def check(self) -> list[Any]:
        """Nothing can be wrong."""
        return []

    def describe(self) -> str:
        """How messages call it."""
        return f"'{self}'"

    def __str__(self) -> str:
        return f"{here()}/"
