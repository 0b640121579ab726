"""What the screens of the import flow say: what a file is, its first rows, records as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.tabular import Table
from barnraise.foundation.tabular.dates import date_order, parse_date
from barnraise.plumbing.ui.sockets import navigation
from barnraise.plumbing.ui.values import money

from .sockets import Noun, Source, nouns

KINDS: Mapping[str, Any] = {
    "text": gettext_lazy("Text table"),
    "xlsx": gettext_lazy("Excel workbook"),
    "xls": gettext_lazy("Excel workbook (97–2003)"),
    "json": gettext_lazy("JSON"),
    "zip": gettext_lazy("Zip archive"),
    "vcard": gettext_lazy("Address cards (vCard)"),
}
SIGNS: Mapping[str, Any] = {
    ",": gettext_lazy("commas"),
    ";": gettext_lazy("semicolons"),
    "\t": gettext_lazy("tabs"),
    "|": gettext_lazy("vertical bars"),
}
PARTS: Mapping[str, Any] = {
    "addresses": gettext_lazy("Addresses"),
    "contacts": gettext_lazy("Contact points"),
    "identifiers": gettext_lazy("Identifiers"),
    "sectors": gettext_lazy("Sectors"),
    "names": gettext_lazy("Names"),
    "facts": gettext_lazy("Further facts"),
    "income_amount": gettext_lazy("Yearly income"),
    "income_year": gettext_lazy("Year of the income"),
    "status": gettext_lazy("Status"),
    "parent": gettext_lazy("Branch of"),
}
"""Parts of records that several columns make together."""
STAGES: Mapping[str, Any] = {
    "imports.check": gettext_lazy("Reading and comparing"),
    "imports.read": gettext_lazy("Reading the file once through"),
    "imports.write": gettext_lazy("Writing the records"),
    "imports.gone": gettext_lazy("Looking for what is no longer listed"),
}
WORDS: Mapping[str, Mapping[str, Any]] = {
    "status": {"active": gettext_lazy("Active"), "closed": gettext_lazy("Closed")},
}
"""Values of parts that are kept as codes."""
CELLS = 12
ROWS = 5


def counted(number: int) -> str:
    """A whole number with the reader's separators: 5,985."""
    return formats.number_format(number, use_l10n=True, force_grouping=True)


def kind_of(source: Source) -> Any:
    """What kind of file it is, in the reader's language."""
    return KINDS.get(source.recognition.container, source.recognition.container.upper())


def described(source: Source, table: Table | None) -> str:
    """One calm sentence: what the file is, how it is written, how much is in it."""
    parts = [str(kind_of(source))]
    if table is None:
        return parts[0]
    many = len(source.recognition.tables)
    if many > 1:
        parts.append(ngettext("%(n)s table", "%(n)s tables", many) % {"n": counted(many)})
    if table.row_count is not None:
        said = ngettext("%(n)s row", "%(n)s rows", table.row_count) % {"n": counted(table.row_count)}
        parts.append(said if table.row_count_is_exact else _("about %(rows)s") % {"rows": said})
    width = len(table.columns)
    parts.append(ngettext("%(n)s column", "%(n)s columns", width) % {"n": counted(width)})
    if table.choice.delimiter:
        sign = SIGNS.get(table.choice.delimiter, table.choice.delimiter)
        parts.append(_("separated by %(sign)s") % {"sign": sign})
    if label := letters(table):
        parts.append(_("letters as %(encoding)s") % {"encoding": label})
    return " · ".join(parts)


def letters(table: Table) -> str:
    """The name of the encoding as people know it, "" where the file kind leaves no choice."""
    used = table.choice.encoding or ""
    return next((_(one.label) for one in table.encodings if one.encoding == used), used.upper())


def first_rows(table: Table) -> list[dict[str, Any]]:
    """The rows as they stand in the file: number, cells, whether it is the header or stands above it."""
    header = table.choice.header_row or 0
    rows: list[dict[str, Any]] = [
        {"number": row.number, "cells": list(row.values[:CELLS]), "place": "above"} for row in table.preamble
    ]
    if header or table.choice.kind == "json":
        names = [column.label or column.name for column in table.columns[:CELLS]]
        rows.append({"number": header or "", "cells": names, "place": "header"})
    rows += [
        {"number": row.number, "cells": list(row.values[:CELLS]), "place": "row"}
        for row in table.samples[:ROWS]
    ]
    width = min(CELLS, len(table.columns))
    for row in rows:
        row["cells"] += [""] * (width - len(row["cells"]))
    return rows


def readings(cells: Sequence[str], *, rule: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The ways these dates can be read, each with samples as (written, day); empty when there is only one."""
    found = date_order(list(cells))
    orders = list(rule.get("asks") or (found.possible if not found.is_certain else ()))
    samples = list(rule.get("samples") or found.samples)[:3]
    if len(orders) < 2 or not samples:
        return []
    out = []
    for order in orders:
        pairs = [(text, parse_date(text, order)) for text in samples]
        out.append({"order": order, "samples": [(text, day) for text, day in pairs if day is not None]})
    return out


def field_title(noun: Noun | None, name: str) -> Any:
    """A field's title; of an entry of a field both."""
    whole, _dot, entry = name.partition(".")
    found = next((field.title for field in noun.fields if field.name == whole), None) if noun else None
    title = PARTS.get(whole) or found or whole.replace("_", " ").capitalize()
    return f"{title}: {entry.replace('_', ' ')}" if entry else title


def option(noun: Noun | None, name: str, value: Any) -> Any:
    """A choice by its title, a day as the reader writes days; anything else as it is."""
    if noun is None or not isinstance(value, str):
        return value
    if name in WORDS:
        return WORDS[name].get(value, value)
    if name.endswith("_on") and (day := parse_date(value, "ymd")):
        return formats.date_format(day, "DATE_FORMAT")
    field = next((field for field in noun.fields if field.name == name), None)
    return next((title for key, title in field.options if key == value), value) if field else value


def shown_fields(noun: Noun, document: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Title and value of everything a record says, but for its name."""
    said = []
    for name, value in document.items():
        if name == "name" or name.endswith("_currency") or value in (None, "", [], {}) or value is False:
            continue
        currency = document.get(f"{name.removesuffix('amount')}currency") or ""
        said.append((field_title(noun, name), option(noun, name, amount(name, value, currency))))
    return said


def amount(name: str, value: Any, currency: str) -> Any:
    """An amount in minor units as people read it, with its currency where that is known; anything else as it is."""
    if not name.endswith("_amount") or not isinstance(value, int) or isinstance(value, bool):
        return value
    if currency:
        return money(value, currency)
    return formats.number_format(Decimal(value) / 100, 2, use_l10n=True, force_grouping=True)


def list_of(name: str) -> str:
    """The address of the page where the records of a noun are listed."""
    own = getattr(nouns.find(name), "list_url_name", "")
    known = navigation.find(name)
    return reverse(own or (known.url_name if known else f"{name}:list"))
