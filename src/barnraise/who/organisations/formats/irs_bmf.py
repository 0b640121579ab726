"""The Exempt Organizations Business Master File extract of the IRS: one CSV per state or region, 28 columns.

All 28 columns are kept: EIN, NAME, SORT_NAME, address, INCOME_AMT with TAX_PERIOD and NTEE_CD as fields of the
organisation, the others (and INCOME_AMT and TAX_PERIOD again) as facts under the register's own column names.
A blank amount stays blank; zero is zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.tabular import Table, rows
from barnraise.plumbing.imports.sockets import Bad, Format, Record, Source

from .. import sectors

COLUMNS = (
    "EIN",
    "NAME",
    "ICO",
    "STREET",
    "CITY",
    "STATE",
    "ZIP",
    "GROUP",
    "SUBSECTION",
    "AFFILIATION",
    "CLASSIFICATION",
    "RULING",
    "DEDUCTIBILITY",
    "FOUNDATION",
    "ACTIVITY",
    "ORGANIZATION",
    "STATUS",
    "TAX_PERIOD",
    "ASSET_CD",
    "INCOME_CD",
    "FILING_REQ_CD",
    "PF_FILING_REQ_CD",
    "ACCT_PD",
    "ASSET_AMT",
    "INCOME_AMT",
    "REVENUE_AMT",
    "NTEE_CD",
    "SORT_NAME",
)
FACTS = tuple(
    name
    for name in COLUMNS
    if name not in {"EIN", "NAME", "STREET", "CITY", "STATE", "ZIP", "NTEE_CD", "SORT_NAME"}
)
NO_EIN = gettext_noop("The EIN must have nine digits.")
NO_NAME = gettext_noop("The name is missing.")
NOT_WHOLE = gettext_noop("“%(value)s” is not a whole number of dollars.")
_AMOUNTS = ("ASSET_AMT", "INCOME_AMT", "REVENUE_AMT")
_CHURCH, _SCHOOL, _HOSPITAL, _GRANT_MAKER = "10", "11", "12", frozenset({"02", "03", "04"})
_BY_MAJOR_GROUP = {"B": "school", "E": "health", "F": "health", "X": "faith", "T": "funder"}


def _table(sources: Sequence[Source]) -> tuple[Source, Table] | None:
    for source in sources:
        for table in source.recognition.tables:
            if tuple(name.strip().upper() for name in table.names) == COLUMNS:
                return source, table
    return None


def recognises(sources: Sequence[Source]) -> float:
    """1.0 when every file has the 28 columns in their order."""
    return 1.0 if sources and all(_table([source]) for source in sources) else 0.0


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record per row, files in the order given."""
    left_out = start_after
    for source in sources:
        found = _table([source])
        if found is None:
            continue
        for number, values in rows(source.path, found[1].choice):
            if left_out:
                left_out -= 1
                continue
            yield record(number, dict(zip(COLUMNS, map(str.strip, values), strict=False)), source.name)


def record(number: int, row: Mapping[str, str], table: str = "") -> Record | Bad:
    """The record of one row, or what is wrong with it."""
    digits = row["EIN"].replace("-", "")
    if not (len(digits) in {7, 8, 9} and digits.isascii() and digits.isdigit() and digits.strip("0")):
        return Bad(number, "EIN", row["EIN"][:300], NO_EIN, {}, table)
    if not row["NAME"]:
        return Bad(number, "NAME", "", NO_NAME, {}, table)
    for column in _AMOUNTS:
        if row[column] and not _is_whole(row[column]):
            return Bad(number, column, row[column][:300], NOT_WHOLE, {"value": row[column][:80]}, table)
    facts = {name: row[name] for name in FACTS if row[name]}
    code = row["NTEE_CD"].upper()
    found: list[dict[str, str]] = []
    if code:
        try:
            scheme, normal = sectors.normalise("NTEE", code)
            found = [{"scheme": scheme, "code": normal}]
        except sectors.SectorError:
            facts["NTEE_CD"] = code
    income = int(row["INCOME_AMT"]) * 100 if row["INCOME_AMT"] else None
    document: dict[str, Any] = {
        "name": row["NAME"],
        "kind": kind_of(code, row["FOUNDATION"]),
        "income_amount": income,
        "income_currency": "USD" if income is not None else "",
        "income_year": _year(row["TAX_PERIOD"]) if income is not None else None,
        "facts": facts,
        "names": [{"kind": "sort", "name": row["SORT_NAME"]}] if row["SORT_NAME"] else [],
        "identifiers": [{"scheme": "EIN", "value": digits.zfill(9)}],
        "sectors": found,
        "addresses": _addresses(row),
    }
    return Record(number, document, table)


def kind_of(code: str, foundation: str) -> str:
    """Our kind from the foundation code, where it names one, else from the NTEE major group."""
    if foundation == _CHURCH:
        return "faith"
    if foundation == _SCHOOL:
        return "school"
    if foundation == _HOSPITAL:
        return "health"
    if foundation in _GRANT_MAKER:
        return "funder"
    if code[:2] == "A3":
        return "media"
    return _BY_MAJOR_GROUP.get(code[:1], "nonprofit")


def _addresses(row: Mapping[str, str]) -> list[dict[str, Any]]:
    if not any(row[name] for name in ("STREET", "CITY", "STATE", "ZIP")):
        return []
    is_box = row["STREET"].upper().startswith(("PO BOX", "P O BOX", "P.O. BOX"))
    return [
        {
            "kind": "postal" if is_box else "physical",
            "lines": row["STREET"],
            "city": row["CITY"],
            "region": row["STATE"],
            "postcode": row["ZIP"],
            "country": "US" if row["STATE"] else "",
            "lat": None,
            "lon": None,
            "source": "irs_bmf",
        }
    ]


def _is_whole(text: str) -> bool:
    number = text.removeprefix("-")
    return number.isascii() and number.isdigit() and len(number) <= 15


def _year(period: str) -> int | None:
    return int(period[:4]) if len(period) == 6 and period.isascii() and period.isdigit() else None


IRS_BMF = Format(
    title=_("IRS register of exempt organisations (BMF extract)"),
    noun="organisations",
    source="IRS Exempt Organizations Business Master File",
    recognises=recognises,
    read=read,
    about=_("The CSV files of the IRS by state or region, all 28 columns as published."),
)
