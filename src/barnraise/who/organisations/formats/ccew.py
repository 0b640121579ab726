"""The public extract of the Charity Commission for England and Wales: tab-separated text, each table in a zip of its own.

The table of charities makes the records; other names, classification and areas of operation add to them when they are
given together. A linked charity has the number of its charity, a hyphen and its own: 1234567-1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation import contacts
from barnraise.foundation.tabular import Table, rows
from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import Bad, Format, Record, Source

from .. import identifiers

CHARITY = frozenset(
    {
        "organisation_number",
        "registered_charity_number",
        "linked_charity_number",
        "charity_name",
        "charity_registration_status",
    }
)
PARTS = {
    "names": frozenset({"organisation_number", "charity_name_type", "charity_name"}),
    "classification": frozenset({"organisation_number", "classification_code", "classification_type"}),
    "areas": frozenset({"organisation_number", "geographic_area_type", "geographic_area_description"}),
}
NO_NUMBER = gettext_noop("The charity number must have five to seven digits.")
NO_NAME = gettext_noop("The name is missing.")
FACTS = (
    "charity_type",
    "charity_reporting_status",
    "date_of_registration",
    "latest_expenditure",
    "latest_acc_fin_period_start_date",
    "latest_acc_fin_period_end_date",
    "charity_insolvent",
    "charity_in_administration",
    "charity_previously_excepted",
    "charity_is_cdf_or_cif",
    "charity_is_cio",
    "cio_is_dissolved",
    "date_cio_dissolution_notice",
    "charity_gift_aid",
    "charity_has_land",
    "organisation_number",
)
_NAME_KINDS = {"working name": "trading", "previous name": "former"}
_GRANTS = frozenset({"301", "302", "303"})
_RELIGION, _HEALTH = "108", "103"

Row = dict[str, str]
Parts = dict[str, dict[str, list[Row]]]


def _tables(sources: Sequence[Source]) -> Iterator[tuple[Source, Table, str]]:
    """Each table with what it is: "charity", a part's name, or ""."""
    for source in sources:
        for table in source.recognition.tables:
            names = frozenset(name.strip().lower() for name in table.names)
            if names >= CHARITY:
                yield source, table, "charity"
            else:
                yield source, table, next((part for part, wanted in PARTS.items() if wanted <= names), "")


