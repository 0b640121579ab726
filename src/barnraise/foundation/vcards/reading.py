"""Cards from lines: what 2.1, 3.0 and 4.0 mean, and what Apple, Google, Outlook and Evolution make of them."""

from __future__ import annotations

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import lines as source
from .shapes import Address, Card, Line, Marked, Name, Picture

_APPLE_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_PASSED_OVER = (
    "VERSION PRODID REV BEGIN END PHOTO LOGO SOUND KEY AGENT SORT-STRING SOURCE CLIENTPIDMAP MAILER "
    "PROFILE LABEL XML X-ABLABEL X-ABADR X-ABUID X-MS-OL-DESIGN X-MS-OL-DEFAULT-POSTAL-ADDRESS "
    "X-EVOLUTION-FILE-AS X-COUCHDB-APPLICATION-ANNOTATIONS X-ABSHOWAS X-ADDRESSBOOKSERVER-KIND "
    "X-ADDRESSBOOKSERVER-MEMBER KIND X-MS-CARDPICTURE X-IMAGETYPE X-IMAGEHASH"
)
_IGNORED = frozenset(_PASSED_OVER.split())
_PROFILES = {"X-SOCIALPROFILE", "SOCIALPROFILE", "X-TWITTER"}
_EMPTY_MARKS = {
    "internet",
    "pref",
    "voice",
    "msg",
    "x400",
    "intl",
    "postal",
    "parcel",
    "dom",
    "text",
    "video",
    "other",
}
_MESSENGERS = re.compile(
    r"^(X-(AIM|ICQ|JABBER|MSN|YAHOO|SKYPE|GADUGADU|GROUPWISE|GOOGLE-TALK|MS-IMADDRESS)|IMPP)$"
)


def cards(path: Path) -> Iterator[Card]:
    """Every card of a file, in order. Raises lines.TooLong for one that does not end."""
    for number, text in enumerate(source.texts(path), start=1):
        yield card(text, number=number)


def card(text: str, *, number: int = 1) -> Card:
    """One card from its text. Never raises; what cannot be read is named in `problems`."""
    found, bad = source.parsed(text)
    by_name: dict[str, list[Line]] = defaultdict(list)
    labels: dict[str, str] = {}
    for line in found:
        by_name[line.name].append(line)
        if line.name == "X-ABLABEL" and line.group:
            labels[line.group] = _apple(line.value)
    is_old = _first(by_name, "VERSION").strip() == "2.1"
    names = by_name.get("N", [])
    return Card(
        number=number,
        version=_first(by_name, "VERSION").strip(),
        kind=_kind(by_name),
        shown_name=_text(_first(by_name, "FN"), is_old),
        name=_name(names[0], is_old) if names else Name(),
        nickname=", ".join(_text(line.value, is_old) for line in by_name.get("NICKNAME", [])),
        organisation=tuple(part for part in _parts(_first(by_name, "ORG"), is_old) if part),
        title=_text(_first(by_name, "TITLE"), is_old),
        role=_text(_first(by_name, "ROLE"), is_old),
        emails=_marked(by_name.get("EMAIL", []), labels, is_old, without="mailto:"),
        phones=_marked(by_name.get("TEL", []), labels, is_old, without="tel:"),
        pages=_marked(by_name.get("URL", []), labels, is_old),
        profiles=_profiles(by_name, labels, is_old),
        addresses=tuple(_address(line, labels, is_old) for line in by_name.get("ADR", [])),
        note="\n\n".join(_text(line.value, is_old) for line in by_name.get("NOTE", [])),
        categories=tuple(
            part for line in by_name.get("CATEGORIES", []) for part in _listed(line.value) if part
        ),
        languages=tuple(line.value.strip() for line in sorted(by_name.get("LANG", []), key=_preference)),
        uid=_first(by_name, "UID").strip().removeprefix("urn:uuid:"),
        pictures=tuple(_picture(line) for line in by_name.get("PHOTO", [])),
        others=tuple(_others(found, labels, is_old)),
        problems=tuple(bad),
    )


def _first(by_name: Mapping[str, list[Line]], name: str) -> str:
    return next((line.value for line in by_name.get(name, [])), "")


def _kind(by_name: Mapping[str, list[Line]]) -> str:
    told = (_first(by_name, "KIND") or _first(by_name, "X-ADDRESSBOOKSERVER-KIND")).strip().lower()
    if told:
        return {"organization": "org", "organisation": "org"}.get(told, told)
    return "org" if _first(by_name, "X-ABSHOWAS").strip().upper() == "COMPANY" else "individual"


def _text(value: str, is_old: bool) -> str:
    """A text with its escapes read; commas without a backslash stay, for many programs forget it."""
    return _unescaped(value, is_old).strip()


