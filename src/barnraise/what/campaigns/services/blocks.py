"""Add, change, move and remove the blocks of a campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.services import record

from ..models import Campaign
from ..sockets import blocks
from .make import changed, opened
from .pictures import picture_fault

MOST = 60
LONGEST = 20_000


def _given(kind: str, values: Mapping[str, str], by: Any) -> dict[str, str]:
    block = blocks.find(kind)
    if block is None:
        raise ValidationError({"kind": _("There is no such block.")})
    found = {"kind": kind}
    errors: dict[str, Any] = {}
    for field in block.fields:
        value = str(values.get(field.name, "")).strip()
        if "\x00" in value or len(value) > LONGEST:
            errors[field.name] = _("It is too long, or contains a character that cannot be stored.")
        elif field.kind == "choice" and value and value not in {key for key, _label in field.options()}:
            errors[field.name] = _("This cannot be chosen here.")
        elif field.kind == "picture" and value and (fault := picture_fault(value, by=by)):
            errors[field.name] = fault
        elif field.is_required and not value:
            errors[field.name] = _("This field is required.")
        found[field.name] = value
        if field.kind in {"line", "text"}:
            found |= _in_other_languages(field.name, values)
    if errors:
        raise ValidationError(errors)
    return found


def _in_other_languages(name: str, values: Mapping[str, str]) -> dict[str, str]:
    """The field's words in further languages ("text.es"), as far as they are given. Raises ValidationError."""
    found = {}
    for code in dict(settings.LANGUAGES):
        words = str(values.get(f"{name}.{code}", "")).strip()
        if "\x00" in words or len(words) > LONGEST:
            raise ValidationError(_("It is too long, or contains a character that cannot be stored."))
        if words:
            found[f"{name}.{code}"] = words
    return found


def _kept(row: Campaign, said: list[dict[str, str]], by: Any) -> Campaign:
    row.blocks = said
    changed(row, ["blocks"], by)
    record(by=by, verb="campaigns.written", about=[row])
    return row


@transaction.atomic
def add_block(
    campaign: Campaign, *, kind: str, values: Mapping[str, str], by: Any, at: int | None = None
) -> Campaign:
    """A block at the end, or before the one at position `at` (from 0). Raises ValidationError by field."""
    row = opened(campaign)
    if len(row.blocks) >= MOST:
        raise ValidationError(_("A mail has at most %(most)d blocks.") % {"most": MOST})
    said = list(row.blocks)
    said.insert(len(said) if at is None else at, _given(kind, values, by))
    return _kept(row, said, by)


@transaction.atomic
def set_blocks(campaign: Campaign, *, blocks: Sequence[Mapping[str, str]], by: Any) -> Campaign:
    """Set all that it says, top to bottom: `kind` and the block's fields. Raises ValidationError by field."""
    row = opened(campaign)
    if len(blocks) > MOST:
        raise ValidationError(_("A mail has at most %(most)d blocks.") % {"most": MOST})
    said = [_given(one.get("kind", ""), one, by) for one in blocks]
    return _kept(row, said, by) if said != row.blocks else row


@transaction.atomic
def change_block(campaign: Campaign, *, at: int, values: Mapping[str, str], by: Any) -> Campaign:
    """Set what a block says. Raises ValidationError by field, IndexError when there is none."""
    row = opened(campaign)
    said = list(row.blocks)
    others = {name: words for name, words in said[at].items() if "." in name}
    said[at] = _given(said[at]["kind"], {**others, **values}, by)
    return _kept(row, said, by) if said != row.blocks else row


@transaction.atomic
def move_block(campaign: Campaign, *, at: int, by: Any, is_up: bool) -> Campaign:
    """One place up or down; at the edge nothing changes. Raises IndexError when there is none."""
    row = opened(campaign)
    said = list(row.blocks)
    to = at - 1 if is_up else at + 1
    said[at]
    if not 0 <= to < len(said):
        return row
    said[at], said[to] = said[to], said[at]
    return _kept(row, said, by)


@transaction.atomic
def remove_block(campaign: Campaign, *, at: int, by: Any) -> Campaign:
    """Take a block away. Raises IndexError when there is none."""
    row = opened(campaign)
    said = list(row.blocks)
    del said[at]
    return _kept(row, said, by)
