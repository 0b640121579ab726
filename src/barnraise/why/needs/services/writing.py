"""Set checked fields of a row, and tell what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze


def checked(row: models.Model, title: str) -> None:
    """Fold the title, and raise ValidationError by field for whatever the row may not say."""
    whole: Any = row
    said = squeeze(getattr(whole, title))
    setattr(whole, title, said)
    field = whole._meta.get_field(f"{title}_folded")
    setattr(whole, field.name, fold(said)[: field.max_length])
    errors: dict[str, Any] = {}
    for one in whole._meta.concrete_fields:
        value = getattr(whole, one.attname)
        if isinstance(value, str) and "\x00" in value:
            errors[one.name] = _("It contains a character that cannot be stored.")
        if isinstance(value, date) and not isinstance(value, datetime) and not 1900 <= value.year <= 9000:
            errors[one.name] = _("Write a day from 1900 on.")
    try:
        row.full_clean(exclude=[field.name], validate_unique=False, validate_constraints=False)
    except ValidationError as no:
        errors = {**no.error_dict, **errors}
    if errors:
        raise ValidationError(errors)


def differing(row: Any, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set these values; what is another one now, as (before, after) in JSON values."""
    told = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            told[name] = (plain(before), plain(value))
    return told


def plain(value: Any) -> Any:
    """A JSON value of any field's value."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
