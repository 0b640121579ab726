"""The words in which a milestone is told, in the language that is active."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from barnraise.plumbing.profile.selectors import installation

from .models import Milestone


def told(row: Milestone) -> tuple[str, str]:
    """A title, and two sentences."""
    value = format_decimal(row.value.normalize(), locale=to_locale(get_language() or "en"))
    said = {
        "value": value,
        "words": row.mark.words,
        "house": installation().network_name or _("The partnership"),
        "day": date_format(row.reached_on),
    }
    return f"{value} {row.mark.words}", _(
        "%(house)s has passed %(value)s %(words)s by %(day)s. Thanks to everybody who was part of it."
    ) % said
