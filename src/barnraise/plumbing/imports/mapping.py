"""From the cells of a spreadsheet's row to the values of a noun's fields, as a person mapped its columns.

A mapping is JSON: {"version": 1, "columns": {column name: {"field": …, "split": …, "order": …, "style": …,
"repair": …}}, "constants": {field: text}}. Columns that are not in it are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.translation import gettext_noop

from barnraise.foundation.tabular import Row
from barnraise.foundation.tabular.dates import parse_date
from barnraise.foundation.tabular.numbers import Ambiguous, NumberStyle, parse_amount, parse_number
from barnraise.foundation.tabular.repair import repair_text
from barnraise.foundation.tabular.split import split_values
from barnraise.foundation.text import fold, spreadsheet_plain, squeeze
from barnraise.plumbing.profile.selectors import installation

from .sockets import NUMBERS, Bad, Field, Noun

VERSION = 1
MISSING = gettext_noop("%(field)s is missing.")
NOT_A_DATE = gettext_noop("“%(value)s” is not a date in the order %(order)s.")
NOT_A_NUMBER = gettext_noop("“%(value)s” is not a number.")
NOT_MONEY = gettext_noop("“%(value)s” is not an amount. Write it like 4000.25.")
THOUSANDS = gettext_noop(
    "In “%(value)s” the last three digits can be thousands or decimals. Write %(whole)s if they are thousands, else two decimals."
)
NOT_AN_OPTION = gettext_noop("“%(value)s” is not one of: %(options)s.")
NO_FIELD = gettext_noop("There is no field “%(field)s”.")
TWICE = gettext_noop("%(field)s takes one column; it is chosen more than once.")
NOT_CHOSEN = gettext_noop("Choose the column that holds %(field)s.")
UNKNOWN_EVERYWHERE = gettext_noop("None of the files has a column “%(column)s”.")
IN_TABLE = {
    TWICE: gettext_noop("%(field)s takes one column; in “%(table)s” it is chosen more than once."),
    NOT_CHOSEN: gettext_noop("Choose the column of “%(table)s” that holds %(field)s."),
}
"""How a problem is said where there are several tables."""
ORDERS = {
    "ymd": gettext_noop("year-month-day"),
    "dmy": gettext_noop("day-month-year"),
    "mdy": gettext_noop("month-day-year"),
}

Values = dict[str, Any]
Mapper = Callable[[Row], "Values | Bad"]


class MappingRefused(ValueError):
    """The mapping itself cannot be used; `problems` are (source string, details) pairs."""

    def __init__(self, problems: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        super().__init__(problems[0][0])
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One mapped column."""

    index: int
    column: str
    field: Field
    rules: Mapping[str, Any]


def problems(
    mapping: Mapping[str, Any], columns: Sequence[str], noun: Noun
) -> list[tuple[str, dict[str, Any]]]:
    """What keeps this mapping from being used: unknown columns or fields, one-value fields given twice, required ones missing."""
    known = {field.name: field for field in noun.fields}
    found: list[tuple[str, dict[str, Any]]] = []
    targets: list[str] = list(mapping.get("constants", {}))
    for column, rules in mapping.get("columns", {}).items():
        name = rules.get("field", "")
        if not name:
            continue
        targets.append(name)
        if column not in columns:
            found.append((gettext_noop("The file has no column “%(column)s”."), {"column": column}))
        if name not in known:
            found.append((NO_FIELD, {"field": name}))
    found += _unusable(mapping.get("constants", {}), known)
    for name, field in known.items():
        if field.kind not in {"many", "email", "phone", "url"} and targets.count(name) > 1:
            found.append((TWICE, {"field": str(field.title)}))
        if field.is_required and name not in targets:
            found.append((NOT_CHOSEN, {"field": str(field.title)}))
    return found


def _unusable(constants: Mapping[str, Any], known: Mapping[str, Field]) -> list[tuple[str, dict[str, Any]]]:
    """What is wrong with values that all rows have in common."""
    found: list[tuple[str, dict[str, Any]]] = []
    for name, text in constants.items():
        if name not in known:
            found.append((NO_FIELD, {"field": name}))
        elif text and isinstance(value := _value(known[name], str(text), {}), Bad):
            found.append((value.reason, dict(value.details)))
    return found


