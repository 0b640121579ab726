"""What is wrong with a boundary, in the reader's language, with how to mend it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.geo import GeoError

_WORDS: dict[str, Any] = {
    "not-json": gettext_lazy(
        "This is not JSON (line {line}). Export the boundary as GeoJSON and paste or upload that file as it is."
    ),
    "too-long": gettext_lazy(
        "The boundary has {found} characters; at most {most} are taken. Simplify it in your map program first."
    ),
    "not-geojson": gettext_lazy(
        "This is no GeoJSON: it has no type. Export the boundary as GeoJSON; a shapefile or KML has to be converted first."
    ),
    "no-area": gettext_lazy(
        "There is no area in it, only {found}. A boundary is a Polygon or a MultiPolygon; draw the outline as an area."
    ),
    "too-many": gettext_lazy(
        "The boundary has {found} points; at most {most} are taken. Simplify it in your map program first."
    ),
    "bad-shape": gettext_lazy("{where}: write a list of rings, each a list of [longitude, latitude] pairs."),
    "not-number": gettext_lazy("{where}: {found} is not a pair of numbers. Write [longitude, latitude]."),
    "bad-longitude": gettext_lazy(
        "{where}: the longitude {found} is outside -180 to 180. Export the boundary in WGS 84 (EPSG:4326)."
    ),
    "bad-latitude": gettext_lazy(
        "{where}: the latitude {found} is outside -90 to 90. Perhaps latitude and longitude are swapped."
    ),
    "too-short": gettext_lazy(
        "{where}: an outline needs at least three corners and its first point again at the end; it has {found} points."
    ),
    "not-closed": gettext_lazy(
        "{where}: the last point {last} must equal the first {first}. Add the first point once more at the end."
    ),
    "no-surface": gettext_lazy("{where}: the points lie on one line, so they enclose nothing. Add a corner."),
}


def in_words(error: GeoError) -> str:
    """The sentence for a GeoError."""
    return str(_WORDS[error.code]).format(**error.details)


def refused_parent() -> str:
    """Why a community cannot be hung there."""
    return _("A community cannot be part of itself or of one of its parts.")
