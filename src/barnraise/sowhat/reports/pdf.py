"""A report as PDF, set by typst: what people typed is data, never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from barnraise.foundation.text import squeeze
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.spans import period_words
from barnraise.plumbing.ui.values import number_text

from .facing import day_of, places
from .models import Report
from .selectors import content_of

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


@cache
def _source() -> bytes:
    return TEMPLATE.read_bytes()


def said(report: Report) -> dict[str, Any]:
    """Everything the page is set from, as JSON values in the report's language."""
    with override(report.language):
        return {
            "title": report.name,
            "house": installation().network_name,
            "language": report.language,
            "audience": str(report.get_audience_display()),
            "organisation": report.organisation.name if report.organisation else "",
            "period": squeeze(str(period_words(report.period))),
            "intro": report.intro,
            "state": _state(report),
            "trace": _("Every line of this report can be walked back to its rows in Barnraise."),
            "page": _("Page"),
            "sections": [
                {
                    "title": one["title"],
                    "parts": [
                        {
                            "title": part["title"],
                            "note": part["note"],
                            "columns": list(part["columns"]),
                            "numeric": list(part["numeric"]),
                            "lines": _lines(part),
                        }
                        for part in one["parts"]
                    ],
                }
                for one in content_of(report)
            ],
        }


def _state(report: Report) -> str:
    if report.withdrawn_on is not None:
        return _("Withdrawn: %(reason)s") % {"reason": report.withdrawn_reason}
    if report.issued_on is None:
        return _("Draft")
    return _("Issued %(day)s") % {"day": date_format(report.issued_on)}


def _lines(part: Mapping[str, Any]) -> list[list[str]]:
    cents = places(part)
    return [
        [cell_text(cell, cents.get(at, 0)) for at, cell in enumerate(line["cells"])] for line in part["lines"]
    ]


def cell_text(cell: Any, cents: int = 0) -> str:
    """A cell as text: numbers as the language writes them, with up to two places, or exactly `cents`; nothing as a dash."""
    if cell is None or cell == "":
        return "–"
    on = day_of(cell)
    if on is not None:
        return date_format(on, "DATE_FORMAT")
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return str(cell)
    return number_text(round(cell, 2), places=cents)


def made(report: Report) -> bytes:
    """The PDF."""
    import typst

    found: Any = typst.compile(_source(), sys_inputs={"report": json.dumps(said(report))}, format="pdf")
    return bytes(found)
