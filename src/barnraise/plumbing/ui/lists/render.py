"""The table of a list as HTML in Python: fifty rows in well under a millisecond of markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join, text

from ..components import menu
from ..icons import icon
from .selection import Asked

if TYPE_CHECKING:
    from .declaration import Column, ListPage


def table(
    page: ListPage,
    asked: Asked,
    columns: Sequence[Column],
    rows: Sequence[Any],
    *,
    can_tick: bool,
    actor: Any = None,
) -> Safe:
    """The table; cells carry their column's title for phones, where each row is a card."""
    tick_all = el(
        "input",
        type="checkbox",
        class_="form-check-input",
        data_tick_page=True,
        aria_label=_("Tick all on this page"),
    )
    head = [el("th", tick_all, scope="col", class_="tick")] if can_tick else []
    head += [_head(asked, column) for column in columns]
    if page.row_actions:
        words = el("span", _("Actions"), class_="visually-hidden")
        head.append(el("th", words, scope="col", class_="row-menu"))
    cells = [(_opening(column), column.cell) for column in columns[1:]]
    body = [_row(page, columns[0], cells, row, can_tick, actor) for row in rows]
    return el(
        "table",
        el("caption", page.title or page.noun_plural, class_="visually-hidden", id="list-caption"),
        el("thead", el("tr", *head)),
        # Headings reload the list in its place; what a row links to is a page of its own.
        el("tbody", *body, hx_boost="false"),
        class_="table list-table",
    )


def _head(asked: Asked, column: Column) -> Safe:
    kind = "number" if column.is_numeric else None
    if not column.sort:
        return el("th", column.title, scope="col", class_=kind)
    order = asked.order
    is_here = order.field == column.sort
    state = ("descending" if order.is_descending else "ascending") if is_here else None
    target = column.sort if (is_here and order.is_descending) or not is_here else f"-{column.sort}"
    arrow = icon("chevron-down" if order.is_descending else "chevron-up") if is_here else ""
    link = el("a", column.title, arrow, href=asked.address(sort=target), id=f"sort-{column.name}")
    return el("th", link, scope="col", class_=kind, aria_sort=state)


def _opening(column: Column) -> str:
    kind = ' class="number"' if column.is_numeric else ""
    return f'<td{kind} data-label="{text(str(column.title))}">'


def _row(
    page: ListPage,
    first: Column,
    cells: Sequence[tuple[str, Callable[[Any], Any]]],
    row: Any,
    can_tick: bool,
    actor: Any,
) -> Safe:
    """One row: written out as text, because a page has fifty of them."""
    url = page.row_url(row)
    name = text(first.cell(row))
    if url and "<a " not in name:
        name = el("a", name, href=url)
    out = ["<tr>"]
    if can_tick:
        out.append(
            '<td class="tick"><input type="checkbox" class="form-check-input" name="key" '
            f'value="{row.pk}" form="bulk" aria-labelledby="row-{row.pk}"></td>'
        )
    out.append(f'<th scope="row" translate="no" id="row-{row.pk}">{name}</th>')
    out += [f"{opening}{text(cell(row))}</td>" for opening, cell in cells]
    if page.row_actions:
        offered = page.row_actions(row, actor)
        out.append(el("td", menu(_("Actions"), offered) if offered else "", class_="row-menu"))
    out.append("</tr>")
    return Safe("".join(out))


def jump(asked: Asked, kind: str) -> Safe:
    """A way into the middle of a long list: letters for names, a field for days and numbers; nothing for other orders."""
    if kind == "text":
        letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
        start = text(asked.address() + "&at=")
        links = [Safe(f'<a href="{start}{letter}">{letter.upper()}</a>') for letter in letters]
        return el("nav", join(links, " "), class_="jump", aria_label=_("Jump to a letter"), translate="no")
    if kind not in {"date", "number"}:
        return Safe("")
    label = _("Go to the day") if kind == "date" else _("Go to the number")
    carried = [
        el("input", type="hidden", name=name, value=value)
        for name, values in QueryDict(asked.address()[1:]).lists()
        for value in values
    ]
    field = el("input", type=kind, name="at", id="list-at", required=True, class_="form-control")
    send = el("button", _("Go"), type="submit", class_="btn btn-quiet btn-sm")
    return el("form", *carried, el("label", label, for_="list-at"), field, send, method="get", class_="jump")