def recognises(sources: Sequence[Source]) -> float:
    """1.0 when there is a table of charities and every other table is one of the extract's."""
    found = [part for _source, _table, part in _tables(sources)]
    if "charity" not in found:
        return 0.0
    return 1.0 if all(found) else 0.6


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record per row of the table of charities."""
    left_out = start_after
    parts = _parts(sources)
    for source, table, part in _tables(sources):
        if part != "charity":
            continue
        names = [name.strip().lower() for name in table.names]
        for number, values in rows(source.path, table.choice):
            if left_out:
                left_out -= 1
                continue
            yield record(number, dict(zip(names, map(str.strip, values), strict=False)), parts, table.name)


def _parts(sources: Sequence[Source]) -> Parts:
    found: Parts = {part: defaultdict(list) for part in PARTS}
    for source, table, part in _tables(sources):
        if part in found:
            names = [name.strip().lower() for name in table.names]
            for _number, values in rows(source.path, table.choice):
                row = dict(zip(names, map(str.strip, values), strict=False))
                found[part][row["organisation_number"]].append(row)
    return found


def record(number: int, row: Mapping[str, str], parts: Parts, table: str = "") -> Record | Bad:
    """The record of one charity, or what is wrong with its row."""
    charity, linked = row["registered_charity_number"], row["linked_charity_number"]
    try:
        given = charity if linked in ("", "0") else f"{charity}-{linked}"
        scheme, value = identifiers.normalise("GB-CHC", given)
    except identifiers.IdentifierError:
        return Bad(number, "registered_charity_number", charity[:300], NO_NUMBER, {}, table)
    if not row["charity_name"]:
        return Bad(number, "charity_name", "", NO_NAME, {}, table)
    own = row["organisation_number"]
    classified = parts["classification"].get(own, [])
    is_removed = row["charity_registration_status"].lower() == "removed"
    facts = _facts(row, classified, parts["areas"].get(own, []))
    company = row.get("charity_company_registration_number", "")
    found = [{"scheme": scheme, "value": value}]
    if company and linked in ("", "0"):
        try:
            found.append(
                dict(zip(("scheme", "value"), identifiers.normalise("GB-COH", company), strict=True))
            )
        except identifiers.IdentifierError:
            facts["charity_company_registration_number"] = company
    elif company:
        facts["charity_company_registration_number"] = company
    document: dict[str, Any] = {
        "name": squeeze(row["charity_name"])[:300],
        "kind": kind_of({one["classification_code"] for one in classified}),
        "mission": row.get("charity_activities", "")[:20_000],
        "status": "closed" if is_removed else "active",
        "closed_on": _day(row.get("date_of_removal", "")) if is_removed else None,
        **_income(row),
        "facts": facts,
        "names": _names(parts["names"].get(own, []), row["charity_name"]),
        "identifiers": found,
        "addresses": _addresses(row),
        "contacts": _contacts(row, facts),
    }
    return Record(number, document, table)


def kind_of(codes: set[str]) -> str:
    """Our kind from the classification: who only gives grants is a funder; religion or health alone names the kind."""
    what = {code for code in codes if code.startswith("1")}
    how = {code for code in codes if code.startswith("3")}
    if how and how <= _GRANTS:
        return "funder"
    if what == {_RELIGION}:
        return "faith"
    return "health" if what == {_HEALTH} else "nonprofit"


def _facts(row: Mapping[str, str], classified: Sequence[Row], areas: Sequence[Row]) -> dict[str, str]:
    facts = {name: _plain(row[name]) for name in FACTS if row.get(name)}
    for kind in ("What", "Who", "How"):
        said = [
            one.get("classification_description", "")
            for one in classified
            if one["classification_type"] == kind
        ]
        if said:
            facts[f"classification_{kind.lower()}"] = "; ".join(sorted(set(said)))[:2000]
    if areas:
        facts["areas_of_operation"] = "; ".join(
            sorted({one["geographic_area_description"] for one in areas})
        )[:2000]
    return facts


def _plain(text: str) -> str:
    """A date without its empty time of day."""
    return text.removesuffix(" 00:00:00.0000000")[:2000]


def _day(text: str) -> str | None:
    return text[:10] if len(text) >= 10 and text[4] == text[7] == "-" else None


def _income(row: Mapping[str, str]) -> dict[str, Any]:
    text = row.get("latest_income", "")
    try:
        amount = round(float(text) * 100) if text else None
    except ValueError:
        amount = None
    year = row.get("latest_acc_fin_period_end_date", "")[:4]
    return {
        "income_amount": amount,
        "income_currency": "GBP" if amount is not None else "",
        "income_year": int(year) if amount is not None and year.isdigit() else None,
    }


def _names(found: Sequence[Row], name: str) -> list[dict[str, str]]:
    said = [
        (_NAME_KINDS.get(one["charity_name_type"].lower(), "trading"), squeeze(one["charity_name"])[:300])
        for one in found
    ]
    return [{"kind": k, "name": n} for k, n in dict.fromkeys(said) if n and n != squeeze(name)]


def _addresses(row: Mapping[str, str]) -> list[dict[str, Any]]:
    lines = [squeeze(row.get(f"charity_contact_address{n}", "")) for n in range(1, 6)]
    lines = [line for line in lines if line]
    postcode = row.get("charity_contact_postcode", "")
    if not lines and not postcode:
        return []
    # The town is the last line given; with one line alone nobody knows.
    city = lines.pop() if len(lines) > 1 else ""
    return [
        {
            "kind": "postal",
            "lines": ", ".join(lines)[:400],
            "city": city[:120],
            "region": "",
            "postcode": postcode[:20],
            "country": "GB",
            "lat": None,
            "lon": None,
            "source": "ccew",
        }
    ]


def _contacts(row: Mapping[str, str], facts: dict[str, str]) -> list[dict[str, str]]:
    """Contact points in normal form; what cannot be one stays readable as a fact."""
    found = []
    for kind, column in (
        ("phone", "charity_contact_phone"),
        ("email", "charity_contact_email"),
        ("website", "charity_contact_web"),
    ):
        text = row.get(column, "")
        if text:
            try:
                found.append(
                    {"kind": kind, "value": contacts.normalise(kind, text, country="GB"), "label": ""}
                )
            except contacts.ContactError:
                facts[column] = text[:2000]
    return found


CCEW = Format(
    title=_("Register of charities, England and Wales"),
    noun="organisations",
    source="Charity Commission for England and Wales",
    recognises=recognises,
    read=read,
    about=_(
        "The public extract: the table of charities, with other names, classification and areas if you have them."
    ),
)
