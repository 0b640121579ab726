"""Gives and seeks in words: amounts with their unit, seasons, validity, state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from barnraise.foundation.html import Safe, join
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.components import badge, money, number

from .exchanges import ExchangeDocument
from .models import Exchange
from .season import Day, Season, season_of

ICONS = {
    "money": "coins",
    "in_kind": "package",
    "volunteers": "users",
    "space": "home",
    "expertise": "bulb",
    "reach": "speakerphone",
}


def unit_words(unit: str, many: int) -> str:
    """The unit behind its number: "people", "hours", "m²"."""
    words = {
        "people": npgettext("unit", "person", "people", many),
        "hours": npgettext("unit", "hour", "hours", many),
        "days": npgettext("unit", "day", "days", many),
        "square_metres": "m²",
        "places": npgettext("unit", "seat or place", "seats or places", many),
        "meals": npgettext("unit", "meal", "meals", many),
        "items": npgettext("unit", "piece", "pieces", many),
        "kilograms": "kg",
        "households": npgettext("unit", "household", "households", many),
        "vehicles": npgettext("unit", "vehicle", "vehicles", many),
    }
    return words.get(unit, unit)


def per_words(per: str) -> str:
    """How often: "each week"; empty for once."""
    return str(Exchange.Per(per).label) if per else ""


def amount(said: Exchange | ExchangeDocument) -> Safe:
    """The amount with its unit: "$5,000.00 each year"; empty when none is known."""
    if said.amount is None:
        return Safe("")
    is_money = said.unit == Exchange.Unit.MONEY
    unit = "" if is_money else unit_words(said.unit, said.amount)
    shown = money(said.amount, said.currency) if is_money else number(said.amount, unit=unit)
    return join([shown, per_words(said.per)], " ") if said.per else shown


def plain(said: Exchange | ExchangeDocument) -> str:
    """The amount as text without markup, for sentences."""
    return str(strip_tags(amount(said)))


def month_names() -> dict[str, int]:
    """Folded names of the months, in the reader's language and in English, to their numbers."""
    from django.utils.translation import override

    found = {fold(str(name)): number for number, name in MONTHS.items()}
    with override("en"):
        return {**{fold(str(name)): number for number, name in MONTHS.items()}, **found}


def day_words(day: Day) -> str:
    """ "15 November"."""
    return _("%(day)d %(month)s") % {"day": day[1], "month": MONTHS[day[0]]}


def season(said: Season) -> str:
    """ "November to March", "15 November to 31 March", "May, June, October"; empty for the whole year."""
    if said.is_whole_year:
        return ""
    if said.since is not None and said.until is not None:
        return _("%(first)s to %(last)s") % {"first": day_words(said.since), "last": day_words(said.until)}
    months = _from_its_beginning(sorted(said.months))
    if len(months) > 2 and all(b == a % 12 + 1 for a, b in pairwise(months)):
        return _("%(first)s to %(last)s") % {"first": MONTHS[months[0]], "last": MONTHS[months[-1]]}
    return ", ".join(str(MONTHS[month]) for month in months)


def _from_its_beginning(months: list[int]) -> list[int]:
    """November, December, January, not January, November, December: begins after a gap."""
    for place, month in enumerate(months):
        before = 12 if month == 1 else month - 1
        if before not in months:
            return months[place:] + months[:place]
    return months


def season_of_row(row: Exchange) -> Season:
    """When in every year."""
    return season_of(row.months, row.season_from, row.season_until)


def validity(since: date | None, until: date | None) -> str:
    """ "from 1 May 2026 until 31 August 2026"; empty when it is always."""
    shown = {
        "since": date_format(since, "DATE_FORMAT") if since else "",
        "until": date_format(until, "DATE_FORMAT") if until else "",
    }
    if since and until:
        return _("from %(since)s until %(until)s") % shown
    if since:
        return _("from %(since)s on") % shown
    return _("until %(until)s") % shown if until else ""


def is_plain(row: Exchange, on: date) -> bool:
    """Open, valid and in season: nothing that has to be said."""
    return (
        row.status == Exchange.Status.OPEN
        and (row.valid_from is None or row.valid_from <= on)
        and (row.valid_until is None or row.valid_until >= on)
        and season_of_row(row).holds(on)
    )


def state(row: Exchange, on: date, *, is_short: bool = False) -> Safe:
    """Open, paused or ended; of an open one, whether its time has passed, is to come, or it is out of season.

    `is_short` leaves out when the season begins: where the season stands beside it.
    """
    if row.status == Exchange.Status.PAUSED:
        return badge(_("Paused"), tone="warning", icon="player-pause")
    if row.status == Exchange.Status.ENDED:
        return badge(_("Ended"), icon="archive")
    if row.valid_until and row.valid_until < on:
        return badge(_("Its time has passed"), tone="warning", icon="hourglass")
    if row.valid_from and row.valid_from > on:
        return badge(_("To come"), icon="clock")
    begins = season_of_row(row).begins(on)
    if begins is not None and is_short:
        return badge(_("Out of season"), icon="clock")
    if begins is not None:
        return badge(
            _("Out of season until %(day)s") % {"day": day_words((begins.month, begins.day))}, icon="clock"
        )
    return badge(_("Open"), tone="good")


def details(row: Exchange) -> list[Any]:
    """Amount, season and validity, as far as they are known, for one line."""
    parts: Iterable[Any] = (
        amount(row),
        season(season_of_row(row)),
        validity(row.valid_from, row.valid_until),
    )
    return [part for part in parts if part]
