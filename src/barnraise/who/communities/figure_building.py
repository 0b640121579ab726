"""Documents of figures, from formats and from mapped cells: one shape, checked before anything is written.

    {"fips": "06037", "community": "Los Angeles, CA", "publisher": "CDC PLACES", "code": "OBESITY:AgeAdjPrv",
     "measure": "Obesity among adults (age-adjusted prevalence)", "unit": "%", "direction": "lower",
     "category": "Health Outcomes", "period": "2023", "source": "CDC PLACES", "edition": "2025",
     "value": "26.4", "reason": "", "low": "23.7", "high": "29.4", …}

A place is named by one of the fields of PLACES, by `area`, or by `community` alone. Numbers are plain digits (see amounts).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from barnraise.foundation import periods
from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import FieldRefused

from . import areas
from .amounts import exact, text
from .figure_takes import PLACES
from .identifiers import IdentifierError, normalise
from .models import Figure, Measure
from .services.measures import code_for

NO_PLACE = gettext_noop("Say which community the row is about: by a code, or by its name.")
NOT_A_PERIOD = gettext_noop(
    "“%(said)s” is no period. Write a year, years, a month or days, such as 2020-2022."
)
NOT_A_CODE = gettext_noop("“%(said)s” is not a code of that kind.")
NO_AREA = gettext_noop("“%(said)s” is no wider area. Write a state or nation as US-OH, US or GB-ENG.")
TOO_LARGE = gettext_noop("“%(said)s” is not a number below 10^15.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
CROSSED = gettext_noop("The lower end of the interval lies above the upper end.")
NO_NAME = gettext_noop("The benchmark has no name: say which state or target it is.")

NUMBERS = ("value", "low", "high", "numerator", "denominator", "population", "benchmark")
LONGEST = {
    "measure": 300,
    "code": 80,
    "publisher": 120,
    "unit": 60,
    "category": 80,
    "source": 200,
    "edition": 60,
    "benchmark_name": 120,
    "note": 500,
    "community": 200,
}


def document(given: Mapping[str, Any]) -> dict[str, Any]:
    """The document of what a row says, with every field of a figure it speaks of in one form. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name, most in LONGEST.items():
        if name in given:
            out[name] = _said(name, given[name], most)
    for name in NUMBERS:
        if name in given:
            out[name] = _number(name, given[name])
    out |= _place(given)
    out["period"] = _period(given.get("period"))
    out["direction"] = given.get("direction") or Measure.Direction.NEUTRAL.value
    if "is_unreliable" in given:
        out["is_unreliable"] = bool(given["is_unreliable"])
    low, high = out.get("low"), out.get("high")
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise FieldRefused("low", low, CROSSED)
    if out.get("value") is None:
        out["reason"] = given.get("reason") or Figure.Reason.NOT_GIVEN.value
    else:
        out["reason"] = ""
    if out.get("benchmark") is not None and not out.get("benchmark_name"):
        raise FieldRefused("benchmark_name", "", NO_NAME)
    return out


def build(values: Mapping[str, Any]) -> dict[str, Any]:
    """The document of mapped cells: blank ones say nothing, but for the value. Raises FieldRefused."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    given.setdefault("value", None)
    given.setdefault("publisher", given["source"])
    given.setdefault("code", code_for(str(given["measure"])) or str(given["measure"]))
    return document(given)


def _said(name: str, value: Any, most: int) -> str:
    found = squeeze(str(value or "")).replace("\x00", "")
    if len(found) > most:
        raise FieldRefused(name, found, TOO_LONG, most=most)
    return found


def _number(name: str, value: Any) -> str | None:
    try:
        return text(exact(value))
    except ValueError:
        raise FieldRefused(name, str(value), TOO_LARGE, said=str(value)[:80]) from None


def _period(value: Any) -> str:
    try:
        return str(periods.parse(str(value or "")))
    except ValueError:
        raise FieldRefused("period", str(value or ""), NOT_A_PERIOD, said=str(value or "")[:80]) from None


def _place(given: Mapping[str, Any]) -> dict[str, str]:
    """The code that names the place, in its scheme's form; a FIPS code of a state or nation becomes its area."""
    for name, scheme in PLACES.items():
        if value := str(given.get(name) or "").strip():
            if name == "fips" and (area := areas.area_of_fips(_padded(value))):
                return {"area": area}
            try:
                scheme, found = normalise(scheme, value)
            except IdentifierError:
                raise FieldRefused(name, value, NOT_A_CODE, said=value[:80]) from None
            return {"fips" if scheme == "FIPS" else name: found}
    if value := str(given.get("area") or "").strip():
        area = value.upper()
        if not areas.is_known(area):
            raise FieldRefused("area", value, NO_AREA, said=value[:80])
        return {"area": area}
    if not given.get("community"):
        raise FieldRefused("community", "", NO_PLACE)
    return {}


def _padded(value: str) -> str:
    return value.zfill(5) if value.isascii() and value.isdigit() and len(value) in {4, 5} else value
