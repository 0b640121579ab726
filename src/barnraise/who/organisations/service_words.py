"""Services and opening hours in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, join
from barnraise.plumbing.ui.components import badge, number

from . import offering
from .hours import Span, grouped, is_open, spans
from .models import Organisation, Service


def week(given: Sequence[Any]) -> list[tuple[str, str]]:
    """("Monday to Friday", "09:00–17:00") in the order of the week."""
    return [(_days(days), shown) for days, shown in grouped(spans(given))]


def _days(days: Sequence[int]) -> str:
    first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
    if len(days) == 1:
        return first
    if len(days) == 2:
        return _("%(first)s and %(last)s") % {"first": first, "last": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def hours_line(given: Sequence[Any]) -> str:
    """The week in one line."""
    return "; ".join(f"{days} {shown}" for days, shown in week(given))


def open_now(given: Sequence[Span], now: datetime) -> Safe:
    """A badge; nothing when no hours are known. `now` is local."""
    if not given:
        return Safe("")
    is_now = is_open(spans(given), now.weekday(), f"{now:%H:%M}")
    return badge(_("Open now"), tone="good") if is_now else badge(_("Closed now"), icon="clock")


def cost(row: Service) -> Safe:
    """Free or not, as far as it is known."""
    if row.is_free is None:
        return Safe("")
    return badge(_("Free"), tone="good") if row.is_free else badge(_("Costs something"), icon="coins")


def ages(row: Service) -> str:
    """ "from 12 to 18 years", "from 60 years on"."""
    low, high = row.minimum_age, row.maximum_age
    if low is not None and high is not None:
        return _("from %(low)d to %(high)d years") % {"low": low, "high": high}
    if low is not None:
        return _("from %(low)d years on") % {"low": low}
    return _("up to %(high)d years") % {"high": high} if high is not None else ""


def languages(row: Service) -> str:
    """Their names in the reader's language."""
    return ", ".join(offering.language(code) for code in row.languages)


def state(row: Service) -> Safe:
    """How it stands with it."""
    tone: Any = {"active": "good", "temporarily closed": "warning"}.get(row.status, "neutral")
    return badge(row.get_status_display(), tone=tone)


def capacity(row: Organisation) -> Any:
    """ "30 people each day"; None when it is not known."""
    if row.capacity is None:
        return None
    said = number(row.capacity, unit=_("people"))
    return join([said, Organisation.Per(row.capacity_per).label], " ") if row.capacity_per else said
