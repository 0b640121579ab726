"""Identifier schemes of places: how their codes are written, checked and made comparable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

MOST = 100
_SCHEME = re.compile(r"^[A-Z][A-Z0-9_.-]{1,29}$")

Pair = tuple[str, str]
"""Scheme and value."""


class IdentifierError(ValueError):
    """A value that its scheme does not take. `reason` is a sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Scheme:
    """`clean` gives the normal form or raises ValueError; `rule` says in words what it takes."""

    label: Any
    rule: Any
    clean: Callable[[str], str]
    example: str = ""


def _digits(*lengths: int) -> Callable[[str], str]:
    """Digits of one of these lengths; a leading zero that a spreadsheet lost is put back."""

    def clean(value: str) -> str:
        found = re.sub(r"[\s-]", "", value)
        if not (found.isascii() and found.isdigit()):
            raise ValueError
        found = found.zfill(lengths[0]) if len(found) == lengths[0] - 1 else found
        if len(found) not in lengths:
            raise ValueError
        return found

    return clean


def _geoid(value: str) -> str:
    found = re.sub(r"\s", "", value).upper()
    head, mark, tail = found.partition("US")
    found = tail if mark and head.isdigit() else found
    if not (found.isascii() and found.isdigit() and len(found) in {5, 7, 10, 11, 12, 15}):
        raise ValueError
    return found


def _ons(value: str) -> str:
    found = re.sub(r"\s", "", value).upper()
    if not re.fullmatch(r"[A-Z]\d{8}", found):
        raise ValueError
    return found


def _verbatim(value: str) -> str:
    found = value.strip()
    if not found or not found.isprintable():
        raise ValueError
    return found


_GIVEN = _("one line of text, as given")

SCHEMES: dict[str, Scheme] = {
    "FIPS": Scheme(
        _("US county code (FIPS)"),
        _("five digits, two for the state and three for the county; leading zeros count"),
        _digits(5),
        "06037",
    ),
    "GEOID": Scheme(
        _("US census code (GEOID)"),
        _("5, 7, 10, 11, 12 or 15 digits, also with what stands before US"),
        _geoid,
        "3918000",
    ),
    "ZCTA": Scheme(_("US ZIP code area (ZCTA)"), _("five digits"), _digits(5), "43023"),
    "NCES": Scheme(_("US school district (NCES)"), _("seven digits"), _digits(7), "3904702"),
    "ONS": Scheme(_("UK area code (ONS)"), _("a letter and eight digits"), _ons, "E08000035"),
    "OWN": Scheme(_("Our own number"), _GIVEN, _verbatim, "N-12"),
}
"""Known schemes. Others are taken as given."""


def scheme_label(scheme: str) -> Any:
    """The scheme's name in the reader's language; its code when it is not a known one."""
    known = SCHEMES.get(scheme)
    return known.label if known else scheme


def normalise(scheme: str, value: str) -> Pair:
    """(scheme, value) in normal form, so that equal identifiers are equal. Raises IdentifierError saying what is wanted.

    The census code of a county is its FIPS code and is kept as that.
    """
    found = scheme.strip().upper()
    if not _SCHEME.match(found):
        raise IdentifierError(_("Write the scheme in letters, digits and hyphens, for example FIPS or ONS."))
    known = SCHEMES.get(found)
    try:
        if len(value) > MOST:
            raise ValueError
        clean = (known.clean if known else _verbatim)(value)
    except ValueError:
        rule = known.rule if known else _GIVEN
        raise IdentifierError(
            _("%(scheme)s wants %(rule)s.") % {"scheme": scheme_label(found), "rule": rule}
        ) from None
    return ("FIPS", clean) if found == "GEOID" and len(clean) == 5 else (found, clean)


def read(text: str) -> list[Pair]:
    """ "FIPS 06037" a line, in normal form and each once. Raises ValidationError naming the line."""
    found: dict[Pair, None] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        scheme, _blank, value = line.partition(" ")
        if not value.strip():
            raise ValidationError(
                _now("“%(line)s”: write the scheme, a blank and the value.") % {"line": line}
            )
        try:
            found[normalise(scheme.rstrip(":"), value)] = None
        except IdentifierError as no:
            raise ValidationError(f"“{line}”: {no.reason}") from None
    return list(found)


def written(pairs: Iterable[Pair]) -> str:
    """One a line, as `read` takes them."""
    return "\n".join(f"{scheme} {value}" for scheme, value in pairs)
