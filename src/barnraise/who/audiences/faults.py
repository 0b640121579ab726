"""What an audience or a rule may not say, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.who.consent.models.purpose import Channel

from .models import Audience
from .selectors import known_values
from .sockets import criteria

Fault = tuple[str, Any]
MOST_VALUES = 200
MOST_RULES = 30


def refuse(found: Iterable[Fault]) -> None:
    """Raise ValidationError by field when anything was found."""
    errors: dict[str, list[Any]] = {}
    for field, reason in found:
        errors.setdefault(field, []).append(reason)
    if errors:
        raise ValidationError(errors)


def audience_faults(row: Audience) -> list[Fault]:
    """What is wrong with the values of an audience."""
    found: list[Fault] = []
    if not row.name:
        found.append(("name", _("Give it a name.")))
    elif Audience.objects.filter(name_folded=fold(row.name)[:120]).exclude(pk=row.pk).exists():
        found.append(("name", _("There is an audience of this name already.")))
    for name, most in (("name", 120), ("about", 300)):
        if len(getattr(row, name)) > most:
            found.append((name, _("At most %(most)s characters are kept here.") % {"most": most}))
        if "\x00" in getattr(row, name):
            found.append((name, _("It contains a character that cannot be stored.")))
    if row.mode not in Audience.Mode.values:
        found.append(
            ("mode", _("Choose whether all of the rules or any of them make somebody belong to it."))
        )
    return [*found, *_reach_faults(row)]


def _reach_faults(row: Audience) -> list[Fault]:
    if row.channel and row.channel not in Channel.values:
        return [("channel", _("Choose one of the channels."))]
    if bool(row.purpose_id) != bool(row.channel):
        return [("channel", _("Choose purpose and channel together, or neither."))]
    if row.purpose is not None and row.channel not in row.purpose.channels:
        return [("channel", _("Nobody is contacted for this purpose by that channel."))]
    return []


def rule_faults(criterion: str, values: Sequence[str]) -> list[Fault]:
    """What is wrong with a rule."""
    if criterion not in criteria:
        return [("criterion", _("There is no such criterion here."))]
    if not values:
        return [("values", _("Choose one value at least."))]
    if len(values) > MOST_VALUES:
        return [("values", _("At most %(most)s values make one rule.") % {"most": MOST_VALUES})]
    strange = sorted(set(values) - known_values(criterion, values))
    if strange:
        return [("values", _("“%(value)s” is not one of its values.") % {"value": strange[0][:60]})]
    return []
