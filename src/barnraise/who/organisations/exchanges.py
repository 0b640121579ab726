"""What an organisation gives or seeks as one plain value, and what it may not say. No database here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.translation import gettext_lazy as _

from . import sectors
from .models import Exchange
from .season import Season, day_of, season_of

Fault = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class ExchangeDocument:
    """Everything one give or seek says. `communities` are keys, `sectors` (scheme, code) pairs, both sorted.

    `amount` is whole, money in minor units of `currency`; `months` and the days of the season as in `models.Exchange`.
    """

    direction: str
    kind: str
    what: str
    condition: str = ""
    amount: int | None = None
    unit: str = ""
    currency: str = ""
    per: str = ""
    months: int = 0
    season_from: str = ""
    season_until: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    status: str = "open"
    sectors: tuple[tuple[str, str], ...] = ()
    communities: tuple[int, ...] = ()

    @property
    def season(self) -> Season:
        """When in every year."""
        return season_of(self.months, self.season_from, self.season_until)


FIELDS = tuple(field.name for field in fields(ExchangeDocument))
COLUMNS = FIELDS[:-1]
"""Fields that are columns of the row itself."""

USUAL_UNITS = {
    "money": "money",
    "in_kind": "items",
    "volunteers": "people",
    "space": "square_metres",
    "expertise": "hours",
    "reach": "people",
}
"""What an amount of a kind counts in when nothing else is said."""


def faults(said: ExchangeDocument) -> list[Fault]:
    """(field, lazy sentence) for everything wrong; empty when it may be written."""
    return [*_words(said), *_amount(said), *_time(said), *_sectors(said)]


def _words(said: ExchangeDocument) -> Iterator[Fault]:
    for name, choices in (
        ("direction", Exchange.Direction),
        ("kind", Exchange.Kind),
        ("status", Exchange.Status),
    ):
        if getattr(said, name) not in choices.values:
            yield name, _("Choose one of them.")
    if not said.what.strip():
        yield "what", _("Write what it is, in a few words.")
    for name, most in (("what", 300), ("condition", 2000)):
        if len(getattr(said, name)) > most:
            yield name, _("At most %(most)d characters.") % {"most": most}
        if "\x00" in getattr(said, name):
            yield name, _("It contains a character that cannot be stored.")


def _amount(said: ExchangeDocument) -> Iterator[Fault]:
    if said.per not in Exchange.Per.values:
        yield "per", _("Choose one of them.")
    if said.amount is None:
        if said.unit or said.currency:
            yield "amount", _("Write the amount, or leave the unit out.")
        return
    if not 0 < said.amount < 2**53:
        yield "amount", _("Write an amount above 0.")
    if said.unit not in Exchange.Unit.values:
        yield "unit", _("Choose what the amount counts in.")
    if said.kind == Exchange.Kind.MONEY and said.unit != Exchange.Unit.MONEY:
        yield "unit", _("Money is counted in money.")
    if said.unit == Exchange.Unit.MONEY and not re.fullmatch(r"[A-Z]{3}", said.currency):
        yield "currency", _("Write the currency as three letters, for example USD.")
    if said.unit != Exchange.Unit.MONEY and said.currency:
        yield "currency", _("Only money has a currency.")


def _time(said: ExchangeDocument) -> Iterator[Fault]:
    if not 0 <= said.months < 4096:
        yield "months", _("Choose months of the year.")
    if bool(said.season_from) != bool(said.season_until):
        yield "season_until", _("Give both the first and the last day of the season, or none of them.")
    for name in ("season_from", "season_until"):
        try:
            if getattr(said, name):
                day_of(getattr(said, name))
        except ValueError:
            yield name, _("Write a day and a month, for example 15 November.")
    if said.valid_from and said.valid_until and said.valid_from > said.valid_until:
        yield "valid_until", _("It ends before it begins.")


def _sectors(said: ExchangeDocument) -> Iterator[Fault]:
    for scheme, code in said.sectors:
        try:
            if sectors.normalise(scheme, code) != (scheme, code):
                yield "sectors", _("The sector code is not in its normal form.")
        except sectors.SectorError as no:
            yield "sectors", no.reason
    for name in ("sectors", "communities"):
        if len(getattr(said, name)) > 50:
            yield name, _("At most %(most)d of them.") % {"most": 50}


def tidy(said: ExchangeDocument) -> ExchangeDocument:
    """The same with its sets sorted, doubles gone, and the months that the days of its season touch."""
    changed: dict[str, Any] = {name: getattr(said, name) for name in FIELDS}
    changed["communities"] = tuple(sorted(set(said.communities)))
    changed["sectors"] = tuple(sorted(set(said.sectors)))
    if said.season_from and said.season_until:
        changed["months"] = said.season.mask
    elif said.months == 4095:
        changed["months"] = 0
    return ExchangeDocument(**changed)


def to_json(said: ExchangeDocument) -> dict[str, Any]:
    """As JSON has it."""
    found: dict[str, Any] = {name: getattr(said, name) for name in FIELDS}
    for name in ("valid_from", "valid_until"):
        found[name] = found[name].isoformat() if found[name] else None
    found["sectors"] = [list(pair) for pair in said.sectors]
    found["communities"] = list(said.communities)
    return found


def from_json(stored: Mapping[str, Any]) -> ExchangeDocument:
    """What `to_json` was made of. Fields that are missing get their default."""
    found = {name: stored[name] for name in FIELDS if name in stored}
    for name in ("valid_from", "valid_until"):
        if found.get(name):
            found[name] = date.fromisoformat(found[name])
    if "sectors" in found:
        found["sectors"] = tuple((scheme, code) for scheme, code in found["sectors"])
    if "communities" in found:
        found["communities"] = tuple(found["communities"])
    return ExchangeDocument(**found)


def plain_amount(said: ExchangeDocument) -> str:
    """The amount as files and the journal have it: "5000.00 USD", "12 people", "40 hours week"; "" without one."""
    if said.amount is None:
        return ""
    unit, number = said.unit, str(said.amount)
    if said.unit == Exchange.Unit.MONEY:
        places = get_currency_precision(said.currency)
        unit, number = said.currency, str(Decimal(said.amount).scaleb(-places))
    return " ".join(part for part in (number, unit, said.per) if part)
