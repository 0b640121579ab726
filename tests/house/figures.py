"""Figures of the sample town: found on its pages, followed to their rows, recomputed from what stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from .tree import Element, by_id, grown

LOOKED_AT, IN_ALL = 3, 6
"""Pages of one view with one set of parameters, and of one view, at most."""
MOST_PAGES = 60
"""Pages of one list that are walked, at most."""
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


class Wrong(Exception):
    """A figure that its rows do not bear out."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure says of itself. `place` is the page it stands on, `rows` the address of its rows."""

    place: str
    view: str
    value: Decimal
    shown: str
    rule: str
    of: str
    per: int
    rows: str
    is_least: bool
    formula: str


@dataclass
class Town:
    """Pages that were looked at, each once."""

    client: Client
    pages: dict[str, Element | None] = field(default_factory=dict)

    def page(self, address: str) -> Element | None:
        """The tree of a page; None for what is no page of this reader."""
        path = address.partition("#")[0]
        if path not in self.pages:
            answer = self.client.get(path)
            is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
            self.pages[path] = grown(answer.content.decode()) if is_page else None
        return self.pages[path]


def view_of(address: str) -> str:
    """The name of the address, empty where there is none."""
    return _view_of(urlsplit(address).path)


@cache
def _view_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def main_of(root: Element) -> Element:
    """Where the page's own content stands."""
    return next((one for one in root if one.tag == "main"), root)


def links(root: Element, address: str) -> Iterator[str]:
    """Addresses of this house that a page's own content leads to, without fragments."""
    for one in main_of(root):
        if one.tag == "a" and one.get("href") and not one.get("download"):
            target = urljoin(address, one.get("href")).partition("#")[0]
            if target.startswith("/"):
                yield target


def walk(town: Town, begin: Sequence[str], *, skip: Callable[[str, str], bool]) -> list[str]:
    """Those of `begin`, and pages that can be reached from there, at most LOOKED_AT of each view and set of parameters."""
    waiting, known, found = list(begin), set(begin), []
    counts: Counter[tuple[str, str]] = Counter()
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        kind = (view_of(address), re.sub(r"=[^&]*", "", parts.query))
        is_enough = counts[kind] >= LOOKED_AT or counts[kind[0], "*"] >= IN_ALL
        if not kind[0] or skip(*kind) or (is_enough and address not in begin):
            continue
        counts.update([kind, (kind[0], "*")])
        root = town.page(address)
        if root is None:
            continue
        found.append(address)
        new = [one for one in links(root, address) if one not in known]
        known.update(new)
        waiting += _spread(new)
    return found


