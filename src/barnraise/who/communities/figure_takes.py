"""The fields of a figure that a column of a spreadsheet can be mapped to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.imports.sockets import Field

from .models import Figure, Measure

FIELDS: tuple[Field, ...] = (
    Field(
        "community",
        _("Community"),
        aliases=(
            "place",
            "area",
            "locality",
            "location",
            "neighbourhood",
            "neighborhood",
            "town",
            "county",
            "comunidad",
            "lugar",
        ),
        hint=_("By its name as it is called here. A code tells it more surely."),
        is_shared=True,
    ),
    Field(
        "fips",
        _("US county code (FIPS)"),
        aliases=("fips code", "county fips", "fipscode", "5 digit fips code"),
    ),
    Field(
        "geoid",
        _("US census code (GEOID)"),
        aliases=("geo id", "geographic identifier", "tract", "place fips"),
    ),
    Field("zcta", _("US ZIP code area (ZCTA)"), aliases=("zcta5", "zip code area", "zcta")),
    Field("nces", _("US school district (NCES)"), aliases=("leaid", "nces id", "district nces id")),
    Field(
        "ons", _("UK area code (ONS)"), aliases=("ons code", "gss code", "area code", "lad code", "ward code")
    ),
    Field(
        "own_id",
        _("Our own number of the community"),
        aliases=("community id", "community number", "place id"),
    ),
    Field(
        "area",
        _("Wider area"),
        hint=_("Instead of a community, to compare with: a state or nation as US-OH, US, GB-ENG."),
        aliases=("state code", "benchmark area"),
    ),
    Field(
        "measure",
        _("Measure"),
        is_required=True,
        is_shared=True,
        aliases=(
            "indicator",
            "measure name",
            "indicator name",
            "statistic",
            "variable",
            "indicador",
            "medida",
        ),
    ),
    Field(
        "code",
        _("Code of the measure"),
        aliases=("measure id", "indicator id", "measure code", "indicator code"),
    ),
    Field("unit", _("Unit"), is_shared=True, aliases=("units", "data value unit", "unidad")),
    Field(
        "direction",
        _("Which way is better"),
        "choice",
        is_shared=True,
        options=tuple(Measure.Direction.choices),
        aliases=("polarity", "direction"),
    ),
    Field(
        "category", _("Category"), is_shared=True, aliases=("topic", "domain", "theme", "tema", "categoria")
    ),
    Field(
        "value",
        _("Value"),
        "number",
        is_required=True,
        may_be_blank=True,
        aliases=(
            "data value",
            "estimate",
            "rate",
            "percent",
            "percentage",
            "result",
            "valor",
            "tasa",
            "porcentaje",
        ),
        hint=_("A blank cell is kept as not known, never as zero."),
    ),
    Field(
        "reason",
        _("If not known, why"),
        "choice",
        options=tuple(Figure.Reason.choices),
        aliases=("reason", "suppression", "missing reason"),
    ),
    Field(
        "period",
        _("Period"),
        is_required=True,
        is_shared=True,
        aliases=("year", "years", "time period", "reporting period", "date", "ano", "periodo"),
        hint=_("A year (2023), years (2020–2022), a month (2024-05), or days (2024-03-01 – 2024-08-31)."),
    ),
    Field(
        "low",
        _("Lower end of the confidence interval"),
        "number",
        aliases=("ci low", "lower ci", "low confidence limit", "lower limit"),
    ),
    Field(
        "high",
        _("Upper end of the confidence interval"),
        "number",
        aliases=("ci high", "upper ci", "high confidence limit", "upper limit"),
    ),
    Field("numerator", _("Cases"), "number", aliases=("numerator", "count", "events", "casos")),
    Field("denominator", _("Out of"), "number", aliases=("denominator", "base", "sample size")),
    Field(
        "population", _("Population"), "number", aliases=("total population", "population count", "poblacion")
    ),
    Field(
        "benchmark",
        _("Benchmark"),
        "number",
        aliases=("state value", "target", "comparison value", "state average"),
    ),
    Field(
        "benchmark_name", _("Name of the benchmark"), is_shared=True, aliases=("comparison", "benchmark name")
    ),
    Field(
        "publisher", _("Publisher of the measure"), aliases=("publisher",), hint=_("Left out: the source.")
    ),
    Field("source", _("Source"), is_required=True, is_shared=True, aliases=("data source", "fuente")),
    Field("edition", _("Edition"), is_shared=True, aliases=("release", "release year", "version", "edicion")),
    Field("note", _("Note"), aliases=("notes", "footnote", "comment", "remarks", "nota", "notas")),
)

PLACES: dict[str, str] = {
    "fips": "FIPS",
    "geoid": "GEOID",
    "zcta": "ZCTA",
    "nces": "NCES",
    "ons": "ONS",
    "own_id": "OWN",
}
"""Field of a document -> the identifier scheme by which it names a community, the surest first."""

IDENTITY = frozenset(
    {
        *PLACES,
        "area",
        "community",
        "measure",
        "code",
        "publisher",
        "unit",
        "direction",
        "category",
        "period",
        "source",
    }
)
"""What of a document says which figure it is, and how its measure is made when it is not there."""
