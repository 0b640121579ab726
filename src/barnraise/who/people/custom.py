"""Values of custom fields, as typed and as kept: text, number, ISO date, an option's text, true or false."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from .models import CustomField

YES = {"yes", "true", "1", "y", "x", "si", "sí"}
NO = {"", "no", "false", "0", "n"}


def read(field: CustomField, given: Any) -> Any:
    """The value to keep; None for nothing. Raises ValidationError naming the field by its label."""
    if given is None or given == "":
        return None
    try:
        return _READERS[field.type](field, given)
    except ValueError:
        wanted = {
            CustomField.Type.NUMBER: _("a number"),
            CustomField.Type.DATE: _("a date like 2026-03-31"),
            CustomField.Type.CHOICE: _("one of its options"),
            CustomField.Type.YES_NO: _("yes or no"),
        }.get(CustomField.Type(field.type), _("a text of at most 1,000 characters"))
        raise ValidationError(
            _("%(field)s: “%(value)s” is not %(wanted)s.")
            % {"field": field.label, "value": str(given)[:60], "wanted": wanted}
        ) from None


def _text(field: CustomField, given: Any) -> Any:
    text = str(given).strip()
    if len(text) > 1000 or "\x00" in text:
        raise ValueError
    return text or None


def _number(field: CustomField, given: Any) -> Any:
    if isinstance(given, bool):
        raise ValueError
    number = float(str(given).strip())
    if not abs(number) < 1e15:
        raise ValueError
    return int(number) if number.is_integer() else number


def _date(field: CustomField, given: Any) -> Any:
    return (given if isinstance(given, date) else date.fromisoformat(str(given).strip())).isoformat()


def _choice(field: CustomField, given: Any) -> Any:
    wanted = str(given).strip().casefold()
    for option in field.options:
        if option.casefold() == wanted:
            return option
    raise ValueError


def _yes_no(field: CustomField, given: Any) -> Any:
    if isinstance(given, bool):
        return given
    text = str(given).strip().casefold()
    if text not in YES | NO:
        raise ValueError
    return text in YES


_READERS: Mapping[str, Any] = {
    CustomField.Type.TEXT: _text,
    CustomField.Type.NUMBER: _number,
    CustomField.Type.DATE: _date,
    CustomField.Type.CHOICE: _choice,
    CustomField.Type.YES_NO: _yes_no,
}


def read_all(fields: Sequence[CustomField], given: Mapping[str, Any]) -> dict[str, Any]:
    """By key the values to keep, empty ones left out. Raises ValidationError for a key there is not and for values that do not fit."""
    known = {field.key: field for field in fields}
    kept: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            raise ValidationError(_("There is no custom field “%(key)s”.") % {"key": key[:60]})
        if (found := read(known[key], value)) is not None:
            kept[key] = found
    return kept


def in_words(field: CustomField, value: Any) -> str:
    """A kept value as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.type == CustomField.Type.DATE:
        try:
            return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
        except ValueError:
            return str(value)
    if isinstance(value, int | float):
        return str(number_format(value, use_l10n=True))
    return str(value)


def as_text(value: Any) -> str:
    """A kept value as a spreadsheet has it, and as `read` takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
