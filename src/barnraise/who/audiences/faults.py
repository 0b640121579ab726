"""What an audience or a rule may not say, in words for people."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.ui.faults import Fault, text_faults
from barnraise.who.consent.models.purpose import CONTACTS

from .models import Audience
from .selectors import known_values
from .sockets import criteria

MOST = {"name": 120, "about": 300}
MOST_VALUES = 200
MOST_RULES = 30


def audience_faults(row: Audience, *, is_free: bool | None = None) -> list[Fault]:
    """What is wrong with the values of an audience. `is_free`: that nobody else has its name, where that is known; else it is looked up."""
    found: list[Fault] = []
    if not row.name:
        found.append(("name", _("Give it a name.")))
    elif not (_is_free(row) if is_free is None else is_free):
        found.append(("name", _("There is an audience of this name already.")))
    found += text_faults(MOST, name=row.name, about=row.about)
    if row.mode not in Audience.Mode.values:
        found.append(
            ("mode", _("Choose whether all of the rules or any of them make somebody belong to it."))
        )
    return [*found, *_reach_faults(row)]


def _is_free(row: Audience) -> bool:
    return not Audience.objects.filter(name_folded=fold(row.name)[:120]).exclude(pk=row.pk).exists()


def _reach_faults(row: Audience) -> list[Fault]:
    if row.channel and row.channel not in dict(CONTACTS):
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
