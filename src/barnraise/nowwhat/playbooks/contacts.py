"""Texts without addresses and numbers of people. Pure."""

from __future__ import annotations

import re
from typing import Any

GONE = "…"
_EMAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().\-/]{6,}\d(?!\w)")


def without_contacts(text: str) -> str:
    """The text with e-mail addresses, and numbers of nine digits or more as people write telephones, taken out. Done twice it changes nothing."""
    return _PHONE.sub(_number, _EMAIL.sub(GONE, text))


def _number(found: re.Match[str]) -> str:
    return GONE if sum(one.isdigit() for one in found[0]) >= 9 else found[0]


def all_without_contacts(value: Any) -> Any:
    """The same of every text inside lists and objects."""
    if isinstance(value, str):
        return without_contacts(value)
    if isinstance(value, list):
        return [all_without_contacts(one) for one in value]
    if isinstance(value, dict):
        return {name: all_without_contacts(one) for name, one in value.items()}
    return value
