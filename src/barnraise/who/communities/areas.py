"""The wider areas whose values those of communities are compared with: nations and their states, by ISO 3166 code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import AsWritten, fold

from .identifiers import Pair

NATIONS: Mapping[str, Any] = {"US": _("United States"), "GB": _("United Kingdom")}

_STATES = """
01 AL Alabama|02 AK Alaska|04 AZ Arizona|05 AR Arkansas|06 CA California|08 CO Colorado|09 CT Connecticut|10 DE Delaware
11 DC District of Columbia|12 FL Florida|13 GA Georgia|15 HI Hawaii|16 ID Idaho|17 IL Illinois|18 IN Indiana|19 IA Iowa
20 KS Kansas|21 KY Kentucky|22 LA Louisiana|23 ME Maine|24 MD Maryland|25 MA Massachusetts|26 MI Michigan|27 MN Minnesota
28 MS Mississippi|29 MO Missouri|30 MT Montana|31 NE Nebraska|32 NV Nevada|33 NH New Hampshire|34 NJ New Jersey
35 NM New Mexico|36 NY New York|37 NC North Carolina|38 ND North Dakota|39 OH Ohio|40 OK Oklahoma|41 OR Oregon
42 PA Pennsylvania|44 RI Rhode Island|45 SC South Carolina|46 SD South Dakota|47 TN Tennessee|48 TX Texas|49 UT Utah
50 VT Vermont|51 VA Virginia|53 WA Washington|54 WV West Virginia|55 WI Wisconsin|56 WY Wyoming|60 AS American Samoa
66 GU Guam|69 MP Northern Mariana Islands|72 PR Puerto Rico|78 VI U.S. Virgin Islands
"""
_LISTED = [line.split(" ", 2) for line in _STATES.strip().replace("\n", "|").split("|")]
STATE_OF_FIPS: Mapping[str, str] = {number: f"US-{letters}" for number, letters, _name in _LISTED}
"""The first two digits of a FIPS code -> the state's ISO code."""

_NAMES: Mapping[str, Any] = {
    **NATIONS,
    **{f"US-{letters}": AsWritten(name) for _number, letters, name in _LISTED},
    "GB-ENG": AsWritten("England"),
    "GB-WLS": AsWritten("Wales"),
    "GB-SCT": AsWritten("Scotland"),
    "GB-NIR": AsWritten("Northern Ireland"),
}
_OF_ONS = {"E": "GB-ENG", "W": "GB-WLS", "S": "GB-SCT", "N": "GB-NIR"}


def name_of(area: str) -> Any:
    """The area's name; its code when it is not a known one."""
    return _NAMES.get(area, AsWritten(area))


_CALLED = frozenset(
    {fold(part) for _number, letters, name in _LISTED for part in (letters, name)}
    | {
        "us",
        "usa",
        "united states",
        "uk",
        "united kingdom",
        "england",
        "wales",
        "scotland",
        "northern ireland",
    }
)


def is_called(text: str) -> bool:
    """Whether somebody means a state or nation by this: "OH", "Ohio", "USA"."""
    return fold(text) in _CALLED


def is_known(area: str) -> bool:
    """Whether there is such an area."""
    return area in _NAMES


def choices() -> list[tuple[str, Any]]:
    """(code, name): nations first, then states by name."""
    states = sorted((str(name), code) for code, name in _NAMES.items() if code not in NATIONS)
    return [*NATIONS.items(), *((code, AsWritten(name)) for name, code in states)]


def area_of_fips(code: str) -> str | None:
    """The nation or state that a FIPS code of two or five digits stands for; None for a county or an unknown code."""
    if code in {"00", "00000"}:
        return "US"
    if len(code) == 2 or code.endswith("000"):
        return STATE_OF_FIPS.get(code[:2])
    return None


def around(identifiers: Iterable[Pair]) -> list[str]:
    """The areas a place with these identifiers lies in, the nearest first: ["US-OH", "US"]."""
    found: dict[str, None] = {}
    nations: dict[str, None] = {}
    for scheme, value in identifiers:
        if scheme in {"FIPS", "GEOID", "NCES"} and value[:2] in STATE_OF_FIPS:
            found[STATE_OF_FIPS[value[:2]]] = None
        if scheme in {"FIPS", "GEOID", "NCES", "ZCTA"}:
            nations["US"] = None
        if scheme == "ONS":
            nations["GB"] = None
            if value[:1] in _OF_ONS:
                found[_OF_ONS[value[:1]]] = None
    return [*found, *nations]
