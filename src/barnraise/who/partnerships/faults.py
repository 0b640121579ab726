"""What a partnership, a stage or a rating may not say, in words for people."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.ui.faults import Fault, text_faults

from .models import Stage

CADENCE = range(1, 1001)
SCALE = range(1, 6)
MOST = {"about": 2000, "agreement": 5000, "reason": 300, "note": 300}


def day_faults(field: str, day: date, today: date) -> list[Fault]:
    """A day that has not come, or that nobody remembers."""
    if day > today:
        return [(field, _("This day has not come yet."))]
    return [(field, _("Write a day after 1900."))] if day.year < 1900 else []


def stage_faults(stage: str, since_on: date, reason: str, today: date) -> list[Fault]:
    """What is wrong with a line of the history of stages."""
    found = day_faults("since_on", since_on, today) + text_faults(MOST, reason=reason)
    if stage not in Stage.values:
        found.append(("stage", _("Choose one of the stages.")))
    if stage == Stage.ENDED and not reason:
        found.append(("reason", _("Say why it ended: whoever meets them again will want to know.")))
    return found


def rating_faults(influence: int, interest: int, rated_on: date, note: str, today: date) -> list[Fault]:
    """What is wrong with a rating."""
    found = day_faults("rated_on", rated_on, today) + text_faults(MOST, note=note)
    for name, level in (("influence", influence), ("interest", interest)):
        if level not in SCALE:
            found.append((name, _("Rate from 1 (little) to 5 (very much).")))
    return found


def standing_faults(
    cadence_days: int | None, agreed_on: date | None, ends_on: date | None, about: str, agreement: str
) -> list[Fault]:
    """What is wrong with the values of a partnership."""
    found = text_faults(MOST, about=about, agreement=agreement)
    if cadence_days is not None and cadence_days not in CADENCE:
        found.append(("cadence_days", _("Write a number of days from 1 to 1,000.")))
    for name, day in (("agreed_on", agreed_on), ("agreement_ends_on", ends_on)):
        if day is not None and not 1900 <= day.year <= 9000:
            found.append((name, _("Write a day after 1900.")))
    if agreed_on and ends_on and ends_on < agreed_on:
        found.append(("agreement_ends_on", _("The agreement would end before it was made.")))
    return found
