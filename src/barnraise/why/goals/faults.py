"""What goals, objectives and indicators may not say, in words for people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Goal, Indicator, Objective
from .sockets import sources

NUL = "\x00"


def texts(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Fields with a character that no database stores."""
    return {
        name: _("It contains a character that cannot be stored.")
        for name in names
        if NUL in (getattr(row, name) or "")
    }


def of_goal(row: Goal) -> dict[str, Any]:
    """Reasons by field."""
    errors = texts(row, ("name", "about"))
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        errors["ends_on"] = _("It would end before it begins.")
    if not errors and Goal.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk).exists():
        errors["name"] = _("There is a goal of this name already.")
    return errors


def of_objective(row: Objective) -> dict[str, Any]:
    """Reasons by field."""
    errors = texts(row, ("name", "about"))
    there = Objective.objects.filter(goal_id=row.goal_id, name_folded=row.name_folded).exclude(pk=row.pk)
    if not errors and there.exists():
        errors["name"] = _("This goal has an objective of this name already.")
    if row.goal.is_ended and row._state.adding:
        errors["goal"] = _("This goal has ended. Reopen it first.")
    return errors


def of_indicator(row: Indicator) -> dict[str, Any]:
    """Reasons by field."""
    errors = texts(row, ("name", "definition", "unit", "source_note"))
    if not errors and Indicator.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk).exists():
        errors["name"] = _("There is an indicator of this name already.")
    if row.baseline_on and row.target_on and row.target_on <= row.baseline_on:
        errors["target_on"] = _("The target's day has to lie after the baseline's.")
    if row.amber_from > row.green_from:
        errors["amber_from"] = _("Amber begins below green.")
    plug = sources.find(row.source) if row.source else None
    if row.source and plug is None:
        errors["source"] = _("There is no source of this name.")
    elif plug is None and row.rule in {Indicator.Rule.COUNT, Indicator.Rule.DISTINCT}:
        errors["rule"] = _(
            "Without a source there are no rows to count: choose the sum, the mean or the last value."
        )
    elif plug is not None and row.rule not in plug.rules:
        fit = " · ".join(str(Indicator.Rule(one).label) for one in plug.rules)
        errors["rule"] = _("This rule makes no sense of what the source gives. Choose: %(rules)s") % {
            "rules": fit
        }
    return errors


def check(row: Any, errors: dict[str, Any], *, leave: tuple[str, ...] = ()) -> None:
    """Raise ValidationError by field for these errors and those of the fields themselves."""
    try:
        row.full_clean(exclude=["name_folded", *leave], validate_unique=False, validate_constraints=False)
    except ValidationError as no:
        errors = {**errors, **no.error_dict}
    if errors:
        raise ValidationError(errors)
