"""How audiences look: rules in words, reach with the reasons of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.components import badge, data

from .models import Audience
from .selectors import Told

SHOWN = 6


def label(value: Any) -> Any:
    """A value as it is shown: names are not to be translated."""
    return data(value) if isinstance(value, AsWritten) else value


def values_line(told: Told) -> Safe:
    """The values of a rule with "or" between them; of many the first few and how many more."""
    shown = [label(value) for value in told.values[:SHOWN]]
    line = join([part for value in shown for part in (_(" or "), value)][1:])
    more = len(told.values) - len(shown)
    return join([line, " ", _("and %(n)d more") % {"n": more}]) if more > 0 else line


def rule_line(told: Told) -> Safe:
    """A rule as a sentence."""
    word = el("strong", _("not"), " ") if told.rule.is_not else ""
    return join([told.title, ": ", word, values_line(told)])


def rules_text(rules: Iterable[Told], mode: str) -> str:
    """All rules in one line of text, for tables and files."""
    between = _(" and ") if mode == Audience.Mode.ALL else _(" or ")
    parts = []
    for told in rules:
        word = f"{_('not')} " if told.rule.is_not else ""
        parts.append(f"{told.title}: {word}{_(' or ').join(str(value) for value in told.values)}")
    return between.join(parts)


def state_badge(row: Audience) -> Safe:
    """Whether it is offered."""
    return badge(_("Ended")) if row.is_ended else badge(_("In use"), tone="good")