def _spread(found: list[str]) -> list[str]:
    """The same, so that the first ones come from all over the page: rows of a list are ordered, and neighbours are alike."""
    step = max(1, len(found) // LOOKED_AT)
    return [one for at in range(step) for one in found[at::step]]


def figures_on(root: Element, address: str) -> Iterator[Figure]:
    """All figures of a page."""
    for one in root:
        rule = one.get("data-rule")
        if not rule:
            continue
        target = one.get("href") or one.get("data-rows")
        if not target:
            raise Wrong(f"{address}: {one.text()} has no address of its rows")
        yield Figure(
            place=address,
            view=view_of(address),
            value=Decimal(one.get("data-value")),
            shown=one.text(),
            rule=rule,
            of=one.get("data-of"),
            per=int(one.get("data-per") or 1),
            rows=urljoin(address, target),
            is_least="data-at-least" in one.attributes,
            formula=one.get("data-formula"),
        )


def rows_at(town: Town, address: str) -> list[Element]:
    """The rows an address shows, over all its pages."""
    path, _, fragment = address.partition("#")
    found: list[Element] = []
    for _page in range(MOST_PAGES):
        root = town.page(path)
        if root is None:
            raise Wrong(f"{path} is no page")
        there = _region(root, fragment)
        if there is not None:
            found += [one for one in there if _is_row(one, is_list=there.get("id") == "list")]
        elif not _is_empty(root):
            raise Wrong(f"{path} shows nothing called {fragment or 'list'}")
        further = next((one for one in root if one.get("rel") == "next"), None)
        if further is None or there is None or not found:
            return found
        path = urljoin(path, further.get("href"))
    raise Wrong(f"{address} has more than {MOST_PAGES} pages")


def _region(root: Element, fragment: str) -> Element | None:
    """The element an address points at; for a heading the section it heads."""
    there = by_id(root, fragment or "list")
    if there is not None and there.tag in {"h2", "h3"}:
        return there.parent
    return there


def _is_empty(root: Element) -> bool:
    return any("empty" in one.get("class").split() for one in root)


def _is_row(one: Element, *, is_list: bool) -> bool:
    if not is_list:
        return "data-row" in one.attributes
    return one.tag == "tr" and one.parent is not None and one.parent.tag == "tbody"


def cell(row: Element, title: str) -> Element | None:
    """The cell of a column."""
    if row.get("data-label") == title:
        return row
    return next((one for one in row if one.get("data-label") == title), None)


def amount(row: Element, title: str) -> Decimal | None:
    """The number in a cell; None where there is none."""
    found = cell(row, title)
    if found is None:
        return None
    told = next((one.get("data-value") for one in found if one.get("data-value")), "")
    if told:
        return Decimal(told)
    numbers = _numbers(found.text())
    return numbers[0] if numbers else None


def _numbers(text: str) -> list[Decimal]:
    """All numbers of a text; a minus stands before the sign of a currency."""
    plain = re.sub(r"-([^\w\s.])(?=\d)", r"\1-", text.replace("\u2212", "-"))
    return [Decimal(one.replace(",", "")) for one in NUMBER.findall(plain)]


def _amounts(rows: list[Element], of: str) -> list[Decimal]:
    """The numbers of a column; rows that have no such cell are not counted, but at least one has it."""
    having = [row for row in rows if cell(row, of) is not None]
    if rows and not having:
        raise Wrong(f"no row has a cell {of!r}: {rows[0].text()[:80]}")
    return [value for row in having if (value := amount(row, of)) is not None]


def _count(rows: list[Element], of: str) -> Decimal:
    """All rows; with `of` those that have such a cell, or ("Channel: flyer") whose cell says so."""
    title, is_told, wanted = of.partition(": ")
    if is_told:
        return Decimal(len([row for row in rows if (found := cell(row, title)) and found.text() == wanted]))
    return Decimal(len([row for row in rows if not of or cell(row, of) is not None]))


def _last(rows: list[Element], of: str) -> Decimal:
    """The value of the latest day; of several on one day the one that stands last."""
    best: tuple[str, int] | None = None
    value = Decimal(0)
    for at, row in enumerate(rows):
        day = next((one.get("datetime") for one in row if one.tag == "time"), "")
        if best is None or (day, at) >= best:
            best, value = (day, at), amount(row, of) or Decimal(0)
    return value


def _distinct(rows: list[Element], of: str) -> Decimal:
    """Different things; a row says which in `data-row`, else in the cell."""
    return Decimal(len({row.get("data-row") or (cell(row, of) or row).text() for row in rows}))


def _share(rows: list[Element], of: str) -> Decimal:
    """Of all rows, those that stand for `of`."""
    return Decimal(len([row for row in rows if cell(row, of) is not None])) / Decimal(len(rows))


def _difference(rows: list[Element], of: str) -> Decimal:
    """First column less second."""
    first, _, second = of.partition(" - ")
    return sum(_amounts(rows, first), Decimal(0)) - sum(_amounts(rows, second), Decimal(0))


RULES: dict[str, Callable[[list[Element], str], Decimal]] = {
    "count": _count,
    "sum": lambda rows, of: sum(_amounts(rows, of), Decimal(0)),
    "mean": lambda rows, of: sum(_amounts(rows, of), Decimal(0)) / Decimal(len(_amounts(rows, of))),
    "last": _last,
    "maximum": lambda rows, of: max(_amounts(rows, of)),
    "minimum": lambda rows, of: min(_amounts(rows, of)),
    "distinct": _distinct,
    "share": _share,
    "difference": _difference,
}


def check(town: Town, one: Figure, formulas: dict[str, Callable[[list[Element]], Decimal]]) -> int:
    """Recompute a figure from the rows at its address; how many rows there were. Raises Wrong."""
    rows = rows_at(town, one.rows)
    try:
        found = formulas[one.of](rows) if one.rule == "formula" else RULES[one.rule](rows, one.of)
    except (ZeroDivisionError, InvalidOperation, ValueError) as no:
        raise Wrong(f"{_words(one)}: the rows at {one.rows} give nothing ({no})") from no
    found = found.quantize(_places(one.value), rounding=ROUND_HALF_EVEN)
    if found != one.value and not (one.is_least and found >= one.value):
        raise Wrong(f"{_words(one)}, and the {len(rows)} rows at {one.rows} give {found}")
    if not _says(one):
        raise Wrong(f"{_words(one)}, and does not say so")
    return len(rows)


def _places(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))


