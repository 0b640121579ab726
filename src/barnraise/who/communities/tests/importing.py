"""Small files of figures in the formats of their publishers, the command line that takes them in, and a picture of what there is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from barnraise.config.commands import main
from barnraise.plumbing.imports.models import Listing
from barnraise.who.communities.figure_documents import said
from barnraise.who.communities.models import Figure, Measure

PLACES = (
    "Year", "StateAbbr", "StateDesc", "LocationName", "DataSource", "Category", "Measure", "Data_Value_Unit",
    "Data_Value_Type", "Data_Value", "Data_Value_Footnote_Symbol", "Data_Value_Footnote", "Low_Confidence_Limit",
    "High_Confidence_Limit", "TotalPopulation", "TotalPop18plus", "LocationID", "CategoryID", "MeasureId",
    "DataValueTypeID", "Short_Question_Text", "Geolocation",
)  # fmt: skip
SINGLE = (
    "statecode", "countycode", "v001_numerator", "v001_denominator", "v001_rawvalue", "ypll_se", "v001_cilow",
    "v001_cihigh", "flag2_cb", "v001_flag_CT",
)  # fmt: skip


def command(capsys: Any, *arguments: object) -> dict[str, Any]:
    """What `barnraise … --json` answers; it must succeed."""
    capsys.readouterr()
    code = main([*map(str, arguments), "--json"])
    out = capsys.readouterr()
    assert code == 0, (out.out, out.err)
    return dict(json.loads(out.out))


def refused(capsys: Any, *arguments: object) -> dict[str, Any]:
    """What a refused command answers; it must exit with 1."""
    capsys.readouterr()
    code = main([*map(str, arguments), "--json"])
    out = capsys.readouterr().out
    assert code == 1, out
    return dict(json.loads(out))


def sheet(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    """A CSV file."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    return path


def places_row(code: str = "39089", name: str = "Willow", **other: str) -> dict[str, str]:
    """A row of PLACES with usual values."""
    usual = dict.fromkeys(PLACES, "") | {
        "Year": "2023", "StateAbbr": "OH", "StateDesc": "Ohio", "LocationName": name, "DataSource": "BRFSS",
        "Category": "Health Outcomes", "Measure": "Obesity among adults", "Data_Value_Unit": "%",
        "Data_Value_Type": "Crude prevalence", "Data_Value": "36.4", "Low_Confidence_Limit": "31.0",
        "High_Confidence_Limit": "41.9", "TotalPopulation": "180,401", "TotalPop18plus": "139,114", "LocationID": code,
        "CategoryID": "HLTHOUT", "MeasureId": "OBESITY", "DataValueTypeID": "CrdPrv", "Short_Question_Text": "Obesity",
    }  # fmt: skip
    return {**usual, **other}


def places(path: Path, *rows: dict[str, str], columns: tuple[str, ...] = PLACES) -> Path:
    """A file of PLACES."""
    return sheet(path, [columns, *([row.get(name, "") for name in columns] for row in rows)])


def single(path: Path, *rows: tuple[str, ...]) -> Path:
    """A dataset of one measure of County Health Rankings."""
    return sheet(path, [SINGLE, *rows])


def analytic(
    path: Path, *rows: tuple[str, ...], measures: Iterable[tuple[str, str]], is_short: bool = False
) -> Path:
    """Analytic data of County Health Rankings: a row of labels, a row of codes. `measures` are (label, code); the real
    files have hundreds of columns, so many more stand between unless `is_short`."""
    labels = ["State FIPS Code", "County FIPS Code", "5-digit FIPS Code", "State Abbreviation", "Name", "Release Year",
              "County Clustered (Yes=1/No=0)"]  # fmt: skip
    codes = ["statecode", "countycode", "fipscode", "state", "county", "year", "county_clustered"]
    ends = {
        "raw value": "rawvalue",
        "numerator": "numerator",
        "denominator": "denominator",
        "CI low": "cilow",
        "CI high": "cihigh",
    }
    for label, code in measures:
        labels += [f"{label} {end}" for end in ends]
        codes += [f"{code}_{end}" for end in ends.values()]
    filler = 0 if is_short else 40
    labels += [f"Ratio of population to providers {at}." for at in range(filler)]
    codes += [f"v004_other_data_{at}" for at in range(filler)]
    return sheet(path, [labels, codes, *([*row, *("" for _ in range(filler))] for row in rows)])


def everything() -> dict[str, Any]:
    """All that imports write about figures, by natural key: figures, measures and listings."""
    names = {}
    for row in Figure.objects.select_related("measure", "community").order_by("pk"):
        about = row.community.name if row.community else row.area
        names[row.pk] = (about, row.measure.publisher, row.measure.code, str(row.period), row.source)
    rows = {row.pk: row for row in Figure.objects.all()}
    return {
        "figures": {names[key]: said(rows[key]) for key in names},
        "measures": sorted(
            Measure.objects.values_list("publisher", "code", "name", "unit", "direction", "category")
        ),
        "listings": sorted(
            (source_key, str(names.get(key)), bytes(mark).hex(), json.dumps(document, sort_keys=True))
            for source_key, key, mark, document in Listing.objects.values_list(
                "source_key", "key", "digest", "document"
            )
        ),
    }