def for_table(mapping: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """What a mapping says of one of several tables: rules of columns that only others have are left out."""
    rules = {column: rule for column, rule in mapping.get("columns", {}).items() if column in columns}
    return {**mapping, "columns": rules}


def problems_of(
    mapping: Mapping[str, Any], tables: Sequence[tuple[str, Sequence[str]]], noun: Noun
) -> list[tuple[str, dict[str, Any]]]:
    """`problems` of one mapping for several tables, given as (name, columns); each says in which table it is."""
    if len(tables) == 1:
        return problems(mapping, tables[0][1], noun)
    everywhere = {column for _name, columns in tables for column in columns}
    found: list[tuple[str, dict[str, Any]]] = [
        (UNKNOWN_EVERYWHERE, {"column": column})
        for column, rule in mapping.get("columns", {}).items()
        if rule.get("field") and column not in everywhere
    ]
    for name, columns in tables:
        wrong = problems(for_table(mapping, columns), columns, noun)
        found += [(IN_TABLE.get(source, source), {**details, "table": name}) for source, details in wrong]
    return found


def compile_mapping(mapping: Mapping[str, Any], columns: Sequence[str], noun: Noun) -> Mapper:
    """A function from a row to the values of the noun's fields, or to what is wrong with the row.

    Values: text is squeezed, "" is None; dates are ISO; numbers are decimal text; "many", e-mail, phone and url
    fields are lists. Raises MappingRefused when `problems` finds any.
    """
    wrong = problems(mapping, columns, noun)
    if wrong:
        raise MappingRefused(wrong)
    fields = {field.name: field for field in noun.fields}
    cells = [
        _Cell(columns.index(column), column, fields[rules["field"]], rules)
        for column, rules in mapping.get("columns", {}).items()
        if rules.get("field")
    ]
    # PostgreSQL keeps JSON in an order of its own: values of several columns stand as the columns do.
    cells.sort(key=lambda cell: cell.index)
    constants = {name: text for name, text in mapping.get("constants", {}).items() if text}

    def values(row: Row) -> Values | Bad:
        out: Values = {}
        for cell in cells:
            text = row.values[cell.index] if cell.index < len(row.values) else ""
            text = repair_text(text, cell.rules["repair"]) if cell.rules.get("repair") else text
            value = _value(cell.field, text, cell.rules)
            if isinstance(value, Bad):
                return Bad(row.number, cell.column, text[:300], value.reason, value.details)
            _put(out, cell.field, value)
        for name, text in constants.items():
            if out.get(name) in (None, "", []):
                value = _value(fields[name], text, {})
                if not isinstance(value, Bad):
                    out[name] = value
        return _complete(out, row, cells, fields)

    return values


def _complete(out: Values, row: Row, cells: Sequence[_Cell], fields: Mapping[str, Field]) -> Values | Bad:
    for name, field in fields.items():
        if field.is_required and not field.may_be_blank and out.get(name) in (None, "", []):
            column = next((cell.column for cell in cells if cell.field.name == name), "")
            return Bad(row.number, column, "", MISSING, {"field": str(field.title)})
    return out


def _put(out: Values, field: Field, value: Any) -> None:
    if isinstance(value, list):
        out[field.name] = list(dict.fromkeys([*out.get(field.name, []), *value]))
    elif value is not None or field.name not in out:
        out[field.name] = value


def _value(field: Field, text: str, rules: Mapping[str, Any]) -> Any:
    """The value of one cell: None or [] when it is blank, Bad (without row) when it cannot be taken."""
    if field.kind in {"many", "email", "phone", "url"}:
        options = [str(title) for _, title in field.options] + [value for value, _ in field.options]
        return [squeeze(part) for part in split_values(text, rules.get("split", ""), options)]
    text = squeeze(text) if field.kind != "text" else text.strip()
    if not text:
        return None
    if field.kind == "date":
        return _date(text, rules.get("order", "ymd"))
    if field.kind in NUMBERS:
        read = _money if field.kind == "money" else _number
        return read(text, rules.get("style", "point"))
    if field.kind == "choice":
        return _option(field, text)
    return spreadsheet_plain(text)


def _date(text: str, order: str) -> Any:
    found = parse_date(text, order)  # type: ignore[arg-type]
    if found is None:
        return Bad(0, "", text, NOT_A_DATE, {"value": text[:80], "order": ORDERS[order]})
    return found.isoformat()


def _number(text: str, style: NumberStyle) -> Any:
    try:
        found = parse_number(text, style)
    except ValueError:
        return Bad(0, "", text, NOT_A_NUMBER, {"value": text[:80]})
    return None if found is None else _plain(found)


def _money(text: str, style: NumberStyle) -> Any:
    try:
        found = parse_amount(text, style)
    except Ambiguous as no:
        if get_currency_precision(installation().currency) >= 3:
            return _number(text, style)
        return Bad(0, "", text, THOUSANDS, {"value": text[:80], "whole": no.whole})
    except ValueError:
        return Bad(0, "", text, NOT_MONEY, {"value": text[:80]})
    return None if found is None else _plain(found)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


def _option(field: Field, text: str) -> Any:
    wanted = fold(text)
    for value, title in field.options:
        if wanted in {fold(value), fold(value.replace("_", " ")), fold(str(title))}:
            return value
    options = ", ".join(str(title) for _, title in field.options)
    return Bad(0, "", text, NOT_AN_OPTION, {"value": text[:80], "options": options})
