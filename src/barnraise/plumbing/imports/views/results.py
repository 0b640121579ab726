"""Dry run, run, result and undo."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.policy import Refused
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.pages import page

from .. import policies, screens, selectors, services, showing
from ..models import Finding, Import, Series
from ..sockets import subjects
from .start import say_refused

STEP = {
    Import.State.GIVEN: "imports:reading",
    Import.State.MAPPED: "imports:check",
    Import.State.CHECKING: "imports:check",
    Import.State.CHECKED: "imports:check",
}
"""Where an unfinished import goes on."""
APART = {Finding.Kind.MATCH, Finding.Kind.ABSENT}
"""Findings that are not shown row by row."""
PHASES = {"check": Finding.Phase.DRY, "run": Finding.Phase.RUN}
BIG_COUNTS = (
    ("new", "created", gettext_lazy("New"), "plus"),
    ("changed", "updated", gettext_lazy("Changed"), "pencil"),
    ("", "unchanged", gettext_lazy("Unchanged"), "check"),
    ("refused", "refused", gettext_lazy("Refused"), "ban"),
    ("match", "proposed_matches", gettext_lazy("Likely duplicates"), "copy"),
    ("gone", "gone", gettext_lazy("No longer listed"), "unlink"),
    ("absent", "absent", gettext_lazy("Not here"), "map-pin-off"),
)


@page(policies.may_see, of=screens.by_uuid)
def one(request: HttpRequest, batch: Import) -> HttpResponse:
    """The result, or the step an unfinished import stands at."""
    step = STEP.get(Import.State(batch.state))
    if step and policies.may_import(request.user, batch):
        return redirect(step, uuid=batch.uuid)
    return _findings_page(request, batch)


@page(policies.may_import, of=screens.by_uuid, methods=("GET", "POST"))
def check(request: HttpRequest, batch: Import) -> HttpResponse:
    """POST starts the dry run; GET shows its progress, then what would happen."""
    if request.method == "POST":
        return _acted(request, batch, services.start_check, "imports:check")
    if batch.state not in STEP:
        return redirect("imports:one", uuid=batch.uuid)
    return _findings_page(request, batch)


@page(policies.may_see, of=screens.by_uuid)
def progress(request: HttpRequest, batch: Import) -> HttpResponse:
    """How far the work is, asked for every second; when it is over, the page as it stands then."""
    job = screens.job_of(batch)
    if screens.is_going_on(batch, job):
        return render(request, "imports/progress.html", {"batch": batch, **_progress(batch, job)})
    response = _findings_page(request, batch)
    response["HX-Retarget"] = response["HX-Reselect"] = "#main"
    response["HX-Reswap"] = "outerHTML"
    return response


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def run(request: HttpRequest, batch: Import) -> HttpResponse:
    """Start the import."""
    return _acted(request, batch, services.start_run, "imports:one")


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def cancel(request: HttpRequest, batch: Import) -> HttpResponse:
    """Stop the dry run or the import; what an import wrote is taken back."""
    return _acted(request, batch, services.cancel, "imports:one")


def _acted(request: HttpRequest, batch: Import, act: Any, then: str) -> HttpResponse:
    try:
        act(batch=batch, by=request.user)
    except Refused as no:
        say_refused(request, no)
    return redirect(then, uuid=batch.uuid)


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def decide(request: HttpRequest, batch: Import) -> HttpResponse:
    """A person's answer to "is it this one?" for one row."""
    given, choice = request.POST.get("question", ""), request.POST.get("choice", "")
    about = screens.match(batch, int(given) if given.isdigit() and len(given) < 19 else 0)
    wanted: int | str | None = int(choice) if choice.isdigit() and len(choice) < 19 else (choice or None)
    try:
        if about is None or (wanted not in {None, "new"} and not isinstance(wanted, int)):
            raise Refused(_("Choose one of the records that were offered for this row."))
        services.decide(batch=batch, row=about.row, table=about.table, choice=wanted, by=request.user)
    except Refused as no:
        say_refused(request, no)
    if request.headers.get("HX-Request"):
        batch.refresh_from_db()
        asked = screens.question(batch, about) if about else None
        if asked is None:
            return HttpResponse("")
        return render(
            request,
            "imports/question.html",
            {
                "batch": batch,
                "one": asked,
                "may_decide": True,
                "is_said": True,
                "has_several": screens.has_several(batch),
            },
        )
    return redirect(f"../check/?show=match#question-{about.pk if about else 0}")


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def series(request: HttpRequest, batch: Import) -> HttpResponse:
    """Say of which source this is an edition; the dry run is then made again."""
    wanted = request.POST.get("series", "")
    try:
        known = (
            Series.objects.filter(pk=int(wanted)).first() if wanted.isdigit() and len(wanted) < 19 else None
        )
        services.set_series(batch=batch, series=known, is_new=wanted == "new", by=request.user)
        services.start_check(batch=batch, by=request.user)
    except Refused as no:
        say_refused(request, no)
    return redirect("imports:check", uuid=batch.uuid)


