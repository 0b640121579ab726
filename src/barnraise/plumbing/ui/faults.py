"""What is wrong with values that somebody gave: found field by field, refused together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref

from .sockets import kinds

Fault = tuple[str, Any]
"""A field and the reason, in words for people."""


def refuse(found: Iterable[Fault]) -> None:
    """Raise ValidationError with all reasons by field when anything was found."""
    errors: dict[str, list[Any]] = {}
    for field, reason in found:
        errors.setdefault(field, []).append(reason)
    if errors:
        raise ValidationError(errors)


TWICE = _("The same was written a moment ago, perhaps by you in another window. Look at it first.")


def is_twice(no: IntegrityError) -> bool:
    """Whether the database refused what was written twice at the same time; anything else is a mistake of the house."""
    return "unique constraint" in str(no).casefold()


def text_faults(most: Mapping[str, int], **texts: str) -> list[Fault]:
    """Texts that are too long or hold a NUL, which no database stores; `most` says how many characters a field keeps."""
    found: list[Fault] = []
    for name, text in texts.items():
        if len(text) > most[name]:
            found.append((name, _("At most %(most)s characters are kept here.") % {"most": most[name]}))
        if "\x00" in text:
            found.append((name, _("It contains a character that cannot be stored.")))
    return found


def cite_faults(row: Any, among: Collection[str], reason: Any) -> list[Fault]:
    """Why `row.cites` names nothing that such a row may serve: another kind than these (`reason`), or a thing that is not there.

    What it cited all along may have gone since.
    """
    if not row.cites:
        return []
    try:
        ref = Ref.parse(row.cites)
    except ValueError:
        return [("cites", reason)]
    described = kinds.find(ref.kind)
    if ref.kind not in among or described is None:
        return [("cites", reason)]
    if described.titles([ref.id]) or type(row).objects.filter(pk=row.pk, cites=row.cites).exists():
        return []
    return [("cites", _("There is no such thing, or no longer."))]
