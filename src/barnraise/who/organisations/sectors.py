"""Sector schemes and what their codes stand for, in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NTEE: dict[str, Any] = {
    "A": _("Arts, culture and humanities"),
    "A20": _("Arts organisations of several kinds"),
    "A30": _("Broadcasting, film and publishing"),
    "A50": _("Museums"),
    "A60": _("Performing arts"),
    "A70": _("Humanities"),
    "A80": _("History and heritage"),
    "B": _("Education"),
    "B20": _("Primary and secondary schools"),
    "B30": _("Vocational schools"),
    "B40": _("Colleges and universities"),
    "B60": _("Adult education"),
    "B70": _("Libraries"),
    "B80": _("Student services"),
    "B90": _("Educational services"),
    "C": _("Environment"),
    "C20": _("Pollution prevention and control"),
    "C30": _("Protection of natural resources"),
    "C40": _("Gardens and plants"),
    "C50": _("Green and open spaces in towns"),
    "C60": _("Environmental education"),
    "D": _("Animals"),
    "D20": _("Animal protection"),
    "D30": _("Wildlife"),
    "D40": _("Veterinary services"),
    "E": _("Health care"),
    "E20": _("Hospitals"),
    "E30": _("Clinics and outpatient care"),
    "E40": _("Reproductive health"),
    "E50": _("Rehabilitation"),
    "E60": _("Health support, blood and ambulance services"),
    "E70": _("Public health"),
    "E80": _("General health care and finance"),
    "E90": _("Nursing"),
    "F": _("Mental health and crisis help"),
    "F20": _("Help with substance use"),
    "F30": _("Mental health treatment"),
    "F40": _("Hotlines and crisis help"),
    "G": _("Diseases and disorders"),
    "G30": _("Cancer"),
    "G40": _("Diseases of single organs"),
    "G80": _("Named diseases"),
    "H": _("Medical research"),
    "I": _("Crime and law"),
    "I20": _("Crime prevention"),
    "I40": _("Help after prison"),
    "I70": _("Protection against abuse"),
    "I80": _("Legal services"),
    "J": _("Employment"),
    "J20": _("Job search and training"),
    "J30": _("Vocational rehabilitation"),
    "J40": _("Trade unions"),
    "K": _("Food, farming and nutrition"),
    "K20": _("Farming"),
    "K30": _("Food programmes"),
    "K40": _("Nutrition"),
    "L": _("Housing and shelter"),
    "L20": _("Housing development and management"),
    "L30": _("Search for housing"),
    "L40": _("Temporary housing and shelters"),
    "L80": _("Support for people in their housing"),
    "M": _("Safety and disasters"),
    "M20": _("Disaster preparation and relief"),
    "M40": _("Safety education"),
    "N": _("Recreation and sports"),
    "N20": _("Camps"),
    "N30": _("Physical fitness and recreation places"),
    "N50": _("Leisure and social clubs"),
    "N60": _("Amateur sports"),
    "O": _("Youth development"),
    "O20": _("Youth centres and clubs"),
    "O30": _("Mentoring"),
    "O40": _("Scouting"),
    "O50": _("Youth programmes"),
    "P": _("Human services"),
    "P20": _("Human services of several kinds"),
    "P30": _("Services for children and youth"),
    "P40": _("Family services"),
    "P50": _("Personal social services"),
    "P60": _("Emergency help"),
    "P70": _("Residential care"),
    "P80": _("Services for particular groups"),
    "Q": _("International affairs"),
    "Q20": _("International understanding"),
    "Q30": _("International development and relief"),
    "R": _("Civil rights and advocacy"),
    "R20": _("Rights of particular groups"),
    "R40": _("Voter education"),
    "R60": _("Civil liberties"),
    "S": _("Community improvement"),
    "S20": _("Neighbourhood and community development"),
    "S30": _("Economic development"),
    "S40": _("Business and industry"),
    "S80": _("Community service clubs"),
    "T": _("Philanthropy and volunteering"),
    "T20": _("Private foundations"),
    "T30": _("Public foundations"),
    "T40": _("Promotion of volunteering"),
    "T70": _("Federated giving"),
    "U": _("Science and technology"),
    "V": _("Social science"),
    "W": _("Public and society benefit"),
    "W20": _("Government and public administration"),
    "W30": _("Veterans"),
    "X": _("Religion"),
    "X20": _("Christianity"),
    "X30": _("Judaism"),
    "X40": _("Islam"),
    "Y": _("Mutual and membership benefit"),
    "Z": _("Not known"),
}

ICNPTSO: dict[str, Any] = {
    "A": _("Culture, communication and recreation"),
    "B": _("Education services"),
    "C": _("Human health services"),
    "D": _("Social services"),
    "E": _("Environment and animal welfare"),
    "F": _("Community and economic development, housing"),
    "G": _("Civic, advocacy, political and international work"),
    "H": _("Philanthropy intermediaries and volunteering"),
    "I": _("Religious congregations and associations"),
    "J": _("Business, professional and labour organisations"),
    "K": _("Professional, scientific and administrative services"),
    "L": _("Other activities"),
}

SDG: dict[str, Any] = {
    "1": _("No poverty"),
    "2": _("Zero hunger"),
    "3": _("Health and well-being"),
    "4": _("Good education"),
    "5": _("Equality of women and men"),
    "6": _("Clean water and sanitation"),
    "7": _("Affordable clean energy"),
    "8": _("Decent work and growth"),
    "9": _("Industry, innovation and infrastructure"),
    "10": _("Less inequality"),
    "11": _("Sustainable towns and communities"),
    "12": _("Responsible consumption"),
    "13": _("Climate action"),
    "14": _("Life below water"),
    "15": _("Life on land"),
    "16": _("Peace, justice and strong institutions"),
    "17": _("Partnerships for the goals"),
}


@dataclass(frozen=True, slots=True)
class SectorScheme:
    """`codes` maps code to label; a scheme without codes takes any text. `is_prefixed`: longer codes fall under shorter ones."""

    label: Any
    codes: Mapping[str, Any]
    is_prefixed: bool = False


SECTOR_SCHEMES: dict[str, SectorScheme] = {
    "NTEE": SectorScheme(_("NTEE"), NTEE, is_prefixed=True),
    "ICNPTSO": SectorScheme(_("ICNP/TSO"), ICNPTSO, is_prefixed=True),
    "SDG": SectorScheme(_("Sustainable development goal"), SDG),
    "OWN": SectorScheme(_("Our own sectors"), {}),
}


class SectorError(ValueError):
    """A code its scheme does not know. `reason` is a lazy sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


