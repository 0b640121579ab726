"""What thanks and marks may not say, in words for people."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, text_faults

from . import selectors
from .models import Mark, Thanks

MOST = {"letter": 5000, "wording": 600, "wish": 600, "note": 300, "words": 120, "signed_by": 120}


def thanks_faults(row: Thanks, today: date) -> list[Fault]:
    """What is wrong with thanks."""
    found = text_faults(MOST, letter=row.letter, wording=row.wording)
    if row.organisation_id is None:
        found.append(("organisation", _("Say whom you thank.")))
    elif row.organisation.is_own:
        found.append(("organisation", _("This is our own organisation.")))
    if not row.letter:
        found.append(("letter", _("Write the letter.")))
    if row.language not in dict(settings.LANGUAGES):
        found.append(("language", _("Choose one of the languages.")))
    if row.ends_on < row.begins_on:
        found.append(("ends_on", _("This is before the first day.")))
    if row.begins_on > today:
        found.append(("begins_on", _("This day has not come yet.")))
    if row.begins_on.year < 1990 or row.ends_on.year > 2200:
        found.append(("begins_on", _("Write a day after 1990.")))
    return found


def mark_faults(row: Mark) -> list[Fault]:
    """What is wrong with a mark."""
    found = text_faults(MOST, words=row.words)
    if not row.words:
        found.append(("words", _("Say what is counted.")))
    if not 0 < row.step < 10**12:
        found.append(("step", _("Write a number above zero.")))
    elif row.indicator_id:
        there = selectors.existing_mark(row.indicator_id, row.step)
        if there is not None and there.pk != row.pk:
            found.append(("step", _("There is this mark already.")))
    return found
