"""What is wrong with values that somebody gave: found field by field, refused together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Fault = tuple[str, Any]
"""A field and the reason, in words for people."""


def refuse(found: Iterable[Fault]) -> None:
    """Raise ValidationError with all reasons by field when anything was found."""
    errors: dict[str, list[Any]] = {}
    for field, reason in found:
        errors.setdefault(field, []).append(reason)
    if errors:
        raise ValidationError(errors)


def text_faults(most: Mapping[str, int], **texts: str) -> list[Fault]:
    """Texts that are too long or hold a NUL, which no database stores; `most` says how many characters a field keeps."""
    found: list[Fault] = []
    for name, text in texts.items():
        if len(text) > most[name]:
            found.append((name, _("At most %(most)s characters are kept here.") % {"most": most[name]}))
        if "\x00" in text:
            found.append((name, _("It contains a character that cannot be stored.")))
    return found
