"""The team's pages of observations and of numbers asked of partners."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui import threads
from barnraise.plumbing.ui.components import Header
from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.spans import period_words
from barnraise.plumbing.ui.toasts import say
from barnraise.why.goals import selectors as goals
from barnraise.why.goals.models import Indicator

from . import facing, policies, selectors, services
from .forms import AskForm, WriteForm
from .mailing import LINK_DAYS, is_open, link_of
from .models import Observation, ObservationRow, Report


def _form_page(request: HttpRequest, form: Any, title: str, indicator: Indicator) -> HttpResponse:
    back = indicator.get_absolute_url()
    return form_page(request, form, title, back, template="indicators/form.html", thing=indicator)


@page(policies.may_see, of=selectors.one_observation)
def observation(request: HttpRequest, observation: Observation) -> HttpResponse:
    """A number: its rule, the rows behind it, how it was restated."""
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0
    rows, following = selectors.rows_of(observation, after=start)
    refs = [one for row in rows for one in (row.ref, row.counts)]
    named, _hidden = threads.named(refs, actor=request.user)
    indicator = observation.indicator
    header = Header(
        title=f"{indicator.name}, {period_words(observation.period)}",
        kind=_("Observation"),
        icon="chart-dots",
        state=facing.marks(observation),
    )
    shown = [
        (row, named.get(row.ref), named.get(row.counts) if row.counts != row.ref else None) for row in rows
    ]
    context = {
        "thing": observation,
        "header": header,
        "value": facing.value_of(observation),
        "rows": shown,
        "has_others": any(other for _row, _it, other in shown),
        "following": following,
        "is_first": not start,
        "restatements": list(observation.restatements.select_related("by").order_by("-id")),
        "may_lock": policies.may_lock(request.user)
        and not observation.is_locked
        and observation.ends_on < timezone.localdate(),
        "standing": facing.standing_badge(selectors.standing_of(indicator, observation)),
    }
    return render(request, "indicators/observation.html", context)


@page(policies.may_see, of=selectors.one_observation_by_key)
def by_key(request: HttpRequest, observation: Observation) -> HttpResponse:
    """The address that timelines and threads know leads to the page."""
    return redirect(observation)


class _Echo:
    def write(self, value: str) -> str:
        return value


@page(policies.may_see, of=selectors.one_observation)
def rows_csv(request: HttpRequest, observation: Observation) -> HttpResponseBase:
    """All rows behind a number, to recompute it elsewhere."""
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(["row", "counts", "day", "value"])
        rows = ObservationRow.objects.filter(observation=observation).order_by("pk")
        for row in rows.iterator(chunk_size=2000):
            yield writer.writerow([str(row.ref), str(row.counts), row.on.isoformat(), row.value.normalize()])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="observation-{observation.pk}.csv"'
    return response


@page(policies.may_lock, of=selectors.one_observation, methods=("POST",))
def lock(request: HttpRequest, observation: Observation) -> HttpResponse:
    """From now on a change is a restatement."""
    try:
        services.lock(observation, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
    else:
        say(request, _("The number is locked. What changes later is shown as a restatement."))
    return redirect(observation)


@page(policies.may_record, of=goals.one_indicator, methods=("GET", "POST"))
def write(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Write a number by hand."""
    initial = {"on": request.GET.get("on") or timezone.localdate()}
    form = WriteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.write_value(indicator, by=request.user, **form.cleaned_data))
        if made:
            say(request, _("The number is kept."))
            return redirect(made)
    return _form_page(request, form, _("Write a number"), indicator)


@page(policies.may_record, of=goals.one_indicator, methods=("GET", "POST"))
def ask(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Ask a partner for a number."""
    today = timezone.localdate()
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"on": today, "due_on": today + timedelta(days=14)},
    )
    if request.method == "POST":
        made = kept(form, lambda: services.ask_report(indicator, by=request.user, **form.cleaned_data))
        if made:
            return redirect("indicators:report", uuid=made.uuid)
    return _form_page(request, form, _("Ask a partner for a number"), indicator)


@page(policies.may_record, of=goals.one_indicator, methods=("POST",))
def count(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Count it anew in the background."""
    job = services.start_counting(by=request.user, indicator=indicator)
    if job is None:
        say(request, _("It is being counted already."))
    else:
        say(request, _("It is being counted. The page of background work shows how far it is."))
    return redirect(indicator)


@page(policies.may_record, of=selectors.one_report)
def report(request: HttpRequest, report: Report) -> HttpResponse:
    """What a partner was asked and said, and the address with which they answer."""
    context = {
        "thing": report,
        "period": period_words(report.period),
        "address": link_of(report) if is_open(report) else "",
        "ends_at": timezone.now() + LINK_DAYS,
    }
    return render(request, "indicators/report.html", context)


@page(policies.may_record, of=selectors.one_report_by_key)
def report_by_key(request: HttpRequest, report: Report) -> HttpResponse:
    """The address that threads know leads to the page."""
    return redirect("indicators:report", uuid=report.uuid)


@page(policies.may_record, of=selectors.one_report, methods=("POST",))
def remove_report(request: HttpRequest, report: Report) -> HttpResponse:
    """Take a number or a question away that was noted by mistake."""
    indicator = report.indicator
    try:
        services.remove_report(report, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
        return redirect("indicators:report", uuid=report.uuid)
    say(request, _("It has been taken away."))
    return redirect(reverse("goals:indicator", args=[indicator.uuid]))
