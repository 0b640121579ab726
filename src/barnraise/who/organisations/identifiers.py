"""Identifier schemes: how their values are written, checked and made comparable."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_SCHEME = re.compile(r"^[A-Z][A-Z0-9_.-]{1,19}(:[\w.-]{1,60})?$")
MOST = 200


class IdentifierError(ValueError):
    """A value that its scheme does not take. `reason` is a lazy sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Scheme:
    """`clean` gives the normal form or raises ValueError; `rule` says in words what it takes."""

    label: Any
    rule: Any
    clean: Callable[[str], str]
    address: str = ""
    example: str = ""


def _digits(low: int, high: int, *, fill: int = 0) -> Callable[[str], str]:
    def clean(value: str) -> str:
        found = re.sub(r"[\s.-]", "", value)
        if not (found.isascii() and found.isdigit() and low <= len(found) <= high) or not found.strip("0"):
            raise ValueError
        return found.zfill(fill)

    return clean


def _shape(pattern: str, *, upper: bool = True) -> Callable[[str], str]:
    shape = re.compile(pattern)

    def clean(value: str) -> str:
        found = re.sub(r"\s", "", value)
        found = found.upper() if upper else found
        if not shape.fullmatch(found):
            raise ValueError
        return found

    return clean


def _company(value: str) -> str:
    found = re.sub(r"\s", "", value).upper()
    if re.fullmatch(r"\d{1,8}", found):
        found = found.zfill(8)
    if not re.fullmatch(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]", found):
        raise ValueError
    return found


def _osm(value: str) -> str:
    found = re.sub(r"\s", "", value).lower()
    found = re.sub(r"^([nwr])(?=\d)", lambda m: {"n": "node/", "w": "way/", "r": "relation/"}[m[1]], found)
    if not re.fullmatch(r"(node|way|relation)/[1-9]\d{0,18}", found):
        raise ValueError
    return found


def _uuid(value: str) -> str:
    return str(uuid.UUID(value.strip()))


def _verbatim(value: str) -> str:
    found = value.strip()
    if not found or not found.isprintable():
        raise ValueError
    return found


_GIVEN = _("one line of text, as given")

SCHEMES: dict[str, Scheme] = {
    "EIN": Scheme(
        _("US employer number (EIN)"),
        _("nine digits; leading zeros may be missing down to seven"),
        _digits(7, 9, fill=9),
        example="01-2345678",
    ),
    "GB-CHC": Scheme(
        _("Charity number, England and Wales"),
        _("five to seven digits, for a linked charity a hyphen and its number"),
        _shape(r"[1-9]\d{4,6}(-[1-9]\d{0,4})?"),
        "https://register-of-charities.charitycommission.gov.uk/charity-details/?regId={value}&subId=0",
        "1234567",
    ),
    "GB-SC": Scheme(
        _("Charity number, Scotland"), _("SC and six digits"), _shape(r"SC\d{6}"), example="SC012345"
    ),
    "GB-NIC": Scheme(
        _("Charity number, Northern Ireland"), _("six digits"), _shape(r"(NIC)?\d{6}"), example="100123"
    ),
    "GB-COH": Scheme(
        _("Company number, United Kingdom"),
        _("eight characters: digits, or two letters and six digits"),
        _company,
        "https://find-and-update.company-information.service.gov.uk/company/{value}",
        "01234567",
    ),
    "LEI": Scheme(
        _("Legal entity identifier (LEI)"),
        _("20 letters and digits"),
        _shape(r"[A-Z0-9]{18}\d{2}"),
        example="",
    ),
    "OSM": Scheme(
        _("OpenStreetMap object"),
        _("node, way or relation, a slash and a number"),
        _osm,
        "https://www.openstreetmap.org/{value}",
        "node/123",
    ),
    "UUID": Scheme(_("UUID"), _("32 hexadecimal digits"), _uuid, example=""),
    "HSDS": Scheme(_("Identifier in a service directory (HSDS)"), _GIVEN, _verbatim, example=""),
    "OWN": Scheme(_("Our own number"), _GIVEN, _verbatim, example=""),
}
"""Known schemes. Others (an org-id prefix such as "DE-CR", or "LIC:chicago") are taken as given."""


def scheme_label(scheme: str) -> Any:
    """The scheme's name in the reader's language; its code when it is not a known one."""
    known = SCHEMES.get(scheme)
    return known.label if known else scheme


def address_of(scheme: str, value: str) -> str:
    """Where the register shows it, empty when there is no such page."""
    known = SCHEMES.get(scheme)
    return (
        known.address.format(value=value.partition("-")[0] if scheme == "GB-CHC" else value) if known else ""
    )


def normalise_scheme(scheme: str) -> str:
    """The scheme in normal form. Raises IdentifierError."""
    head, colon, tail = scheme.strip().partition(":")
    found = head.upper() + colon + tail
    if not _SCHEME.match(found) or len(found) > 40:
        raise IdentifierError(
            _("Write the scheme in letters, digits and hyphens, for example EIN or GB-CHC.")
        )
    return found


def normalise(scheme: str, value: str) -> tuple[str, str]:
    """(scheme, value) in normal form, so that equal identifiers are equal. Raises IdentifierError saying what is wanted."""
    scheme = normalise_scheme(scheme)
    known = SCHEMES.get(scheme)
    if len(value) > MOST:
        raise IdentifierError(_("An identifier has at most 200 characters."))
    try:
        return scheme, (known.clean if known else _verbatim)(value)
    except ValueError:
        rule = known.rule if known else _GIVEN
        raise IdentifierError(
            _("%(scheme)s wants %(rule)s.") % {"scheme": scheme_label(scheme), "rule": rule}
        ) from None
