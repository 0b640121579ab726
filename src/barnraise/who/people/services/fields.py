"""Custom fields: make, change, retire, remove one that nobody has filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record

from ..models import CustomField, Person

_WRITTEN = ("label", "help_text", "type", "options", "kinds", "position", "is_retired")
MOST_OPTIONS = 100


def add_custom_field(*, label: str, by: Any, type: str = CustomField.Type.TEXT, **values: Any) -> CustomField:  # noqa: A002
    """A new field; its key follows from the label and never changes. Raises ValidationError by field."""
    now = timezone.now()
    with transaction.atomic():
        last = CustomField.objects.aggregate(last=Max("position"))["last"]
        given = {"position": 0 if last is None else last + 1, **values, "label": label, "type": type}
        row = CustomField(key=_free_key(label), created_at=now, updated_at=now, **_checked(given, None))
        row.save(force_insert=True)
        record(by=by, verb="people.field_added", about=[], details={"label": row.label})
    return row


def change_custom_field(field: CustomField, *, by: Any, **values: Any) -> bool:
    """Set label, help_text, type, options, kinds, position or is_retired. True when something changed.

    The kind of value stays as soon as somebody has one, and an option that somebody has stays in the list. Raises
    ValidationError by field.
    """
    if unknown := set(values) - set(_WRITTEN):
        raise TypeError(f"A custom field has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = CustomField.objects.select_for_update().get(pk=field.pk)
        wanted = _checked({name: values.get(name, getattr(row, name)) for name in _WRITTEN}, row)
        changes = {
            name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value
        }
        if changes:
            CustomField.objects.filter(pk=row.pk).update(**wanted, updated_at=timezone.now())
            record(
                by=by,
                verb="people.field_changed",
                about=[],
                details={"label": wanted["label"]},
                changes=changes,
            )
        field.refresh_from_db()
    return bool(changes)


def remove_custom_field(field: CustomField, *, by: Any) -> None:
    """Take away a field that nobody has a value of. Raises ValidationError otherwise: retire it instead."""
    with transaction.atomic():
        if is_filled_in(field):
            raise ValidationError(
                _("People have values in this field. Retire it instead: they stay to be read.")
            )
        record(by=by, verb="people.field_removed", about=[], details={"label": field.label})
        CustomField.objects.filter(pk=field.pk).delete()


def move_custom_field_up(field: CustomField, *, by: Any) -> bool:
    """Ask for it one place earlier. True when it moved."""
    with transaction.atomic():
        rows = list(CustomField.objects.select_for_update().order_by("position", "id"))
        at = next(number for number, row in enumerate(rows) if row.pk == field.pk)
        if at == 0:
            return False
        rows[at - 1], rows[at] = rows[at], rows[at - 1]
        now = timezone.now()
        for number, row in enumerate(rows):
            if row.position != number:
                CustomField.objects.filter(pk=row.pk).update(position=number, updated_at=now)
        record(by=by, verb="people.field_changed", about=[], details={"label": field.label})
    return True


def is_filled_in(field: CustomField) -> bool:
    """Somebody has a value of it."""
    return Person.objects.filter(custom__has_key=field.key).exists()


def _free_key(label: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:34] or "field"
    taken = set(CustomField.objects.filter(key__startswith=plain).values_list("key", flat=True))
    number, key = 1, plain
    while key in taken:
        number += 1
        key = f"{plain}_{number}"
    return key


def _checked(values: dict[str, Any], row: CustomField | None) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    values["label"] = squeeze(values["label"])
    values["help_text"] = squeeze(values.get("help_text") or "")
    if not values["label"] or len(values["label"]) > 80:
        found["label"] = [_("Write a label of 1 to 80 characters.")]
    if len(values["help_text"]) > 200:
        found["help_text"] = [_("At most %(most)d characters.") % {"most": 200}]
    if values["type"] not in CustomField.Type.values:
        found["type"] = [_("Choose one of the kinds of value.")]
    if unknown := set(values.get("kinds") or ()) - set(Person.Kind.values):
        found["kinds"] = [_("There is no kind of person “%(kind)s”.") % {"kind": min(unknown)}]
    values["kinds"] = sorted(set(values.get("kinds") or ()))
    options, fault = _options(values.get("options") or (), values["type"])
    values["options"] = options
    if fault:
        found["options"] = [fault]
    if row is not None and not found:
        found |= _kept(row, values)
    if found:
        raise ValidationError(found)
    return values


def _options(given: Sequence[str], kind: str) -> tuple[list[str], str]:
    options = list(dict.fromkeys(text for one in given if (text := squeeze(str(one)))))
    if kind != CustomField.Type.CHOICE:
        return [], ""
    if not 2 <= len(options) <= MOST_OPTIONS or any(len(one) > 80 for one in options):
        return options, _("Write between 2 and %(most)d options of at most 80 characters.") % {
            "most": MOST_OPTIONS
        }
    if len({one.casefold() for one in options}) < len(options):
        return options, _("Two options differ only in capital letters.")
    return options, ""


def _kept(row: CustomField, values: dict[str, Any]) -> dict[str, list[str]]:
    """What people have must still be readable."""
    if values["type"] != row.type and is_filled_in(row):
        return {"type": [_("People have values in this field; its kind of value stays.")]}
    for option in set(row.options) - set(values["options"]):
        if Person.objects.filter(**{f"custom__{row.key}": option}).exists():
            return {"options": [_("Somebody has “%(option)s”; it has to stay.") % {"option": option}]}
    return {}
