"""The hours of a week in a form: a field for each day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import hours
from ..hours import HoursError, Span

NAMES = tuple(f"hours_{day}" for day in range(7))
HELP = gettext_lazy("Like 9:00–12:00, 14:00–18:00. Empty is closed.")


def day_fields() -> dict[str, forms.CharField]:
    """Seven fields, Monday first."""
    return {
        name: forms.CharField(
            label=WEEKDAYS[day], required=False, max_length=120, help_text=HELP if day == 0 else ""
        )
        for day, name in enumerate(NAMES)
    }


def initial(given: tuple[Span, ...]) -> dict[str, str]:
    """What the fields show."""
    return {name: hours.write_day(given, day) for day, name in enumerate(NAMES)}


def clean_day(text: str, day: int) -> list[Span]:
    """What one field says. Raises ValidationError."""
    try:
        return [(day, opens, closes) for opens, closes in hours.read_day(text)]
    except HoursError as no:
        raise ValidationError(
            _("“%(part)s”: write hours like 9:00–12:00, 14:00–18:00.") % {"part": no}
        ) from None


def read(form: forms.Form, given: Mapping[str, Any]) -> tuple[Span, ...]:
    """The hours of all seven fields; what cannot be read is said at its field."""
    found: list[Span] = []
    for day, name in enumerate(NAMES):
        try:
            found += clean_day(given.get(name) or "", day)
        except ValidationError as no:
            form.add_error(name, no)
    return hours.spans(found)
