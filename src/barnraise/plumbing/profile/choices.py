"""What time zones, currencies and months may be chosen, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_month_names
from babel.numbers import get_currency_name
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten

_AREAS: dict[str, Any] = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """ISO 4217 codes of the currencies that are legal tender somewhere today."""
    by_place = get_global("territory_currencies")
    return frozenset(
        code
        for spans in by_place.values()
        for code, _start, end, is_tender in spans
        if end is None and is_tender
    )


@lru_cache(maxsize=8)
def _currencies(locale: str) -> tuple[tuple[str, str], ...]:
    named = [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in currency_codes()]
    return tuple(sorted(named))


def currencies() -> list[tuple[str, str]]:
    """(code, "USD · US Dollar") by code."""
    return list(_currencies(str(_locale())))


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """IANA names by alphabet: UTC first, then those of an area, like "America/Denver"."""
    return ("UTC", *sorted(name for name in available_timezones() if name.partition("/")[0] in _AREAS))


def time_zone_choices() -> list[tuple[str, Any]]:
    """UTC, then areas with their places, ("America", [("America/New_York", "New York")]), so that typing a town finds it."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in time_zones()[1:]:
        area, _slash, place = name.partition("/")
        groups.setdefault(area, []).append((name, AsWritten(place.replace("_", " ").replace("/", ", "))))
    return [("UTC", AsWritten("UTC")), *((_AREAS[area], places) for area, places in groups.items())]


def months() -> list[tuple[int, str]]:
    """(1, "January") to (12, "December")."""
    names = get_month_names("wide", context="stand-alone", locale=_locale())
    return [(number, names[number].capitalize()) for number in range(1, 13)]


def languages() -> list[tuple[str, str]]:
    """(code, its name in itself) of the languages the interface speaks."""
    return [(code, AsWritten(name)) for code, name in settings.LANGUAGES]
