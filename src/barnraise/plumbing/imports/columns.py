"""The columns that a person maps: of all tables of an import, with what is probably in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from babel.core import Locale, UnknownLocaleError
from django.utils.translation import get_language

from barnraise.foundation.tabular import Table
from barnraise.foundation.tabular.numbers import NumberStyle, number_style

from .mapping import VERSION
from .models import Import
from .selectors import remembered
from .sockets import Noun, nouns
from .suggestions import READINGS, cells_of, reading_rules, style_of_amounts, suggest


@dataclass(slots=True)
class Heading:
    """One column: its name, what its first cells hold, and the tables that have it, by their labels."""

    name: str
    cells: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)


def headings(tables: Sequence[tuple[str, Table]]) -> list[Heading]:
    """The columns of all tables, given as (label, table), in order; a name that several have comes once."""
    found: dict[str, Heading] = {}
    for label, table in tables:
        for index, name in enumerate(table.names):
            heading = found.setdefault(name, Heading(name))
            heading.tables.append(label)
            heading.cells += [
                row.values[index] for row in table.samples if row.values[index : index + 1] not in ((), ("",))
            ]
    return list(found.values())


def proposed_mapping(batch: Import, tables: Sequence[Table], noun: str) -> dict[str, Any]:
    """The mapping chosen before, else for each table the one remembered for its header, else a suggestion.

    "remembered" is "same" or "similar" when all of it was. A column that several tables have has one rule.
    """
    if batch.mapping.get("columns"):
        found = [(table, batch.mapping, "") for table in tables]
    else:
        kept = [remembered(table, noun) for table in tables]
        found = [(table, one or {}, _how(one)) for table, one in zip(tables, kept, strict=True)]
    columns: dict[str, Any] = {}
    style = usual_style(batch.by)
    for table, chosen, how in found:
        suggested = suggest(table, nouns.get(noun), style=style)["columns"]
        rules = _rules(table, chosen, suggested, is_open=how == "similar")
        for name, rule in _read_anew(table, nouns.get(noun), rules, style, is_kept=bool(how)).items():
            columns.setdefault(name, rule)
    ways = {how for _table, _chosen, how in found}
    return {
        "version": VERSION,
        "columns": columns,
        "constants": {k: v for _t, chosen, _h in found for k, v in chosen.get("constants", {}).items()},
        "remembered": next(iter(ways)) if len(ways) == 1 else "",
    }


def _how(kept: dict[str, Any] | None) -> str:
    return "" if kept is None else ("same" if kept["is_same"] else "similar")


def _rules(
    table: Table, chosen: dict[str, Any], suggested: dict[str, Any], *, is_open: bool
) -> dict[str, Any]:
    """The rules of one table's columns: as chosen, or as suggested when nothing was. `is_open`: columns that the choice
    does not know get their suggestion where its field is free."""
    if not chosen:
        return suggested
    taken = {rule.get("field") for rule in chosen["columns"].values()}
    rules = {}
    for name in table.names:
        guess = suggested.get(name, {})
        hints = {k: v for k, v in guess.items() if k in {"damage", "asks", "samples"}}
        if name in chosen["columns"]:
            rules[name] = {**hints, **chosen["columns"][name], "sure": 1.0}
        elif is_open and guess and guess["field"] not in taken:
            rules[name] = guess
        elif hints:
            rules[name] = {**hints, "field": ""}
    return rules


def usual_style(by: Any) -> NumberStyle:
    """How whoever gave the file writes numbers: as in the language of the account, else in that of the page."""
    code = getattr(by, "language", "") or get_language() or ""
    try:
        sign = Locale.parse(code, sep="-").number_symbols["latn"]["decimal"]
    except (UnknownLocaleError, ValueError):
        return "point"
    return "comma" if sign == "," else "point"


def _read_anew(
    table: Table, noun: Noun, rules: dict[str, Any], style: NumberStyle, *, is_kept: bool
) -> dict[str, Any]:
    """The same; how a column is read that was blank when it was chosen is seen from its cells now.

    So is how numbers are written, where the choice was made for another file and these cells prove it.
    """
    fields = {one.name: one for one in noun.fields}
    found = {}
    for name, rule in rules.items():
        field = fields.get(rule["field"])
        cells = cells_of(table, table.names.index(name))
        read = reading_rules(field, cells, style=style_of_amounts(table, style)) if field else {}
        is_open = any(key in read and key not in rule for key in READINGS)
        proven = number_style(cells) if is_kept and "style" in read else None
        found[name] = {**({**read, **rule} if is_open else rule), **({"style": proven} if proven else {})}
    return found
