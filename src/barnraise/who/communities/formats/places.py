"""CDC PLACES: health of counties, towns, census tracts and ZIP code areas, one row for each place, measure and kind of value.

Every release has its columns in another order and with a few more or fewer; those of COLUMNS are always there. `LocationID`
stays text, so that leading zeros stay. A value that is blank with a footnote was withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.tabular import Table, rows
from barnraise.plumbing.imports.sockets import Bad, FieldRefused, Format, Question, Record, Source

from ..figure_building import document
from ..models import Figure, Measure
from .cells import number

PUBLISHER = "CDC PLACES"
COLUMNS = frozenset(
    {
        "year",
        "locationid",
        "measureid",
        "datavaluetypeid",
        "data_value",
        "data_value_unit",
        "data_value_type",
        "measure",
        "low_confidence_limit",
        "high_confidence_limit",
    }
)
HIGHER_IS_BETTER = frozenset(
    {
        "BPMED",
        "CERVICAL",
        "CHECKUP",
        "CHOLSCREEN",
        "COLON_SCREEN",
        "COREM",
        "COREW",
        "DENTAL",
        "MAMMOUSE",
    }
)
LOWER_IS_BETTER = frozenset(
    {
        "ACCESS2", "ARTHRITIS", "BINGE", "BPHIGH", "CANCER", "CASTHMA", "CHD", "COGNITION", "COPD", "CSMOKING", "DEPRESSION",
        "DIABETES", "DISABILITY", "EMOTIONSPT", "FOODINSECU", "GHLTH", "HEARING", "HIGHCHOL", "HOUSINSECU", "INDEPLIVE",
        "ISOLATION", "KIDNEY", "LACKTRPT", "LONELINESS", "LPA", "MHLTH", "MOBILITY", "OBESITY", "PHLTH", "SELFCARE",
        "SHUTUTILITY", "SLEEP", "STROKE", "TEETHLOST", "VISION",
    }
)  # fmt: skip
"""By the measure's id. Of the others neither way is called better (taking part in food stamps)."""

NATION_ID = "59"
NOT_A_NUMBER = gettext_noop("“%(value)s” is not a number.")
NOT_A_PLACE = gettext_noop("“%(value)s” is not the code of a county, town, census tract or ZIP code area.")
_RELEASE = re.compile(r"(20\d\d)[ _-]*release|release[ _-]*(20\d\d)", re.IGNORECASE)

_NUMBERS = {
    "value": "data_value",
    "low": "low_confidence_limit",
    "high": "high_confidence_limit",
    "population": "totalpopulation",
}


def _columns(table: Table) -> dict[str, int]:
    return {column.label.strip().casefold(): column.index for column in table.columns}


def _table(source: Source) -> Table | None:
    return next((one for one in source.recognition.tables if set(_columns(one)) >= COLUMNS), None)


def recognises(sources: Sequence[Source]) -> float:
    """1.0 when every file has a table with all of COLUMNS."""
    return 1.0 if sources and all(_table(source) for source in sources) else 0.0


def asks(source: Source) -> Sequence[Question]:
    """The release: rows name the year of the survey, not that of the publication."""
    found = _RELEASE.search(source.name)
    return (
        Question(
            "release",
            _("Release"),
            hint=_("The year CDC published it, as its page says. It is kept as the edition."),
            suggestion=next((part for part in found.groups() if part), "") if found else "",
        ),
    )


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record for each row, files in the order given."""
    left_out = start_after
    for source in sources:
        table = _table(source)
        if table is None:
            continue
        columns = _columns(table)
        edition = asks(source)[0].answer(source)
        for number_, values in rows(source.path, table.choice):
            if left_out:
                left_out -= 1
                continue
            row = {name: values[at].strip() if at < len(values) else "" for name, at in columns.items()}
            yield _record(number_, row, source.name, edition)


def _record(at: int, row: Mapping[str, str], table: str, edition: str) -> Record | Bad:
    given = _place(row)
    if not given:
        code = row["locationid"]
        return Bad(at, "LocationID", code[:300], NOT_A_PLACE, {"value": code[:80]}, table)
    for name, column in _NUMBERS.items():
        text = row.get(column, "")
        try:
            given[name] = number(text)
        except ValueError:
            return Bad(at, column, text[:300], NOT_A_NUMBER, {"value": text[:80]}, table)
    footnote = row.get("data_value_footnote", "")
    is_withheld = bool(footnote or row.get("data_value_footnote_symbol"))
    kind, measure = row["data_value_type"], row["measure"]
    given |= {
        "publisher": PUBLISHER,
        "code": f"{row['measureid']}:{row['datavaluetypeid']}",
        "measure": f"{measure} ({kind[:1].lower()}{kind[1:]})" if kind else measure,
        "unit": row["data_value_unit"],
        "direction": direction_of(row["measureid"]),
        "category": row.get("category", ""),
        "period": row["year"],
        "source": PUBLISHER,
        "edition": edition,
        "reason": Figure.Reason.SUPPRESSED if is_withheld else Figure.Reason.NOT_GIVEN,
        "note": footnote[:500],
    }
    try:
        return Record(at, document(given), table)
    except FieldRefused as no:
        column = {"period": "Year", **_NUMBERS}.get(no.column, no.column)
        return Bad(at, column, str(no.value)[:300], no.reason, no.details, table)


def direction_of(measure: str) -> str:
    """Which way is better, by the measure's id."""
    if measure in HIGHER_IS_BETTER:
        return Measure.Direction.HIGHER
    return Measure.Direction.LOWER if measure in LOWER_IS_BETTER else Measure.Direction.NEUTRAL


def _place(row: Mapping[str, str]) -> dict[str, Any]:
    """The code of the place under the field it is found by, and what it is called; empty for none."""
    code, state = row["locationid"], row.get("stateabbr", "")
    if state == "US" or code == NATION_ID:
        return {"area": "US"}
    if not (code.isascii() and code.isdigit()):
        return {}
    # A spreadsheet program takes the leading zero away.
    code = code.zfill({4: 5, 6: 7, 10: 11}.get(len(code), len(code)))
    name = row.get("locationname", "")
    if len(code) == 5 and not state:
        return {"zcta": code, "community": "" if name == code else name}
    if name == row["locationid"]:
        name = f"{row['countyname']} {code}" if row.get("countyname") else ""
    called = f"{name}, {state}" if name and state else name
    if len(code) == 5:
        return {"fips": code, "community": called}
    return {"geoid": code, "community": called} if len(code) in {7, 11} else {}


PLACES = Format(
    title=_("CDC PLACES (local data for better health)"),
    noun="figures",
    source=PUBLISHER,
    recognises=recognises,
    read=read,
    about=_(
        "CSV or JSON of counties, towns, census tracts or ZIP code areas, any release. Of these files only the communities you have are taken in."
    ),
    asks=asks,
)
