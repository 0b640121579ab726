"""Dry run, run, result and undo."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused
from barnraise.foundation.text import spreadsheet_safe
from barnraise.plumbing.ui.pages import page

from .. import notices, policies, screens, services
from ..models import Finding, Import, Series
from .start import say_refused

STEP = {
    Import.State.GIVEN: "imports:reading",
    Import.State.MAPPED: "imports:check",
    Import.State.CHECKING: "imports:check",
    Import.State.CHECKED: "imports:check",
}
"""Where an unfinished import goes on."""
PHASES = {"check": Finding.Phase.DRY, "run": Finding.Phase.RUN}


@page(policies.may_see, of=screens.by_uuid)
def one(request: HttpRequest, batch: Import) -> HttpResponse:
    """The result, or the step an unfinished import stands at."""
    step = STEP.get(Import.State(batch.state))
    if step and policies.may_import(request.user, batch):
        return redirect(step, uuid=batch.uuid)
    return _findings_page(
        request, batch, "run" if batch.state not in STEP else "check", "imports/result.html"
    )


@page(policies.may_import, of=screens.by_uuid, methods=("GET", "POST"))
def check(request: HttpRequest, batch: Import) -> HttpResponse:
    """POST starts the dry run; GET shows its progress, then what would happen."""
    if request.method == "POST":
        return _acted(request, batch, services.start_check, "imports:check")
    if batch.state not in STEP:
        return redirect("imports:one", uuid=batch.uuid)
    return _findings_page(request, batch, "check", "imports/check.html")


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
    choice = request.POST.get("choice", "")
    try:
        services.decide(
            batch=batch,
            row=int(request.POST.get("row", "0") or 0),
            choice=int(choice) if choice.isdigit() else "new",
            by=request.user,
        )
    except (Refused, ValueError) as no:
        say_refused(request, no if isinstance(no, Refused) else Refused())
    if request.headers.get("HX-Request"):
        return HttpResponse(_("Noted"))
    return redirect(f"{request.POST.get('back') or '../check/'}?show=match")


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def series(request: HttpRequest, batch: Import) -> HttpResponse:
    """Say of which source this is an edition; the dry run is then made again."""
    wanted = request.POST.get("series", "")
    try:
        known = Series.objects.filter(pk=int(wanted)).first() if wanted.isdigit() else None
        services.set_series(batch=batch, series=known, is_new=wanted == "new", by=request.user)
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
    return render(request, "imports/undo.html", {"batch": batch})


def _findings_page(request: HttpRequest, batch: Import, phase: str, template: str) -> HttpResponse:
    kinds = screens.counts(batch, PHASES[phase])
    asked = request.GET.get("show", "")
    shown = asked if asked in kinds else next((k for k, n in kinds.items() if n), "new")
    after = request.GET.get("after", "")
    rows = screens.findings(batch, PHASES[phase], shown, after=int(after) if after.isdigit() else 0)
    found = [_told(row) for row in rows]
    context = {
        "batch": batch,
        "phase": phase,
        "kinds": [(k, Finding.Kind(k).label, n) for k, n in kinds.items()],
        "shown": shown,
        "findings": found,
        "after": found[-1]["row"].pk if len(found) == screens.ON_A_PAGE else None,
        "job": screens.job_of(batch),
        "may_import": policies.may_import(request.user, batch),
        "can_undo": policies.may_undo(request.user, batch) and screens.can_undo(batch, now=timezone.now()),
        "kept": screens.kept_by_undo(batch),
        "choices": screens.series_choices(batch) if phase == "check" else [],
    }
    return render(request, template, context)


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "row": finding,
        "reason": notices.reason(finding.reason, finding.details) if finding.reason else "",
        "changes": [(field, *pair) for field, pair in finding.changes.items()],
        "proposals": finding.details.get("proposals", []),
    }


@page(policies.may_see, of=screens.by_uuid_and_findings)
def findings_csv(
    request: HttpRequest, asked: tuple[Import, str, str]
) -> HttpResponse | StreamingHttpResponse:
    """All findings of a kind; refused rows come with their reason, to be mended and given again."""
    batch, phase, kind = asked
    if phase not in PHASES or kind not in Finding.Kind.values:
        raise Http404
    response = StreamingHttpResponse(_csv(batch, phase, kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-{kind}.csv"'
    return response


class _Line:
    """What csv.writer writes to: it hands the line on."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def _csv(batch: Import, phase: str, kind: str) -> Iterator[str]:
    write = csv.writer(_Line()).writerow
    yield write([_("row"), _("table"), _("name"), _("column"), _("value"), _("reason"), _("changes")])
    for finding in screens.all_findings(batch, PHASES[phase], kind):
        told = _told(finding)
        changes = "; ".join(f"{field}: {before} → {after}" for field, before, after in told["changes"])
        cells = [
            finding.row or "",
            finding.table,
            finding.title,
            finding.column,
            finding.value,
            told["reason"],
            changes,
        ]
        yield write([spreadsheet_safe(str(cell)) for cell in cells])
