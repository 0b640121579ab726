"""Pages of figures: by hand, and one measure of one community through the years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.spans import period_words
from barnraise.plumbing.ui.toasts import say

from .. import policies, selectors, services
from ..comparing import trend
from ..figure_forms import FigureForm
from ..figure_pictures import course
from ..models import Community, Figure, Measure
from ..portrait import known, standings


@page(policies.may_write, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add a figure; `community` and `measure` in the address are chosen already."""
    initial = {
        "about": _asked(request, "community", _community),
        "measure": _asked(request, "measure", _measure),
    }
    form = FigureForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            made = services.add_figure(given.pop("about"), by=request.user, **given)
        except ValidationError as no:
            form.add_error(None, no if not hasattr(no, "error_dict") else _whole(no, form))
        else:
            say(request, _("The figure has been added."))
            return redirect(made)
    return _form(request, form, _("Add a figure"), _back(initial["about"]))


def _asked(request: HttpRequest, name: str, find: Any) -> str:
    try:
        return str(find(UUID(request.GET.get(name, ""))))
    except ValueError:
        return ""


def _community(uuid: UUID) -> str:
    row = selectors.by_uuids([uuid]).get(uuid)
    return f"c{row.pk}" if row else ""


def _measure(uuid: UUID) -> str:
    row = selectors.measures_by_uuids([uuid]).get(uuid)
    return str(row.pk) if row else ""


def _back(about: str) -> str:
    key = about[1:]
    return reverse("communities:by_key", args=[key]) if key.isdigit() else reverse("communities:figures")


def _whole(no: ValidationError, form: FigureForm) -> ValidationError:
    """Errors of fields that the form does not show stand above it."""
    shown = {"begins_on": "period", "ends_on": "period"}
    told: dict[str, list[Any]] = {}
    for name, errors in no.error_dict.items():
        field = shown.get(name, name)
        told.setdefault(field if field in form.fields else "__all__", []).extend(errors)
    return ValidationError(told)


@page(policies.may_write, of=selectors.one_figure, methods=("GET", "POST"))
def change(request: HttpRequest, figure: Figure) -> HttpResponse:
    """Change a figure."""
    form = FigureForm(request.POST if request.method == "POST" else None, instance=figure)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_figure(figure, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.add_error(None, no if not hasattr(no, "error_dict") else _whole(no, form))
        else:
            say(request, _("The figure has been changed."))
            return redirect(selectors.one_figure(changed.uuid))
    return _form(request, form, _("Change the figure"), figure.get_absolute_url(), figure)


def _form(
    request: HttpRequest, form: FigureForm, title: str, cancel: str, figure: Figure | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "thing": figure,
        "has_measures": len(form.fields["measure"].choices) > 1,  # type: ignore[attr-defined]
        "submit": _("Keep figure"),
        "cancel_url": cancel,
    }
    return render(request, "communities/figure_form.html", context, status=422 if form.errors else 200)


@page(policies.may_write, of=selectors.one_figure, methods=("GET", "POST"))
def remove(request: HttpRequest, figure: Figure) -> HttpResponse:
    """Remove a figure; it can be undone."""
    back = figure.community.get_absolute_url() if figure.community else figure.measure.get_absolute_url()
    if request.method == "POST":
        change_set = services.remove_figure(figure, by=request.user)
        undo = reverse("journal:undo", kwargs={"key": change_set.pk})
        say(request, _("The figure has been removed."), undo_url=undo)
        return redirect(back)
    context = {
        "title": _("Remove the figure"),
        "thing": figure,
        "submit": _("Remove figure"),
        "danger": True,
        "cancel_url": figure.get_absolute_url(),
    }
    return render(request, "communities/figure_remove.html", context)


@page(policies.may_see, of=selectors.figure_by_key)
def by_key(request: HttpRequest, figure: Figure) -> HttpResponse:
    """The address that timelines know leads to where the figure is shown."""
    return redirect(figure)


@page(policies.may_see, of=selectors.community_and_measure)
def series(request: HttpRequest, asked: tuple[Community, Measure]) -> HttpResponse:
    """All that is known of one measure for one community."""
    community, measure = asked
    figures = selectors.series_of(community, measure)
    told = selectors.benchmarks(figures, community)
    may_write = policies.may_write(request.user, community)
    add_url = f"{reverse('communities:add_figure')}?community={community.uuid}&measure={measure.uuid}"
    header = Header(
        title=measure.name,
        kind=community.name,
        icon="chart-line",
        action=button(_("Add a figure"), href=add_url, icon="plus") if may_write else "",
    )
    newest = figures[-1] if figures else None
    context = {
        "thing": measure,
        "community": community,
        "header": header,
        "figures": list(reversed(figures)),
        "chart": course(measure, figures, _courses(figures, told)) if figures else None,
        "newest": newest,
        "standings": standings(newest, told.get(newest.pk, ())) if newest else [],
        "trend": trend(known(figures), direction=measure.direction),
        "may_write": may_write,
        "add_url": add_url,
    }
    return render(request, "communities/series.html", context)


def _courses(figures: list[Figure], told: dict[int, list[Any]]) -> list[tuple[str, list[tuple[str, float]]]]:
    """Benchmarks by name, each with its values by period."""
    found: dict[str, list[tuple[str, float]]] = {}
    for one in figures:
        for benchmark in told.get(one.pk, ()):
            found.setdefault(str(benchmark.name), []).append(
                (period_words(one.period), float(benchmark.value))
            )
    return list(found.items())[:5]
