"""Pages of the journal: all entries, one thing's timeline, one change set and its undo."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.selectors import jobs_on
from barnraise.plumbing.ui import toasts
from barnraise.plumbing.ui.pages import page

from . import selectors, services
from .forms import FilterForm
from .models import ChangeSet
from .policies import may_see, may_see_thing, may_undo
from .telling import Titles

PER_PAGE = 50


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


def _without(request: HttpRequest, name: str) -> str:
    kept = request.GET.copy()
    kept.pop(name, None)
    return kept.urlencode()


@page(may_see)
def index(request: HttpRequest) -> HttpResponse:
    """All entries, newest first, filtered by person, part, what happened and day."""
    form = FilterForm(request.GET)
    before = _number(request, "before")
    found = selectors.entries(actor=request.user, wanted=form.wanted(), limit=PER_PAGE, before=before)
    context = {
        "form": form,
        "page": found,
        "filters": _without(request, "before"),
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "is_first": before is None,
    }
    return render(request, "journal/index.html", context)


class _Echo:
    def write(self, value: str) -> str:
        return value


def _harmless(cell: str) -> str:
    """A spreadsheet shall not take a cell for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


@page(may_see)
def table(request: HttpRequest) -> HttpResponse:
    """What is shown, all pages of it, as CSV in UTF-8."""
    wanted = FilterForm(request.GET).wanted()
    actor, language, zone = request.user, translation.get_language(), timezone.get_current_timezone()

    def lines() -> Iterator[str]:
        writer: Any = csv.writer(_Echo())
        head = ["at", "who", "sentence", "way", "room", "verb"]
        yield "\ufeff" + writer.writerow(head)
        batches = selectors.all_entries(actor=actor, wanted=wanted)
        while True:
            with translation.override(language), timezone.override(zone):
                batch = next(batches, None)
            if batch is None:
                return
            for told in batch:
                at = told.at.isoformat(timespec="seconds")
                cells = [at, told.who, told.plain, told.way, told.room, told.verb]
                yield writer.writerow([_harmless(cell) for cell in cells])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journal.csv"'
    return cast(HttpResponse, response)


@page(may_see_thing, of=selectors.ref_of)
def thing(request: HttpRequest, ref: Ref) -> HttpResponse:
    """One thing's timeline: the next part for a page that shows it, or a page of its own."""
    found = selectors.timeline(ref, actor=request.user, before=_number(request, "before"))
    part = request.headers.get("HX-Request")
    template = "journal/more.html" if part else "journal/thing.html"
    titles = Titles([(ref.kind, ref.id)], actor=request.user)
    context = {"ref": str(ref), "page": found, "link": titles.link(ref.kind, ref.id)}
    return render(request, template, context)


@page(may_see, of=selectors.change_set)
def change_set(request: HttpRequest, row: ChangeSet) -> HttpResponse:
    """What an import or bulk action did, and what an undo left."""
    only_kept = request.GET.get("kept") == "1"
    job = jobs_on(Ref.to(row)).first()
    after = _number(request, "after")
    context = {
        "row": row,
        "sentence": selectors.sentence_of(row, actor=request.user),
        "tallies": selectors.tallies(row),
        "page": selectors.done(row, actor=request.user, after=after, only_kept=only_kept),
        "only_kept": only_kept,
        "kept_count": selectors.kept_count(row),
        "is_purged": row.count > 0 and timezone.now() > row.undo_until,
        "may_undo": may_undo(request.user, row) and selectors.is_undoable(row, now=timezone.now()),
        "job": job,
        "job_link": Titles([("jobs.job", job.pk)], actor=request.user).link("jobs.job", job.pk)
        if job
        else "",
    }
    return render(request, "journal/change_set.html", context)


@page(may_undo, of=selectors.change_set, methods=("GET", "POST"))
def undo(request: HttpRequest, row: ChangeSet) -> HttpResponse:
    """Ask, then take back."""
    if request.method != "POST":
        context = {
            "row": row,
            "sentence": selectors.sentence_of(row, actor=request.user),
            "tallies": selectors.tallies(row),
            "is_undoable": selectors.is_undoable(row, now=timezone.now()),
        }
        return render(request, "journal/undo.html", context)
    try:
        job = services.undo(change_set=row, by=request.user)
    except services.CannotUndo as no:
        toasts.say(request, no.reason, tone="warning")
    else:
        kept = selectors.kept_count(row)
        if job is not None:
            toasts.say(request, _("The undo is running in the background."), tone="neutral")
        elif kept:
            toasts.say(request, _("Undone. What was changed since is kept and listed here."), tone="warning")
        else:
            toasts.say(request, _("Undone."))
    return redirect("journal:change_set", key=row.pk)