def _words(one: Figure) -> str:
    return f"{one.place}: {one.shown!r} is {one.value} ({one.rule} {one.of})".replace(" )", ")")


def _says(one: Figure) -> bool:
    """The number that is shown is the value, rounded as shown."""
    said: list[Any] = _numbers(one.shown)
    wanted = one.value / one.per
    is_percent = "%" in one.shown
    for number in said:
        target = wanted * 100 if is_percent and one.rule in {"share", "formula"} else wanted
        if target.quantize(_places(number), rounding=ROUND_HALF_EVEN) == number:
            return True
    return False


SPANISH = str.maketrans({".": ",", ",": ".", "\u00a0": ","})


def twinless(town: Town, there: str, here: str) -> Iterator[str]:
    """Figures of a page in Spanish that its page in English does not have, or whose words do not say their value."""
    pages = {address: town.page(address) for address in (there, here)}
    same = {_of_any_language(one) for one in figures_on(pages[here] or grown(""), here)}
    for one in figures_on(pages[there] or grown(""), there):
        if _of_any_language(one) not in same:
            yield f"{_words(one)}, and {here} has no such figure"
        elif not _says(replace(one, shown=one.shown.translate(SPANISH))):
            yield f"{_words(one)}, and does not say so"


def _of_any_language(one: Figure) -> tuple[Decimal, str, int, str]:
    return one.value, one.rule, one.per, re.sub("^/es/", "/en/", one.rows)


NOT_READ = {"time", "form", "nav", "figcaption"}
"""Days, what is about to be typed, ways through the house, captions."""


def unmarked(root: Element, address: str) -> Iterator[str]:
    """Numbers of a page that are no figures: "view | where | text", each run of digits as #, months as Month.

    What people typed (translate="no") and days are left out.
    """
    for one, text in main_of(root).texts():
        if not re.search(r"\d", text) or _is_told(one):
            continue
        words = re.sub(r"\d[\d,.]*", "#", " ".join(text.split()))
        yield f"{view_of(address)} | {_label(one)} | {words}"


def _is_told(one: Element) -> bool:
    return any(
        each.tag in NOT_READ or each.get("translate") == "no" or each.get("data-rule")
        for each in (one, *one.above())
    )


def _label(one: Element) -> str:
    """The title of its column or fact, else the nearest class."""
    chain = [one, *one.above()]
    for each in chain:
        if each.get("data-label"):
            return each.get("data-label")
        if each.tag == "dd" and each.parent is not None:
            before = [part for part in each.parent.parts if isinstance(part, Element) and part.tag == "dt"]
            return before[0].text() if before else "dd"
    return next(
        (
            each.get("class").split()[0]
            for each in chain
            if each.get("class") and each.get("class") != "number"
        ),
        one.tag,
    )
