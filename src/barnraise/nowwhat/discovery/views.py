"""The team's pages of candidates: the ranking with its file, one candidate, a decision, one click into the pipeline."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe
from barnraise.foundation.text import spreadsheet_safe
from barnraise.plumbing.ui.components import Header
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations.models import Organisation

from . import facing, policies, score_words, scoring, selectors, services
from .forms import JudgeForm, LookForm
from .models import Candidate
from .scoring import Ranked
from .selectors import Found, Wanted
from .selectors.aims import Wish, wishes

SHOWN, MOST_SHOWN = 8, 300
FORM = "discovery/form.html"


def organisation_of(body: UUID) -> Organisation:
    """Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(uuid=body)


@page(policies.may_see)
def ranking(request: HttpRequest) -> HttpResponseBase:
    """Who could be a partner next, best first, each score explained by its terms."""
    today = timezone.localdate()
    open_ = wishes()
    form = LookForm(request.GET, wishes=_choices(open_, request.GET.get("for", "")))
    wanted = Wanted()
    if form.is_valid():
        wanted = form.wanted()
    else:
        for problem in (reason for reasons in form.errors.values() for reason in reasons):
            messages.warning(request, str(problem))
    found = selectors.look(wanted, today, open_)
    if request.GET.get("export") == "csv" and form.is_valid():
        return _sheet(found)
    most = MOST_SHOWN if request.GET.get("show") == "all" else SHOWN
    context = {
        "found": found,
        "form": form,
        "count": len(found.ranked),
        "rows": _rows(request, found, found.ranked[:most], wanted.for_),
        "is_more": len(found.ranked) > most,
        "may_show_more": most == SHOWN,
        "chips": [
            (label, words, _address(request.GET, **{name: None}))
            for name, label, words in (form.said() if form.is_valid() else ())
        ],
        "csv": _address(request.GET, export="csv"),
        "all": _address(request.GET, show="all"),
        "may_judge": policies.may_judge(request.user),
        "weights": [(score_words.NAMES[name], weight) for name, weight in scoring.WEIGHTS.items()],
    }
    return render(request, "discovery/ranking.html", context)


def _choices(open_: Sequence[Wish], for_: str) -> list[tuple[str, str]]:
    """What may be looked for: open needs and goals, and the thing the address names."""
    found = [(str(wish.ref), wish.title) for wish in open_]
    if for_ and for_ not in {ref for ref, _title in found}:
        found += [(str(wish.ref), wish.title) for wish in wishes(for_)]
    return found


def _rows(request: HttpRequest, found: Found, ranked: Sequence[Ranked], for_: str) -> list[Safe]:
    titles, asks = selectors.titles_of_wishes(found), selectors.titles_of_asks(found)
    bodies = selectors.organisations_shown(ranked)
    decided = selectors.watched_among(list(bodies))
    may_judge, token = policies.may_judge(request.user), get_token(request)
    return [
        facing.row(
            bodies[one.key],
            score_words.shown(one, titles, asks),
            decided.get(one.key),
            for_=for_,
            token=token,
            may_judge=may_judge,
        )
        for one in ranked
        if one.key in bodies
    ]


def _address(params: QueryDict, **changed: str | None) -> str:
    query = params.copy()
    for name in ("export", "show"):
        query.pop(name, None)
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


HEAD = (
    "rank", "organisation", "uuid", "kind", "city", "source", "score",
    *(f"{name}_{part}" for name in scoring.WEIGHTS for part in ("points", "why")),
)  # fmt: skip


def _sheet(found: Found) -> HttpResponse:
    """One line for each candidate, with the points and the reason of each term."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="candidates.csv"'
    sheet = csv.writer(response)
    sheet.writerow(HEAD)
    for line in _lines(found):
        sheet.writerow([spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in line])
    return response


def _lines(found: Found) -> Iterator[list[Any]]:
    titles, asks = selectors.titles_of_wishes(found), selectors.titles_of_asks(found)
    bodies = selectors.organisations_shown(found.ranked)
    for place, one in enumerate(found.ranked, 1):
        row = bodies.get(one.key)
        if row is None:
            continue
        line: list[Any] = [place, row.name, str(row.uuid), row.get_kind_display(), row.city, row.source.name]
        line.append(round(one.score, 1))
        for term in one.terms:
            if term.value is None:
                line += ["", _("left out: %(why)s") % {"why": score_words.left_out(term)}]
            else:
                line += [round(one.points(term), 1), score_words.reason(term, titles, asks)]
        yield line


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """A candidate: what was decided, why, and the score it was shown with."""
    today = timezone.localdate()
    header = Header(
        title=str(candidate.organisation),
        kind=_("Candidate"),
        icon="list-search",
        state=facing.state_badge(candidate, today),
        owner=str(candidate.judged_by) if candidate.judged_by else "",
        action="",
    )
    is_open = candidate.verdict != Candidate.Verdict.APPROACHED
    context = {
        "thing": candidate,
        "header": header,
        "organisation": candidate.organisation,
        "cited": facing.cited(candidate.cites),
        "terms": facing.terms_table(candidate.terms) if candidate.terms else "",
        "partnership": None if is_open else selectors.begun_with(candidate),
        "may_judge": policies.may_judge(request.user) and is_open,
        "acts": facing.acts(candidate.organisation, for_=candidate.cites, token=get_token(request)),
    }
    return render(request, "discovery/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(candidate)


@page(policies.may_judge, of=organisation_of, methods=("GET", "POST"))
def judge(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Keep an organisation in view, or put it off."""
    before = selectors.of_organisation(organisation.pk)
    verdict = request.GET.get("as", before.verdict if before is not None else "watch")
    given = request.POST if request.method == "POST" else None
    form = JudgeForm(given, actor=request.user, verdict=verdict, kept=before, for_=request.GET.get("for", ""))
    if given is not None:
        done = kept(form, lambda: services.judge(organisation, by=request.user, **form.values()))
        if done is not None:
            say(
                request,
                _("The decision has been noted."),
                undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
            )
            return redirect("discovery:ranking")
    title = _("Decide about a candidate")
    return form_page(request, form, title, reverse("discovery:ranking"), template=FORM, thing=organisation)


@page(policies.may_judge, of=organisation_of, methods=("POST",))
def approach(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Begin a partnership with a candidate, in one click."""
    try:
        begun, done = services.approach(organisation, by=request.user, cites=request.POST.get("for", "")[:80])
    except ValidationError as no:
        say_no(request, no)
        return redirect("discovery:ranking")
    say(
        request,
        _("The partnership has begun, as a prospect. It says what it is for and why they were proposed."),
        undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
    )
    return redirect("/") if request.POST.get("next") == "/" else redirect(begun)


@page(policies.may_judge, of=selectors.one, methods=("POST",))
def forget(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """As if nobody had decided."""
    try:
        done = services.forget_decision(candidate, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(candidate)
    say(
        request,
        _("The decision has been forgotten."),
        undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
    )
    return redirect("discovery:list")
