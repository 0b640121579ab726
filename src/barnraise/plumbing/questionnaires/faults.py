"""What a questionnaire may not say, in words for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from .questions import LONGEST

WORDS = ("title", "intro", "thanks")
_CODE = re.compile(r"^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")


def is_code(code: str) -> bool:
    """3 to 40 small letters, digits and inner hyphens."""
    return bool(_CODE.match(code))


def cleaned_texts(given: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Texts by language as they are kept: only known words, without blanks around, no empty ones."""
    found = {
        language: {
            name: str(said.get(name) or "").strip() for name in WORDS if (said.get(name) or "").strip()
        }
        for language, said in given.items()
    }
    return {language: said for language, said in found.items() if said}


def text_faults(texts: Mapping[str, Mapping[str, str]]) -> list[Any]:
    """What is wrong with the words around the questions."""
    found: list[Any] = []
    said = [text for words in texts.values() for text in words.values()]
    if any(len(text) > LONGEST for text in said):
        found.append(_("A text is longer than 2,000 characters."))
    if any("\x00" in text for text in said):
        found.append(_("It contains a character that cannot be stored."))
    if any(len(words.get("title", "")) > 200 for words in texts.values()):
        found.append(_("A title has at most 200 characters."))
    if any(not 2 <= len(language) <= 10 for language in texts):
        found.append(_("Write languages as codes of two to ten letters, such as en."))
    return found
