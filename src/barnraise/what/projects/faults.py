"""What projects and their parts may not say, in words for people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Actual, BudgetLine, Contribution, Opening, Project, ProjectPartner

NUL = "\x00"
TEXTS = ("name", "about", "note", "what", "unit", "outcome")
MOST = 10**15


def texts(row: Any) -> dict[str, Any]:
    """Fields with a character that no database stores."""
    return {
        name: _("It contains a character that cannot be stored.")
        for name in TEXTS
        if NUL in (getattr(row, name, "") or "")
    }


def of_project(row: Project) -> dict[str, Any]:
    """Reasons by field."""
    errors = texts(row)
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        errors["ends_on"] = _("It would end before it begins.")
    if not errors and Project.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk).exists():
        errors["name"] = _("There is a project of this name already.")
    return errors


def of_part(row: Any) -> dict[str, Any]:
    """Reasons by field, for any part of a project."""
    errors = texts(row)
    others = type(row).objects.filter(project_id=row.project_id).exclude(pk=row.pk)
    if isinstance(row, ProjectPartner):
        if others.filter(organisation_id=row.organisation_id, role=row.role).exists():
            errors["organisation"] = _("This organisation has this role already.")
    elif isinstance(row, BudgetLine):
        if row.planned is not None and not 0 <= row.planned < MOST:
            errors["planned"] = _("Write an amount that is not negative.")
        if not errors and others.filter(name=row.name).exists():
            errors["name"] = _("There is a budget line of this name already.")
    elif isinstance(row, Actual):
        if row.line.project_id != row.project_id:
            errors["line"] = _("This line belongs to another project.")
        if row.amount is not None and not -MOST < row.amount < MOST:
            errors["amount"] = _("This amount is too large.")
    elif isinstance(row, Opening) and row.places is not None and not 1 <= row.places <= 10_000:
        errors["places"] = _("Write 1 to 10,000 places.")
    return errors


def of_contribution(row: Contribution) -> dict[str, Any]:
    """Reasons by field; METHODS 1.4."""
    errors = texts(row)
    if (row.organisation_id is None) == (row.person_id is None):
        errors["organisation"] = _("Say who gave it: an organisation or a person, one of the two.")
    for name in ("quantity", "hours", "unit_value"):
        value = getattr(row, name)
        if value is not None and value < 0:
            errors[name] = _("It must not be negative.")
    kinds = Contribution.Kind
    if row.kind == kinds.MONEY and not row.unit_value:
        errors["unit_value"] = _("Write the amount.")
    if row.kind in {kinds.HOURS, kinds.SERVICE} and not row.hours and not row.unit_value:
        errors["hours"] = _("Write the hours.")
    if row.kind == kinds.GOODS and (row.quantity is None or row.unit_value is None):
        errors["quantity"] = _("Write how many, and the fair value of one.")
    if row.kind == kinds.SERVICE and row.unit_value and not row.recognised:
        errors["recognised"] = _(
            "State why this service is recognisable: asset, or specialised skill that would be bought."
        )
    if row.kind != kinds.MONEY and row.unit_value and not row.technique:
        errors["technique"] = _("Say how it was valued.")
    if row.unit_value is not None and row.unit_value >= MOST:
        errors["unit_value"] = _("This amount is too large.")
    return errors


def check(row: Any, errors: dict[str, Any], *, leave: tuple[str, ...] = ()) -> None:
    """Raise ValidationError by field for these errors and those of the fields themselves."""
    try:
        row.full_clean(
            exclude=["name_folded", "by", *leave], validate_unique=False, validate_constraints=False
        )
    except ValidationError as no:
        errors = {**no.error_dict, **errors}
    if errors:
        raise ValidationError(errors)
