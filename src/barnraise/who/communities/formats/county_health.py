"""County Health Rankings & Roadmaps: the analytic data of a release (two rows of headings, one row for each county, several
hundred columns), and the datasets of one measure.

A column v001_rawvalue is a value, v001_cilow and v001_cihigh its interval, v001_numerator and v001_denominator what it was
made of, v001_race_black the same for a group; flags say what was withheld (2) or is unreliable (1). Other columns (standard
errors, ratios, quartiles) are left out. County 000 is the state, state 00 the nation: they are what counties are compared with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation import periods
from barnraise.foundation.tabular import Row, Table, rows
from barnraise.plumbing.imports.sockets import Bad, FieldRefused, Format, Question, Record, Source

from ..figure_building import NOT_A_PERIOD, document
from ..models import Figure
from .cells import BLANK, number
from .county_measures import known

PUBLISHER = "County Health Rankings"
NOT_A_NUMBER = gettext_noop("“%(value)s” is not a number.")
NOT_A_COUNTY = gettext_noop("“%(value)s” is not the FIPS code of a state or county.")
NOT_A_YEAR = gettext_noop("“%(said)s” is no year.")
_VALUE = re.compile(r"^(v\d{3})(?:_rawvalue|(_race_[a-z]+))$")
_CODE = re.compile(r"^v\d{3}_")
_RELEASE = re.compile(r"(?:^|[^0-9a-z])r(20\d\d)(?!\d)|(20\d\d)", re.IGNORECASE)
_PARTS = {"low": "cilow", "high": "cihigh", "numerator": "numerator", "denominator": "denominator"}
_LOOSE_FLAG = re.compile(r"^flag\d*(_\w+)?$")
LABELS = {
    "state fips code": "statecode",
    "county fips code": "countycode",
    "5-digit fips code": "fipscode",
    "state abbreviation": "state",
    "name": "county",
    "release year": "year",
}
"""Headings for people of the columns that say which county a row is."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """The columns of one measure."""

    code: str
    label: str
    value: int
    parts: Mapping[str, int] = field(default_factory=dict)
    flags: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where what stands in a table. `has_codes_below`: its first row holds the codes of the columns, not a county."""

    table: Table
    places: Mapping[str, int]
    measures: Sequence[_Measure]
    has_codes_below: bool = False


def _layout(source: Source) -> _Layout | None:
    for table in source.recognition.tables:
        for has_codes_below in (False, True):
            codes = _codes(table, is_below=has_codes_below)
            places = {name: at for at, name in enumerate(codes) if name in set(LABELS.values())}
            measures = _measures(table, codes)
            if measures and (places.keys() >= {"statecode", "countycode"} or "fipscode" in places):
                return _Layout(table, places, measures, has_codes_below)
    return None


def _codes(table: Table, *, is_below: bool) -> list[str]:
    """The code of each column: from the second row of headings, from the only one, or from the first row below it."""
    if is_below:
        first = next(iter(table.samples), None)
        return [value.strip().casefold() for value in first.values] if first else []
    return [_code(column.tag or column.label) for column in table.columns]


def _code(heading: str) -> str:
    said = heading.strip().casefold()
    return LABELS.get(said, said)


def _measures(table: Table, codes: Sequence[str]) -> list[_Measure]:
    places = {name: at for at, name in enumerate(codes)}
    found = [
        (match[1] + (match[2] or ""), at) for at, name in enumerate(codes) if (match := _VALUE.match(name))
    ]
    bases = {code.partition("_")[0] for code, _at in found}
    out = []
    for code, at in found:
        parts = {name: places[f"{code}_{end}"] for name, end in _PARTS.items() if f"{code}_{end}" in places}
        flags = [(name, place) for name, place in places.items() if _is_flag(name, code)]
        if len(bases) == 1 and "_race_" not in code:
            flags += [(name, place) for name, place in places.items() if _LOOSE_FLAG.match(name)]
        label = table.columns[at].label if at < len(table.columns) else ""
        out.append(_Measure(code, "" if _CODE.match(label.casefold()) else label, at, parts, flags))
    return out


def _is_flag(name: str, code: str) -> bool:
    """v001_flag and v001_flag_ct belong to v001, v001_race_black_flag2 to v001_race_black."""
    return bool(re.match(rf"^{re.escape(code)}_flag\d*(_ct)?$", name))


def recognises(sources: Sequence[Source]) -> float:
    """1.0 when every file has codes of counties and at least one column v…_rawvalue (or of a group)."""
    return 1.0 if sources and all(_layout(source) for source in sources) else 0.0


def asks(source: Source) -> Sequence[Question]:
    """Which release it is, and which years it is about: datasets of one measure say neither."""
    layout = _layout(source)
    told = ""
    if layout is not None and "year" in layout.places:
        at = layout.places["year"]
        cells = [row.values[at].strip() for row in layout.table.samples if at < len(row.values)]
        told = next((cell for cell in cells if re.fullmatch(r"20\d\d", cell)), "")
    if not told and (found := _RELEASE.search(source.name)):
        told = found[1] or found[2]
    return (
        Question(
            "release",
            _("Release"),
            hint=_("The year in which County Health Rankings published it."),
            suggestion=told,
            is_required=True,
            check=_year,
        ),
        Question(
            "period",
            _("Years the figures are about"),
            hint=_(
                "As the source's documentation says, such as 2020-2022. Empty: the year of the release stands for them."
            ),
            check=_period,
        ),
    )


