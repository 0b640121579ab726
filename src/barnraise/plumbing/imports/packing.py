"""A recognition as JSON and back, so that a file is looked through once and not before every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from barnraise.foundation.tabular import (
    Column,
    EncodingCandidate,
    Notice,
    Recognition,
    Resource,
    Row,
    Table,
    TableChoice,
)


def packed(found: Recognition) -> dict[str, Any]:
    """The recognition as JSON values."""
    return asdict(found)


def unpacked(kept: Mapping[str, Any]) -> Recognition:
    """What `packed` was made of."""
    return Recognition(
        **{
            **kept,
            "tables": tuple(_table(table) for table in kept["tables"]),
            "resources": tuple(Resource(**one) for one in kept["resources"]),
            "warnings": _notices(kept["warnings"]),
        }
    )


def _notices(kept: Any) -> tuple[Notice, ...]:
    return tuple(Notice(**one) for one in kept)


def _rows(kept: Any) -> tuple[Row, ...]:
    return tuple(Row(number, tuple(values)) for number, values in kept)


def _table(kept: Mapping[str, Any]) -> Table:
    encodings = (EncodingCandidate(**{**one, "samples": tuple(one["samples"])}) for one in kept["encodings"])
    return Table(
        **{
            **kept,
            "choice": TableChoice(**kept["choice"]),
            "columns": tuple(Column(**one) for one in kept["columns"]),
            "samples": _rows(kept["samples"]),
            "preamble": _rows(kept["preamble"]),
            "encodings": tuple(encodings),
            "warnings": _notices(kept["warnings"]),
        }
    )
