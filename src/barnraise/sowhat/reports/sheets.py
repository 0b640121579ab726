"""A report as a spreadsheet: one sheet for each table, numbers as numbers, and what each line walks back to."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Report
from .selectors import content_of

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MOST_NAME = 31


def made(report: Report) -> bytes:
    """The file."""
    from openpyxl import Workbook  # slow to load, and seldom needed

    book = Workbook(write_only=True)
    names: set[str] = set()
    site = str(settings.ENVIRONMENT.url)
    with override(report.language):
        walk = _("Where it comes from")
        for one in content_of(report):
            for part in one["parts"]:
                sheet = book.create_sheet(_name(part["title"], names))
                sheet.append([*(_cell(title) for title in part["columns"]), walk])
                for line in part["lines"]:
                    ref = f"{site}/trace/{line['ref']}/" if line["ref"] else _rows_of(line, site)
                    sheet.append([*(_cell(cell) for cell in line["cells"]), ref])
                if part.get("taken_out"):
                    sheet.append([_cell(part["taken_out"])])
        if not names:
            book.create_sheet(_name(report.name, names))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows_of(line: Mapping[str, Any], site: str) -> str:
    """Where the rows are that the first number of a sum counts."""
    return next((f"{site}{path}" for path in line.get("opens", {}).values()), "")


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet may have, of which there is none yet."""
    plain = _FORBIDDEN.sub(" ", title).strip()[:MOST_NAME] or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        name = f"{plain[: MOST_NAME - 3]} {number}"
        number += 1
    taken.add(name.casefold())
    return name


def _cell(value: Any) -> Any:
    """A value of a cell; a text that a spreadsheet would reckon with begins with an apostrophe."""
    if not isinstance(value, str):
        return value
    plain = _CONTROL.sub("", value)
    return f"'{plain}" if plain[:1] in {"=", "+", "-", "@"} else plain