def _year(text: str) -> None:
    if not re.fullmatch(r"(19|20|21)\d\d", text.strip()):
        raise FieldRefused("release", text, NOT_A_YEAR, said=text[:40])


def _period(text: str) -> None:
    try:
        periods.parse(text)
    except ValueError:
        raise FieldRefused("period", text, NOT_A_PERIOD, said=text[:40]) from None


def expects(sources: Sequence[Source]) -> int | None:
    """Rows times measures."""
    counts = []
    for source in sources:
        layout = _layout(source)
        if layout is None or layout.table.row_count is None:
            return None
        counts.append((layout.table.row_count - layout.has_codes_below) * len(layout.measures))
    return sum(counts)


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record for each county and measure, row by row, files in the order given."""
    left_out = start_after
    for source in sources:
        layout = _layout(source)
        if layout is None:
            continue
        answers = {one.name: one.answer(source).strip() for one in asks(source)}
        for position, row in enumerate(rows(source.path, layout.table.choice)):
            if position == 0 and layout.has_codes_below:
                continue
            if left_out >= len(layout.measures):
                left_out -= len(layout.measures)
                continue
            yield from _skip(_records(row, layout, answers, source.name), left_out)
            left_out = 0


def _skip(found: Iterator[Record | Bad], many: int) -> Iterator[Record | Bad]:
    for _one in range(many):
        next(found, None)
    yield from found


def _records(row: Row, layout: _Layout, answers: Mapping[str, str], table: str) -> Iterator[Record | Bad]:
    """As many as there are measures, also of a row whose county cannot be told, so that places in a file can be counted."""
    cells = {
        name: row.values[at].strip() if at < len(row.values) else "" for name, at in layout.places.items()
    }
    fips = _fips(cells)
    release = cells.get("year") or answers["release"]
    about = {
        "fips": fips,
        "community": _called(cells),
        "publisher": PUBLISHER,
        "period": answers["period"] or release,
        "source": PUBLISHER,
        "edition": release,
    }
    for one in layout.measures:
        if not fips:
            said = (
                cells.get("fipscode") or f"{cells.get('statecode', '')} {cells.get('countycode', '')}".strip()
            )
            yield Bad(row.number, "statecode", said[:300], NOT_A_COUNTY, {"value": said[:80]}, table)
        else:
            yield _record(row, one, about, table)


def _fips(cells: Mapping[str, str]) -> str:
    """Five digits; what a spreadsheet program made of them gets its leading zeros back. "" when it is no code."""
    state, county = cells.get("statecode", ""), cells.get("countycode", "")
    code = state.zfill(2) + county.zfill(3) if state and county else cells.get("fipscode", "").zfill(5)
    return code if len(code) == 5 and code.isascii() and code.isdigit() else ""


def _called(cells: Mapping[str, str]) -> str:
    name, state = cells.get("county", ""), cells.get("state", "")
    return f"{name}, {state}" if name and state else name


def _record(row: Row, measure: _Measure, about: Mapping[str, str], table: str) -> Record | Bad:
    said = known(measure.code, measure.label)
    given: dict[str, Any] = {
        **about,
        "code": measure.code,
        "measure": said.name,
        "unit": said.unit,
        "direction": said.direction,
        "category": said.category,
    }
    places = {"value": measure.value, **measure.parts}
    for name, at in places.items():
        text = row.values[at].strip() if at < len(row.values) else ""
        times = said.times if name in {"value", "low", "high"} else 1
        try:
            given[name] = number(text, times=times)
        except ValueError:
            column = _heading(measure, name)
            return Bad(row.number, column, text[:300], NOT_A_NUMBER, {"value": text[:80]}, table)
    given |= _flagged(row, measure, is_known=given["value"] is not None)
    try:
        return Record(row.number, document(given), table)
    except FieldRefused as no:
        return Bad(
            row.number, _heading(measure, no.column), str(no.value)[:300], no.reason, no.details, table
        )


def _heading(measure: _Measure, name: str) -> str:
    """The heading of a part of a measure, as the file writes it."""
    if name == "value":
        return measure.code if "_race_" in measure.code else f"{measure.code}_rawvalue"
    return f"{measure.code}_{_PARTS[name]}" if name in _PARTS else name


def _flagged(row: Row, measure: _Measure, *, is_known: bool) -> dict[str, Any]:
    """What the flags say: 1 unreliable, 2 withheld, U of a county that the source does not count there any more."""
    flags = {
        row.values[at].strip().casefold()
        for _name, at in measure.flags
        if at < len(row.values) and row.values[at].strip().casefold() not in BLANK
    }
    if is_known:
        return {"is_unreliable": "1" in flags, "reason": ""}
    if "u" in flags:
        return {"is_unreliable": False, "reason": Figure.Reason.NOT_COLLECTED}
    return {
        "is_unreliable": False,
        "reason": Figure.Reason.SUPPRESSED if "2" in flags else Figure.Reason.NOT_GIVEN,
    }


COUNTY_HEALTH = Format(
    title=_("County Health Rankings & Roadmaps"),
    noun="figures",
    source=PUBLISHER,
    recognises=recognises,
    read=read,
    about=_(
        "The analytic data of a release (two rows of headings), or the dataset of one measure. Of these files only the communities "
        "you have are taken in, and their state and nation to compare with."
    ),
    asks=asks,
    expects=expects,
)
