"""The team's pages of reports."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import acted, form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, pdf, pieces, policies, selectors, services, sheets
from .forms import ReasonForm, ReportForm
from .models import Report

TEMPLATE = "reports/form.html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, report: Report) -> HttpResponse:
    """A report as a page: every line leads to its Trace. Of long tables the beginning, or one of them in pieces (`?lines=`)."""
    content = selectors.content_of(report)
    piece = pieces.Piece.of(request.GET.get("lines", ""))
    some = pieces.alone(content, piece) if piece else []
    header = Header(
        title=report.name,
        kind=_("Report"),
        icon="report-analytics",
        state=facing.state_badge(report),
        action=button(_("PDF"), href=reverse("reports:pdf", args=[report.uuid]), icon="download"),
    )
    context = {
        "thing": report,
        "header": header,
        "sections": facing.shown(
            some or pieces.beginnings(content), request.user, is_draft=report.issued_on is None
        ),
        "is_piece": bool(some),
        "may_edit": policies.may_edit(request.user),
        "may_issue": policies.may_issue(request.user),
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "reports/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, report: Report) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(report)


def _file(content: bytes, kind: str, report: Report, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = slugify(report.name) or "report"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


@page(policies.may_see, of=selectors.one)
def as_pdf(request: HttpRequest, report: Report) -> HttpResponse:
    """The report as PDF."""
    return _file(pdf.made(report), "application/pdf", report, "pdf")


@page(policies.may_see, of=selectors.one)
def as_xlsx(request: HttpRequest, report: Report) -> HttpResponse:
    """The report as a spreadsheet."""
    return _file(sheets.made(report), XLSX, report, "xlsx")


@page(policies.may_edit, methods=("GET", "POST"))
def write(request: HttpRequest) -> HttpResponse:
    """Write a report, about the last whole year unless said otherwise."""
    year = timezone.localdate().year - 1
    initial = {
        "begins_on": f"{year}-01-01",
        "ends_on": f"{year}-12-31",
        "audience": "board",
        "language": installation().default_language,
        "sections": [name for name, _title in selectors.choices()],
    }
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.write_report(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The draft has been written. It moves with its rows until it is issued."))
            return redirect(made)
    return form_page(request, form, _("Write a report"), reverse("reports:list"), template=TEMPLATE)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, report: Report) -> HttpResponse:
    """Change a draft."""
    form = ReportForm(request.POST if request.method == "POST" else None, report=report)
    guard(form, report.updated_at)
    if request.method == "POST":
        done = kept(form, lambda: services.change_report(report, by=request.user, **form.values()))
        if done is not None:
            say(request, _("The draft has been changed."))
            return redirect(report)
    return _page(request, form, _("Change the report"), report)


@page(policies.may_issue, of=selectors.one, methods=("POST",))
def issue(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep what it says today."""
    return acted(request, lambda: services.issue(report, by=request.user), _("The report is issued."), report)


@page(policies.may_issue, of=selectors.one, methods=("GET", "POST"))
def withdraw(request: HttpRequest, report: Report) -> HttpResponse:
    """It is not to be used any more."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = kept(form, lambda: services.withdraw(report, by=request.user, **form.cleaned_data))
        if done is not None:
            say(request, _("The report is withdrawn."))
            return redirect(report)
    return _page(request, form, _("Withdraw the report"), report)


@page(policies.may_remove, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, report: Report) -> HttpResponse:
    """Take a draft away."""
    try:
        services.remove_report(report, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(report)
    say(request, _("The draft has been removed."))
    return redirect("reports:list")


def _page(request: HttpRequest, form: Any, title: str, report: Report) -> HttpResponse:
    return form_page(request, form, title, report.get_absolute_url(), template=TEMPLATE, thing=report)
