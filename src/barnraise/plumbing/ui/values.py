"""Values as people read them: dates in the reader's zone, numbers with separators, money with its currency."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal, get_currency_precision
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join


def data(value: Any, tag: str = "span") -> Safe:
    """Something a person typed, marked as not for translation."""
    return el(tag, value, translate="no")


def nothing() -> Safe:
    """A dash for "not known"; screen readers hear the words."""
    return join(
        [
            el("span", "–", aria_hidden="true", class_="nothing"),
            el("span", _("not known"), class_="visually-hidden"),
        ]
    )


def when(moment: datetime | None, *, stop: bool = False) -> Safe:
    """An instant as date and time in the reader's zone, machine-readable in UTC. None is a dash.

    `stop`: it ends a sentence; "5 p.m." brings its own full stop.
    """
    if moment is None:
        return nothing()
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    shown = f"{date_format(local, 'DATE_FORMAT')}, {date_format(local, 'TIME_FORMAT')}"
    drawn = el("time", shown, datetime=moment.isoformat(timespec="seconds"), title=local.strftime("%Z"))
    return join([drawn, "."]) if stop and not shown.endswith(".") else drawn


def day(value: date | None) -> Safe:
    """A date without time, of an instant the day in the reader's zone. None is a dash."""
    if isinstance(value, datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return _day(value, get_language() or "en") if value else nothing()


@lru_cache(maxsize=10_000)
def _day(value: date, language: str) -> Safe:
    """The same few hundred days stand on a page again and again; `language` is the one in force."""
    return el("time", date_format(value, "DATE_FORMAT"), datetime=value.isoformat())


def number(value: float | Decimal | None, *, unit: Any = "", places: int = 0) -> Safe:
    """A number with the reader's separators and its unit, in tabular figures; None is a dash, never zero.

    `places`: as many decimals, where a column of them should stand in line; 0 shows those that it has.
    """
    if value is None:
        return nothing()
    shown = number_text(value, places=places)
    return el("span", shown, join(["\u00a0", unit]) if unit else "", class_="number")


def number_text(value: float | Decimal, *, places: int = 0) -> str:
    """The same as text alone."""
    return _decimal(value, _locale(), places)


@lru_cache(maxsize=10_000, typed=True)
def _decimal(value: float | Decimal, locale: str, places: int) -> str:
    """The same few thousand numbers stand on every page."""
    return format_decimal(value, format=f"#,##0.{'0' * places}" if places else None, locale=locale)


def money(amount: int | None, currency: str) -> Safe:
    """`amount` in minor units (cents) of an ISO 4217 currency: money(123450, "EUR") is "€1,234.50". None is a dash."""
    return nothing() if amount is None else _money(amount, currency, _locale())


@lru_cache(maxsize=10_000)
def _money(amount: int, currency: str, locale: str) -> Safe:
    shown = format_currency(major(amount, currency), currency, locale=locale)
    return el("span", shown, class_="number")


def major(amount: int, currency: str) -> Decimal:
    """Minor units as the currency's own: major(123450, "EUR") is 1234.50."""
    return Decimal(amount).scaleb(-get_currency_precision(currency))


def _locale() -> str:
    return _locale_of(get_language() or "en")


@lru_cache
def _locale_of(language: str) -> str:
    name = to_locale(language)
    try:
        return str(Locale.parse(name))
    except (UnknownLocaleError, ValueError):
        return "en"
