"""Which column is probably which field: by the words of its header, and by how its values look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from barnraise.foundation.tabular import Table
from barnraise.foundation.tabular.dates import date_order
from barnraise.foundation.tabular.numbers import NumberStyle, number_style
from barnraise.foundation.tabular.repair import find_damage
from barnraise.foundation.tabular.split import likely_separator
from barnraise.foundation.text import fold, squeeze, words

from .mapping import VERSION
from .sockets import NUMBERS, Field, Noun

LOOKS: Mapping[str, re.Pattern[str]] = {
    "email": re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE),
    "url": re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE),
    "phone": re.compile(r"^(?!\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$)\+?[\d(][\d\s().\-/]{6,}$"),
}
_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])")
MANY = {"many", "email", "phone", "url"}
READINGS = ("split", "order", "style")
"""How a column is read, as its cells show it."""


def suggest(table: Table, noun: Noun, *, style: NumberStyle = "point") -> dict[str, Any]:
    """A mapping for this table. Each rule has "sure": 1.0 for a header that says so, 0.5 for values that look so.

    A field that takes one column goes to the surest; nothing is suggested below 0.5. `style` is that of amounts whose cells do not tell.
    """
    style = style_of_amounts(table, style)
    scored = []
    known = [(field, _names(field)) for field in noun.fields]
    for index, column in enumerate(table.columns):
        cells = cells_of(table, index)
        said = _plain(_parted(column.label or column.name))
        scored += [
            (score, -index, column.name, field, cells)
            for field, names in known
            if (score := _score(said, names, field, cells)) >= 0.5
        ]
    taken: set[str] = set()
    rules: dict[str, Any] = {}
    for score, _, name, field, cells in sorted(scored, key=lambda s: (-s[0], -s[1])):
        if name in rules or (field.name in taken and field.kind not in MANY):
            continue
        taken.add(field.name)
        rules[name] = {
            "field": field.name,
            "sure": round(score, 2),
            **reading_rules(field, cells, style=style),
        }
    ordered = {column: rules[column] for column in table.names if column in rules}
    return {"version": VERSION, "columns": ordered, "constants": {}}


def cells_of(table: Table, index: int) -> list[str]:
    """What stands in the samples of a column."""
    return [
        row.values[index] for row in table.samples if index < len(row.values) and row.values[index].strip()
    ]


def style_of_amounts(table: Table, style: NumberStyle) -> NumberStyle:
    """In text files people write amounts in the style of their language; programs write numbers into workbooks with a point."""
    return style if table.choice.kind == "delimited" else "point"


def reading_rules(field: Field, cells: Sequence[str], *, style: NumberStyle = "point") -> dict[str, Any]:
    """How to read these cells for that field: separator, date order ("" when it must be asked), number style, repair.

    `style`: of amounts where the cells do not tell.
    """
    rules: dict[str, Any] = {}
    if field.kind in MANY:
        rules["split"] = likely_separator(cells) or ""
    elif field.kind == "date":
        dates = date_order(cells)
        rules["order"] = dates.order or ("" if dates.possible else "ymd")
        if not dates.is_certain and dates.samples:
            rules |= {"asks": list(dates.possible), "samples": list(dates.samples)}
    elif field.kind in NUMBERS:
        rules["style"] = number_style(cells) or (style if field.kind == "money" else "point")
    damage = next((found.damage for cell in cells if (found := find_damage(cell))), None)
    if damage:
        rules["damage"] = damage
    return rules


def _parted(header: str) -> str:
    """Headings that programs write as one word, in words: MailingAddress1 is Mailing Address 1, zip_code is zip code."""
    return header if " " in header.strip() else _JOINT.sub(" ", header).replace("_", " ")


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Its folded words. The same headings and names of fields are compared for every noun and every file."""
    return " ".join(words(text))


def _names(field: Field) -> list[str]:
    """What this field is called, in the active language too."""
    return [_plain(name) for name in (*field.aliases, field.name.replace("_", " "), str(field.title))]


def _fit(field: Field, cells: Sequence[str]) -> bool:
    """Whether all of these can be chosen. A state of our own lists is no ending only because both are called a state."""
    known = {
        fold(each) for value, title in field.options for each in (value, value.replace("_", " "), str(title))
    }
    return field.kind != "choice" or all(fold(squeeze(cell)) in known for cell in cells)


def _score(said: str, names: Sequence[str], field: Field, cells: Sequence[str]) -> float:
    if said in names:
        return 1.0 if said in names[:-2] or said == names[-1] or _fit(field, cells) else 0.0
    padded = f" {said} "
    if any(len(name) > 3 and f" {name} " in padded for name in names):
        return 0.8
    look = LOOKS.get(field.kind)
    if look and cells and sum(bool(look.match(cell.strip())) for cell in cells) >= 0.8 * len(cells):
        return 0.6
    return 0.0
