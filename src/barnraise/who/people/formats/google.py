"""Google Contacts as CSV: the headings before 2024 ("Given Name", "E-mail 1 - Type") and since ("First Name", "E-mail 1 - Label").

Cells with several values part them by " ::: ", labels stand in one cell with stars before those Google made. A row that names
an organisation and nobody is the organisation's: those are taken in first, then the persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.tabular import rows
from barnraise.plumbing.imports.sockets import IS_REST, Bad, Format, Record, Source

from .parts import Parts, names, row_of

NO_NAME = gettext_noop("There is neither a name nor an e-mail address.")
_VALUE = re.compile(r"^(E-mail|Phone|Website|IM|Relation|Event|Custom Field|External ID) (\d+) - Value$")
_STREET = re.compile(r"^Address (\d+) - (Street|Formatted|City)$")
_ORGANISATION = re.compile(r"^Organization(?: (\d+) -)? Name$")
_OLD = {"Given Name", "Family Name", "Group Membership"}
_NEW = {"First Name", "Last Name", "Labels"}
_BETWEEN = " ::: "
_KINDS = {"E-mail": "email", "Phone": "phone", "Website": "website"}
_NAMES = ("Name", "Given Name", "Family Name", "First Name", "Last Name", "Nickname", "File As")
_SEEN = 500
_FACTS = (
    "Nickname",
    "Birthday",
    "Gender",
    "Location",
    "Occupation",
    "Hobby",
    "Maiden Name",
    "File As",
    "Phonetic First Name",
    "Phonetic Last Name",
    "Yomi Name",
    "Additional Name",
    "Middle Name",
    "Name Prefix",
    "Name Suffix",
    "Billing Information",
    "Subject",
)


def recognises(sources: Sequence[Source]) -> float:
    """0.9 when every table has Google's headings."""
    tables = [table for source in sources for table in source.recognition.tables]
    return 0.9 if tables and all(_is_google(set(table.names)) for table in tables) else 0.0


def _is_google(found: set[str]) -> bool:
    numbered = any(_VALUE.match(name) for name in found)
    if found >= _NEW and (numbered or "Organization Name" in found):
        return True
    return found >= _OLD and (numbered or "Yomi Name" in found)


def recognises_organisations(sources: Sequence[Source]) -> float:
    """1.0 when organisations are among the first rows: they are taken in before the persons."""
    if not recognises(sources):
        return 0.0
    return 1.0 if any(_is_organisation(row) for _n, row, _t in islice(_rows(sources), _SEEN)) else 0.0


def _rows(
    sources: Sequence[Source], *, is_rest: bool = False
) -> Iterator[tuple[int, Mapping[str, str], str]]:
    """Every row with its number and the name of its table; with `is_rest` without what was taken in as organisations."""
    for source in sources:
        for table in source.recognition.tables:
            for number, values in rows(source.path, table.choice):
                row = row_of(table.names, values)
                if not (is_rest and source.choices.get(IS_REST) and _is_organisation(row)):
                    yield number, row, table.name


def _is_organisation(row: Mapping[str, str]) -> bool:
    """It names an organisation, and nobody who would be there."""
    named = any(row.get(name, "") for name in _NAMES)
    return not named and any(row[name] for name in row if _ORGANISATION.match(name))


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record a row; those of organisations that were taken in before are passed over."""
    for number, row, table in islice(_rows(sources, is_rest=True), start_after, None):
        yield record(number, row, table)


def read_organisations(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record a row of an organisation; persons are passed over."""
    found = (one for one in _rows(sources) if _is_organisation(one[1]))
    for number, row, table in islice(found, start_after, None):
        yield organisation(number, row, table)


def organisation(number: int, row: Mapping[str, str], table: str = "") -> Record | Bad:
    """The organisation of one row, as organisations' documents have it."""
    made = _parts(row)
    name, *others = (role["organisation"] for role in made.roles)
    for other in others:
        made.fact("organization", other)
    return Record(number, made.organisation(name, mission=row.get("Notes", "")), table)


def record(number: int, row: Mapping[str, str], table: str = "") -> Record | Bad:
    """The person of one row."""
    made = _parts(row)
    given = row.get("Given Name", "") or row.get("First Name", "")
    family = row.get("Family Name", "") or row.get("Last Name", "")
    shown = row.get("Name", "") or _whole(row, given, family) or made.first_mailbox
    if not (given or family or shown):
        organisation = made.roles[0]["organisation"] if made.roles else ""
        return Bad(number, "Name", organisation[:300], NO_NAME, {}, table)
    said: dict[str, Any] = names(given, family, shown)
    kind = "representative" if made.roles else None
    return Record(number, made.document(**said, kind=kind, about=row.get("Notes", "")[:20_000]), table)


def _parts(row: Mapping[str, str]) -> Parts:
    made = Parts()
    for name in row:
        _numbered(made, row, name)
    for name in _FACTS:
        made.fact(name, row.get(name, ""))
    made.tag((row.get("Group Membership", "") or row.get("Labels", "")).split(_BETWEEN))
    return made


def _whole(row: Mapping[str, str], given: str, family: str) -> str:
    """The name as Google shows it, put together where the file says only its parts."""
    parts = (
        row.get("Name Prefix", ""),
        given,
        row.get("Middle Name", ""),
        family,
        row.get("Name Suffix", ""),
    )
    return (
        " ".join(part for part in parts if part)
        if given or family
        else row.get("Nickname", "") or row.get("File As", "")
    )


def _numbered(made: Parts, row: Mapping[str, str], name: str) -> None:
    if found := _VALUE.match(name):
        kind, number = found.groups()
        label = row.get(f"{kind} {number} - Type", "") or row.get(f"{kind} {number} - Label", "")
        for value in row[name].split(_BETWEEN):
            if kind in _KINDS:
                made.reach(_KINDS[kind], value, label)
            else:
                made.fact(label.removeprefix("* ") or kind, value)
    elif (found := _STREET.match(name)) and row[name]:
        _place(made, row, f"Address {found[1]}")
    elif (found := _ORGANISATION.match(name)) is not None:
        before = name.removesuffix("Name")
        made.role(row[name], row.get(f"{before}Title", ""), unit=row.get(f"{before}Department", ""))


def _place(made: Parts, row: Mapping[str, str], start: str) -> None:
    said = {name: row.get(f"{start} - {name}", "") for name in ("City", "Region", "Postal Code", "Country")}
    lines = [row.get(f"{start} - {name}", "") for name in ("PO Box", "Extended Address", "Street")]
    if not any((*said.values(), *lines)):
        lines = [row.get(f"{start} - Formatted", "")]
    made.place(
        row.get(f"{start} - Type", "") or row.get(f"{start} - Label", ""),
        lines="\n".join(lines),
        city=said["City"],
        region=said["Region"],
        postcode=said["Postal Code"],
        country=said["Country"],
    )


FORMAT = Format(_("Google Contacts"), "people", "Google Contacts", recognises, read, is_register=False)
ORGANISATIONS = Format(
    _("Google Contacts: organisations"),
    "organisations",
    "Google Contacts",
    recognises_organisations,
    read_organisations,
    is_register=False,
    about=_("Rows that name an organisation and nobody in it; then the persons of the same files."),
    then="google_contacts",
)