def _unescaped(value: str, is_old: bool) -> str:
    if "\\" not in value:
        return value
    if is_old:
        return re.sub(r"\\([;,\\:nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def _split(value: str, sign: str) -> list[str]:
    """Parts at signs that have no backslash before them."""
    parts, held, at = [], [], 0
    while at < len(value):
        letter = value[at]
        if letter == "\\" and at + 1 < len(value):
            held.append(value[at : at + 2])
            at += 2
            continue
        if letter == sign:
            parts.append("".join(held))
            held = []
        else:
            held.append(letter)
        at += 1
    return [*parts, "".join(held)]


def _parts(value: str, is_old: bool) -> list[str]:
    return [_text(part, is_old) for part in _split(value, ";")]


def _listed(value: str) -> list[str]:
    return [_text(part, False) for part in _split(value, ",")]


def _spaced(part: str, is_old: bool) -> str:
    """Several names in one part stand with commas between them in 3.0 and 4.0."""
    return (
        _text(part, True)
        if is_old
        else " ".join(one for one in (_text(each, False) for each in _split(part, ",")) if one)
    )


def _name(line: Line, is_old: bool) -> Name:
    parts = [_spaced(part, is_old) for part in _split(line.value, ";")]
    family, given, additional, prefixes, suffixes = (parts + [""] * 5)[:5]
    return Name(family, given, additional, prefixes, suffixes)


def _preference(line: Line) -> int:
    told = line.one("PREF")
    if told.isdigit():
        return int(told)
    return 1 if "pref" in {mark.lower() for mark in line.all("TYPE")} else 101


def _apple(value: str) -> str:
    found = _APPLE_LABEL.match(value.strip())
    return (found[1] if found else _text(value, False)).strip()


def _marks(line: Line) -> tuple[str, ...]:
    return tuple(sorted({mark.lower().removeprefix("x-") for mark in line.all("TYPE")} - _EMPTY_MARKS))


def _label(line: Line, labels: Mapping[str, str]) -> str:
    found = labels.get(line.group, "")
    return "" if found.lower() == "other" else found


def _marked(
    found: Sequence[Line], labels: Mapping[str, str], is_old: bool, *, without: str = ""
) -> tuple[Marked, ...]:
    """Values with what they are for, the preferred first."""
    marked: list[Marked] = []
    for line in sorted(found, key=_preference):
        value = _text(line.value, is_old)
        if without and value.lower().startswith(without):
            value = value[len(without) :]
        if value:
            marked.append(Marked(value, _marks(line), _label(line, labels), _preference(line) < 101))
    return tuple(marked)


def _profiles(
    by_name: Mapping[str, list[Line]], labels: Mapping[str, str], is_old: bool
) -> tuple[Marked, ...]:
    return tuple(one for name in sorted(_PROFILES) for one in _marked(by_name.get(name, []), labels, is_old))


def _address(line: Line, labels: Mapping[str, str], is_old: bool) -> Address:
    parts = (_parts(line.value, is_old) + [""] * 7)[:7]
    lines = [one for part in parts[:3] for one in part.split("\n") if one.strip()]
    city, region, postcode, country = (part.replace("\n", ", ") for part in parts[3:])
    return Address(
        "\n".join(one.strip().rstrip(",") for one in lines),
        city,
        region,
        postcode,
        country,
        marks=_marks(line),
        label=_label(line, labels),
    )


def _picture(line: Line) -> Picture:
    value = line.value.strip()
    if value[:5].lower() == "data:":
        value = value.partition(",")[2]
    elif line.one("ENCODING").lower() not in {"b", "base64"} and "base64" not in {
        m.lower() for m in line.all("TYPE")
    }:
        return Picture(address=value[:2000])
    try:
        return Picture(content=base64.b64decode(re.sub(r"\s+", "", value), validate=True))
    except (binascii.Error, ValueError):
        return Picture()


def _others(found: Sequence[Line], labels: Mapping[str, str], is_old: bool) -> Iterator[tuple[str, str]]:
    """Properties that have no field of their own and say something to people: birthdays, spouses, messengers."""
    taken = {
        "FN",
        "N",
        "NICKNAME",
        "ORG",
        "TITLE",
        "ROLE",
        "EMAIL",
        "TEL",
        "URL",
        "ADR",
        "NOTE",
        "CATEGORIES",
        "LANG",
        "UID",
    }
    for line in found:
        if line.name in taken | _PROFILES | _IGNORED or line.one("ENCODING").lower() in {"b", "base64"}:
            continue
        value = "; ".join(part for part in _parts(line.value, is_old) if part)
        if value:
            name = labels.get(line.group) or line.name.removeprefix("X-").removeprefix(
                "EVOLUTION-"
            ).removeprefix("MS-")
            yield (line.name if _MESSENGERS.match(line.name) else name), value
