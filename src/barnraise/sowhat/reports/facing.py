"""How reports look: states, cells, and where a line walks back to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data, day, figure, number
from barnraise.plumbing.ui.sockets import kinds

from .models import Report
from .selectors import Content, refs_of

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def state_badge(row: Report) -> Safe:
    """Draft, issued, withdrawn."""
    if row.withdrawn_on is not None:
        return badge(_("Withdrawn"), tone="neutral", icon="ban")
    if row.issued_on is not None:
        return badge(_("Issued"), tone="good", icon="lock")
    return badge(_("Draft"), tone="accent", icon="pencil")


def state_word(row: Report) -> str:
    """The same as text."""
    if row.withdrawn_on is not None:
        return _("Withdrawn")
    return _("Issued") if row.issued_on is not None else _("Draft")


def traced(content: Content, actor: Any) -> Mapping[str, str]:
    """The Trace of each line's reference, as far as this reader may open it and it is still there."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in refs_of(content):
        by_kind[ref.kind].append(ref.id)
    found: dict[str, str] = {}
    for kind, keys in by_kind.items():
        described = kinds.find(kind)
        if described is None or not described.policy(actor, None):
            continue
        label, _dot, model = kind.partition(".")
        for key in described.titles(keys):
            text = str(Ref(label, model, key))
            found[text] = reverse("desk:trace", args=[text])
    return found


def shown(content: Content, actor: Any, *, is_draft: bool = False) -> list[dict[str, Any]]:
    """The sections for the page: each line with its cells and the address of its Trace. Sums open their rows; those of a draft are figures,
    for the rows of an issued report may have changed since."""
    addresses = traced(content, actor)
    return [
        {
            "name": one["name"],
            "title": one["title"],
            "parts": [
                {
                    **part,
                    "heads": [(title, at in part["numeric"]) for at, title in enumerate(part["columns"])],
                    "rows": [
                        (_cells(line, part, is_draft), addresses.get(line["ref"], ""))
                        for line in part["lines"]
                    ],
                }
                for part in one["parts"]
            ],
        }
        for one in content
    ]  # fmt: skip


def _cells(line: Mapping[str, Any], part: Mapping[str, Any], is_draft: bool) -> list[tuple[Any, str, bool]]:
    pairs = zip(line["cells"], part["columns"], strict=True)
    cents, opens = places(part), line.get("opens", {})
    return [
        (
            _sum(cell, opens[str(at)], is_draft) if str(at) in opens else _cell(cell, cents.get(at, 0)),
            title,
            at in part["numeric"],
        )
        for at, (cell, title) in enumerate(pairs)
    ]


def _sum(value: Any, rows: str, is_draft: bool) -> Safe:
    """A count that opens its rows."""
    return figure(value, rows=rows) if is_draft else el("a", number(value), href=rows, class_="counted")


def places(part: Mapping[str, Any]) -> dict[int, int]:
    """Decimals by column of money: two for all of a column where one of its amounts has cents."""
    amounts = {at: [line["cells"][at] for line in part["lines"]] for at in part.get("money", ())}
    return {
        at: 2 for at, found in amounts.items() if any(isinstance(one, float) and one % 1 for one in found)
    }


def _cell(value: Any, cents: int) -> Any:
    if isinstance(value, int | float) or value is None:
        return number(value, places=cents)
    on = day_of(value)
    return day(on) if on is not None else data(value)


def day_of(cell: Any) -> date | None:
    """The day that a cell says, None for another text. Reports keep days as 2026-09-30."""
    if not isinstance(cell, str) or not _DAY.fullmatch(cell):
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None
