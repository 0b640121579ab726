"""Who fits what we ask for: the ranking, the best for each ask, and its file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe
from barnraise.foundation.text import spreadsheet_safe
from barnraise.plumbing.ui.pages import page

from .. import fit, fit_facing, fit_words, policies
from ..forms import FitForm
from ..selectors import fitting
from ..selectors.fitting import OurAsks, Wanted, Weighed
from ..sockets import Matching, matches

SHOWN, MOST_SHOWN = 25, 500
FOR_EACH = 5


@page(policies.may_see)
def ranking(request: HttpRequest) -> HttpResponseBase:
    """Who fits our asks, best first, each score explained by its terms."""
    today = timezone.localdate()
    ours = fitting.our_asks(today)
    form = FitForm(request.GET, asks=list(ours.rows.values()))
    wanted = Wanted()
    if form.is_valid():
        wanted = form.wanted()
    else:
        for problem in (reason for reasons in form.errors.values() for reason in reasons):
            messages.warning(request, str(problem))
    found = fitting.weighed(ours, wanted, today)
    if request.GET.get("export") == "csv" and form.is_valid():
        return _sheet(found, ours)
    most = MOST_SHOWN if request.GET.get("show") == "all" else SHOWN
    by_ask = request.GET.get("as") == "asks"
    acts = [act for act in matches if act.policy(request.user, None)]
    context = {
        "ours": ours,
        "form": form,
        "found": found,
        "count": len(found.standings),
        "rows": [] if by_ask else _rows(found.standings[:most], found, ours, acts),
        "by_ask": _by_ask(found, ours, wanted, acts) if by_ask else None,
        "is_more": not by_ask and len(found.standings) > most,
        "may_show_more": most == SHOWN,
        "chips": _chips(request.GET, form, ours),
        "addresses": _addresses(request.GET),
        "asks": _ask_links(request.GET, ours, wanted),
        "may_write": policies.may_write(request.user, None),
        "weights": [(fit_words.NAMES[name], weight) for name, weight in fit.WEIGHTS.items()],
    }
    return render(request, "organisations/fit.html", context)


def _rows(
    standings: Sequence[fit.Standing], found: Weighed, ours: OurAsks, acts: Sequence[Matching]
) -> list[Safe]:
    organisations = fitting.organisations_of(standings)
    return [
        fit_facing.row(
            organisations[one.giver],
            fit_words.shown(one.fits[0], ours.rows[one.fits[0].ask], found.gifts, ours.communities),
            [(ours.rows[other.ask], round(other.score)) for other in one.fits[1:]],
            names_ask=True,
            acts=acts,
        )
        for one in standings
        if one.giver in organisations
    ]


def _by_ask(found: Weighed, ours: OurAsks, wanted: Wanted, acts: Sequence[Matching]) -> list[dict[str, Any]]:
    """The best for each ask; asks that nobody fits stand there too."""
    asks = [ask for ask in ours.rows.values() if wanted.ask in {None, ask.pk}]
    best = {ask.pk: fit.top(found.standings, ask.pk, FOR_EACH) for ask in asks}
    givers = {one.giver for fits in best.values() for one in fits}
    organisations = fitting.organisations_of([one for one in found.standings if one.giver in givers])
    counts = Counter(part.ask for one in found.standings for part in one.fits)
    return [
        {
            "ask": ask,
            "count": counts[ask.pk],
            "rows": [
                fit_facing.row(
                    organisations[one.giver],
                    fit_words.shown(one, ask, found.gifts, ours.communities),
                    (),
                    names_ask=False,
                    acts=acts,
                )
                for one in best[ask.pk]
                if one.giver in organisations
            ],
        }
        for ask in asks
    ]


def _address(params: QueryDict, **changed: str | None) -> str:
    """The same page with parts of its address changed; None takes a part away."""
    query = params.copy()
    for name in ("export", "show"):
        query.pop(name, None)
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def _addresses(params: QueryDict) -> dict[str, str]:
    return {
        "ranking": _address(params, **{"as": None}),
        "asks": _address(params, **{"as": "asks"}),
        "csv": _address(params, export="csv", **{"as": None}),
        "all": _address(params, show="all"),
        "clear": "?as=asks" if params.get("as") == "asks" else "?",
    }


def _ask_links(params: QueryDict, ours: OurAsks, wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {"row": row, "address": _address(params, ask=str(key)), "is_here": wanted.ask == key}
        for key, row in ours.rows.items()
    ]


def _chips(params: QueryDict, form: FitForm, ours: OurAsks) -> list[tuple[Any, Any, str]]:
    """(label, words, address without it) of every filter that is set."""
    return [
        (label, words, _address(params, **{name: None}))
        for name, label, words in (form.said() if form.is_valid() else ())
    ]


HEAD = (
    "rank",
    "organisation",
    "uuid",
    "kind",
    "city",
    "ask",
    "score",
    *(f"{name}_{part}" for name in fit.WEIGHTS for part in ("points", "why")),
)


def _sheet(found: Weighed, ours: OurAsks) -> HttpResponse:
    """One line for each organisation and ask it fits, with the points and the reason of each term."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fit.csv"'
    sheet = csv.writer(response)
    sheet.writerow(HEAD)
    for line in _lines(found, ours):
        sheet.writerow([spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in line])
    return response


def _lines(found: Weighed, ours: OurAsks) -> Iterator[list[Any]]:
    organisations = fitting.organisations_of(found.standings)
    for place, one in enumerate(found.standings, 1):
        row = organisations.get(one.giver)
        if row is None:
            continue
        for part in one.fits:
            ask = ours.rows[part.ask]
            line = [
                place,
                row.name,
                str(row.uuid),
                row.get_kind_display(),
                row.city,
                ask.what,
                round(part.score, 1),
            ]
            yield [*line, *_terms(part, ask, ours.communities)]


def _terms(part: fit.Fit, ask: Any, places: Mapping[int, Any]) -> Iterable[Any]:
    for term in part.terms:
        if term.value is None:
            yield from ("", _("left out: %(why)s") % {"why": fit_words.left_out(term)})
        else:
            yield from (round(part.points(term), 1), fit_words.reason(term, ask, places))
