"""A contribution statement as PDF, set by typst: what people wrote goes in as data and is never read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.periods import Period
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation

from . import facing
from .selectors import Statement

PAGE = """
#let given = json(bytes(sys.inputs.at("given")))
#set document(title: given.title, author: given.house)
#set page(paper: given.paper, margin: 2.2cm, numbering: "1 / 1")
#set text(lang: given.language, size: 10.5pt)
#set heading(numbering: none)
#text(size: 9pt, fill: luma(90))[#given.house]
#heading(level: 1)[#given.title]
#text[#given.period]
#for line in given.lines { list.item[#line] }
#if given.lines.len() == 0 { text[#given.nothing] }
#for part in given.parts {
  heading(level: 2)[#part.title]
  table(
    columns: (auto, 1fr, auto),
    align: (left, left, right),
    stroke: (x, y) => (bottom: 0.4pt + luma(200)),
    table.header([*#given.day*], [*#given.what*], [*#part.column*]),
    ..for row in part.rows { ([#row.on], [#row.what], [#row.worth]) },
  )
}
#v(1em)
#text(size: 9pt, fill: luma(90))[#given.foot]
"""


def set_as_pdf(organisation: Organisation, period: Period, told: Statement) -> bytes:
    """The statement in the language that is active, as octets of a PDF."""
    import typst

    compiled = typst.compile(
        PAGE.encode(), sys_inputs={"given": json.dumps(_said(organisation, period, told))}
    )
    return bytes(compiled)


def _said(organisation: Organisation, period: Period, told: Statement) -> Mapping[str, Any]:
    house = installation()
    return {
        "title": _("What %(partner)s gave") % {"partner": str(organisation)},
        "house": house.network_name or _("The partnership"),
        "paper": "us-letter" if house.currency == "USD" else "a4",
        "language": (get_language() or "en")[:2],
        "period": _("From %(from)s until %(until)s")
        % {"from": date_format(period.begins), "until": date_format(period.ends)},
        "lines": facing.lines(told),
        "nothing": _("Nothing is noted of this period."),
        "day": _("Day"),
        "what": _("What"),
        "foot": _("Every number is the sum, or the number, of the rows of its table."),
        "parts": [
            {
                "title": str(part["title"]),
                "column": str(part["column"]),
                "rows": [
                    {
                        "on": date_format(one.on, "SHORT_DATE_FORMAT"),
                        "what": f"{one.what} · {one.where}" if one.where else one.what,
                        "worth": shown,
                    }
                    for one, shown in part["rows"]
                ],
            }
            for part in facing.parts(told)
        ],
    }
