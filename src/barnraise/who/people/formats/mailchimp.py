"""Mailchimp audiences: subscribed, unsubscribed and cleaned members, one table each, alone or together in the zip it makes.

Whose address may be written to is not decided here: when and how somebody came, left or bounced is kept as facts under
Mailchimp's own names, and an address that left or bounced is labelled so and never counts as a way to write to the person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.tabular import rows
from barnraise.plumbing.imports.sockets import Bad, Format, Record, Source

from ..documents import CLEANED, UNSUBSCRIBED
from .parts import Parts, names, row_of

NO_EMAIL = gettext_noop("“%(value)s” is not an e-mail address.")
_MUST = {"Email Address", "LEID", "EUID"}
_ANY = {"MEMBER_RATING", "OPTIN_TIME", "UNSUB_TIME", "CLEAN_TIME", "LAST_CHANGED"}
_OWN = {"Email Address", "First Name", "Last Name", "LEID", "EUID", "TAGS", "NOTES"}
_COMPANY = ("Company", "Organization", "Organisation", "Company Name")
_POSITION = ("Position", "Job Title", "Title", "Role")
_PHONE = ("Phone Number", "Phone", "Mobile")
_ADDRESS = ("Address",)
_PLACES = {"LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION"}
"""Guesses of Mailchimp from where a mail was opened."""
STATUS = "MAILCHIMP_STATUS"
"""The fact that says subscribed, unsubscribed or cleaned."""


def recognises(sources: Sequence[Source]) -> float:
    """1.0 when every table has Mailchimp's headings."""
    tables = [set(table.names) for source in sources for table in source.recognition.tables]
    return 1.0 if tables and all(names >= _MUST and names & _ANY for names in tables) else 0.0


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record a row."""
    left_out = start_after
    for source in sources:
        for table in source.recognition.tables:
            status = status_of(table.names)
            for number, values in rows(source.path, table.choice):
                if left_out:
                    left_out -= 1
                    continue
                yield record(number, row_of(table.names, values), status, table.name)


def status_of(columns: Sequence[str]) -> str:
    """What the members of a table are, by the times it has."""
    if "UNSUB_TIME" in columns:
        return UNSUBSCRIBED
    return CLEANED if "CLEAN_TIME" in columns else "subscribed"


def record(number: int, row: Mapping[str, str], status: str, table: str = "") -> Record | Bad:
    """The person of one row."""
    made = Parts()
    email = row.get("Email Address", "")
    made.reach("email", email, "" if status == "subscribed" else status)
    if not made.first_mailbox:
        return Bad(number, "Email Address", email[:300], NO_EMAIL, {"value": email[:100]}, table)
    made.fact(STATUS, status)
    made.identify("MAILCHIMP", row.get("LEID", ""))
    made.identify("MAILCHIMP.EUID", row.get("EUID", ""))
    made.role(_first(row, _COMPANY), _first(row, _POSITION))
    made.reach("phone", _first(row, _PHONE))
    _place(made, _first(row, _ADDRESS))
    made.tag(tags(row.get("TAGS", "")))
    taken = _OWN | {*_COMPANY, *_POSITION, *_PHONE, *_ADDRESS} | _PLACES
    for name, value in row.items():
        if name not in taken:
            made.fact(name, value)
    said: dict[str, Any] = names(row.get("First Name", ""), row.get("Last Name", ""), "")
    if not said["given_name"] and not said["family_name"]:
        said["display_name"] = made.first_mailbox
    kind = "representative" if made.roles else None
    return Record(number, made.document(**said, kind=kind, about=row.get("NOTES", "")[:20_000]), table)


def _first(row: Mapping[str, str], wanted: Sequence[str]) -> str:
    return next((row[name] for name in wanted if row.get(name)), "")


def tags(cell: str) -> list[str]:
    """TAGS holds quoted names parted by commas: "Lorem Editors","Board"."""
    return next(csv.reader([cell], skipinitialspace=True), []) if cell else []


def _place(made: Parts, cell: str) -> None:
    """An address is one cell whose parts stand two blanks apart: street, second line, city, state, postcode, country."""
    parts = [part.strip() for part in cell.split("  ")]
    if len(parts) < 4:
        made.place("", lines=cell, city="", region="", postcode="", country="")
        return
    *lines, city, region, postcode = parts[:-1] if len(parts) > 4 and len(parts[-1]) == 2 else parts
    country = parts[-1] if len(parts) > 4 and len(parts[-1]) == 2 else ""
    made.place("", lines="\n".join(lines), city=city, region=region, postcode=postcode, country=country)


FORMAT = Format(_("Mailchimp audience"), "people", "Mailchimp", recognises, read, is_register=False)