def normalise(scheme: str, code: str) -> tuple[str, str]:
    """(scheme, code) in normal form. Prefixed schemes take longer codes than are listed. Raises SectorError."""
    found = SECTOR_SCHEMES.get(scheme.strip().upper())
    if found is None:
        raise SectorError(_("Choose one of the sector schemes."))
    scheme, code = scheme.strip().upper(), " ".join(code.split())
    if scheme == "SDG":
        code = code.lstrip("0")
    if found.codes:
        code = code.upper()
        head = code[:1] if found.is_prefixed else code
        if head not in found.codes or len(code) > 6 or not code.isalnum():
            raise SectorError(_("%(scheme)s has no such code.") % {"scheme": found.label})
    elif not code or len(code) > 60:
        raise SectorError(_("Write between 1 and 60 characters."))
    return scheme, code


def label(scheme: str, code: str) -> str:
    """What the code stands for, of the nearest listed code above it; the code itself when nothing is known."""
    found = SECTOR_SCHEMES.get(scheme)
    if found is None or not found.codes:
        return code
    for tried in (code, f"{code[:2]}0", code[:1]) if found.is_prefixed else (code,):
        if tried in found.codes:
            return str(found.codes[tried])
    return code


def choices() -> list[tuple[str, str]]:
    """("NTEE:B20", "NTEE B20 Primary and secondary schools") for every listed code, in the reader's language."""
    return _choices(get_language() or "")


@lru_cache(maxsize=10)
def _choices(language: str) -> list[tuple[str, str]]:
    return [
        (f"{scheme}:{code}", f"{found.label} {code} · {text}")
        for scheme, found in SECTOR_SCHEMES.items()
        for code, text in found.codes.items()
    ]