@page(policies.may_undo, of=screens.by_uuid, methods=("GET", "POST"))
def undo(request: HttpRequest, batch: Import) -> HttpResponse:
    """What an undo takes back, and the button that does it."""
    if request.method == "POST":
        return _acted(request, batch, services.undo, "imports:one")
    if not screens.can_undo(batch, now=timezone.now()):
        say_refused(request, Refused(_("This import cannot be undone any more.")))
        return redirect("imports:one", uuid=batch.uuid)
    return render(
        request, "imports/undo.html", {"batch": batch, "submit": _("Undo this import"), "danger": True}
    )


def _findings_page(request: HttpRequest, batch: Import) -> HttpResponse:
    is_dry = batch.state in STEP
    phase = "check" if is_dry else "run"
    job = screens.job_of(batch)
    kinds = screens.counts(batch, PHASES[phase])
    asked = request.GET.get("show", "")
    shown = asked if asked in kinds else next((k for k, n in kinds.items() if n), "new")
    after = request.GET.get("after", "")
    place = int(after) if after.isdigit() and len(after) < 19 else 0
    rows = screens.findings(batch, PHASES[phase], shown, after=place)
    may_import = policies.may_import(request.user, batch)
    context = {
        "batch": batch,
        "phase": phase,
        "kinds": [(k, Finding.Kind(k).label, n) for k, n in kinds.items() if n or k == shown],
        "shown": shown,
        "findings": [] if shown in APART else [screens.told(row) for row in rows],
        "questions": screens.questions(batch, rows) if shown == Finding.Kind.MATCH else [],
        "may_decide": may_import and batch.state == Import.State.CHECKED,
        "after": rows[-1].pk if len(rows) == screens.ON_A_PAGE and shown != Finding.Kind.ABSENT else None,
        "absent": screens.absent_page(batch, request.GET.get("q", "")[:200], _page(request))
        if shown == Finding.Kind.ABSENT
        else None,
        "added_since": screens.added_since(batch) if is_dry else 0,
        "may_import": may_import,
        "has_several": screens.has_several(batch),
        "can_undo": policies.may_undo(request.user, batch) and screens.can_undo(batch, now=timezone.now()),
        "is_undone": batch.change_set is not None and batch.change_set.state == ChangeSet.State.UNDONE,
        "kept": selectors.kept_by_undo(batch)[:50] if batch.state == Import.State.UNDONE else [],
        "connected": screens.connected(batch),
        **_editions(batch),
        **_counted(batch, is_dry=is_dry),
        **_progress(batch, job),
    }
    is_steered = is_dry and may_import
    return render(request, "imports/check.html" if is_steered else "imports/result.html", context)


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


def _editions(batch: Import) -> dict[str, Any]:
    """What this could be a later edition of, and the name of what it was compared with."""
    if batch.state != Import.State.CHECKED:
        return {"choices": [], "edition_of": ""}
    choices = screens.series_choices(batch)
    compared = batch.series_id or batch.expected.get("series")
    names = [one["series"].source for one in choices if one["series"].pk == compared]
    return {"choices": choices, "edition_of": "" if batch.wants_new_series else next(iter(names), "")}


def _counted(batch: Import, *, is_dry: bool) -> dict[str, Any]:
    numbers = {
        name: (batch.expected.get(name, 0) if is_dry else getattr(batch, name))
        for _k, name, _t, _i in BIG_COUNTS
    }
    rows = (batch.expected.get("rows", 0) if is_dry else batch.rows) - numbers["refused"] - numbers["absent"]
    # What is told apart by what it is about is never a likely duplicate.
    left_out = "match" if batch.noun in subjects else "absent"
    shown = [one for one in BIG_COUNTS if one[0] != left_out]
    return {
        "big": [(kind, label, icon, numbers[name]) for kind, name, label, icon in shown],
        "absent_count": numbers["absent"],
        "changes_anything": bool(numbers["created"] or numbers["updated"]),
        "refused_count": numbers["refused"],
        "rows": rows,
        "go_words": ngettext("Import %(n)s row", "Import %(n)s rows", rows) % {"n": showing.counted(rows)},
    }


def _progress(batch: Import, job: Any) -> dict[str, Any]:
    is_going_on = screens.is_going_on(batch, job)
    is_waiting = job is None or (job.state == "waiting" and not job.done)
    if batch.state == Import.State.QUEUED:
        words = _("Waiting until another import is done")
    elif batch.change_set is not None and batch.change_set.state == ChangeSet.State.UNDOING:
        words, job = _("Taking back what this import did"), None
    else:
        words = (
            _("Waiting for a free worker") if is_waiting else str(showing.STAGES.get(job.step, _("Working")))
        )
    return {
        "job": job,
        "words": words,
        "done": job.done if job else 0,
        "total": job.total if job and not is_waiting else None,
        "is_going_on": is_going_on,
        "has_stopped_badly": job is not None and job.state == "failed",
    }
