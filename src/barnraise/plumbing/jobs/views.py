"""Pages of background work: the list, one job, and its progress without reload."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import data, table, when
from barnraise.plumbing.ui.pages import page

from . import policies, selectors, services, showing
from .models import Job

PAGE = 50


@page(policies.may_list)
def jobs(request: HttpRequest) -> HttpResponse:
    """The newest jobs the reader may see; `?before=` goes on."""
    rows = selectors.visible_to(request.user)
    before = request.GET.get("before", "")
    if before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context: dict[str, Any] = {
        "has_rows": bool(shown),
        "table": table(
            [_("Work"), _("State"), _("Started by"), _("Added")],
            [
                [showing.name(job), showing.state(job), data(job.by) if job.by else "", when(job.created_at)]
                for job in shown
            ],
            caption=_("Background work"),
        ),
        "next": shown[-1].pk if len(found) > PAGE else None,
    }
    return render(request, "jobs/list.html", context)


@page(policies.may_see, of=selectors.job)
def one(request: HttpRequest, job: Job) -> HttpResponse:
    """One job and how far it is."""
    return render(request, "jobs/one.html", showing.context(job, request.user))


@page(policies.may_see, of=selectors.job)
def progress(request: HttpRequest, job: Job) -> HttpResponse:
    """The part that is asked for again and again until the job is over (status 200; the last one asks no more)."""
    return render(request, "jobs/_progress.html", showing.context(job, request.user))


@page(policies.may_steer, of=selectors.job, methods=("POST",))
def cancel(request: HttpRequest, job: Job) -> HttpResponse:
    """Stop it after its present step."""
    services.cancel(job=job, by=request.user)
    messages.success(request, _("The work is stopped. What its finished steps wrote stays."))
    return redirect("jobs:one", uuid=job.uuid)


@page(policies.may_steer, of=selectors.job, methods=("POST",))
def retry(request: HttpRequest, job: Job) -> HttpResponse:
    """Go on where its last good step ended."""
    services.retry(job=job, by=request.user)
    messages.success(request, _("The work is tried again from where it stopped."))
    return redirect("jobs:one", uuid=job.uuid)
