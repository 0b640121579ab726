"""Pages of measures: the catalogue's entries, and communities compared by one of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.text import spreadsheet_safe
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.spans import period_words
from barnraise.plumbing.ui.toasts import say

from .. import areas, policies, selectors, services
from ..amounts import text
from ..comparing import Benchmark
from ..figure_forms import MeasureForm
from ..figure_pictures import comparison
from ..figure_words import DIRECTION_ICONS
from ..models import Figure, Measure
from ..portrait import standings


@page(policies.may_see, of=selectors.one_measure)
def one(request: HttpRequest, measure: Measure) -> HttpResponse:
    """Communities compared by this measure, in one period as one source tells it."""
    periods = selectors.periods_of(measure)
    chosen = _chosen(request, periods)
    figures = _figures(measure, chosen)
    benchmarks = _benchmarks(measure, chosen, figures)
    order = request.GET.get("order", "")
    shown = _ordered(figures, by_value=order == "value")
    may_write = policies.may_write(request.user, measure)
    header = Header(
        title=measure.name,
        kind=_("Measure"),
        icon="chart-bar",
        action=button(
            _("Change"), href=reverse("communities:change_measure", args=[measure.uuid]), icon="pencil"
        )
        if may_write
        else "",
    )
    context = {
        "thing": measure,
        "header": header,
        "direction_icon": DIRECTION_ICONS.get(measure.direction),  # type: ignore[call-overload]
        "periods": [
            {**one, "words": _period_words(one), "is_chosen": one is chosen, "value": _address(one)}
            for one in periods
        ],
        "chosen": chosen and {**chosen, "value": _address(chosen), "words": _period_words(chosen)},
        "order": order,
        "chart": comparison(measure, shown, benchmarks, source=chosen["source"])
        if chosen and shown
        else None,
        "rows": [(row, standings(row, benchmarks)) for row in shown],
        "benchmarks": benchmarks,
        "silent": selectors.without(measure, [row.community_id for row in figures if row.community_id]),
        "may_write": may_write,
        "may_remove": may_write and not periods,
        "add_url": f"{reverse('communities:add_figure')}?measure={measure.uuid}",
    }
    return render(request, "communities/measure.html", context)


def _address(one: dict[str, Any]) -> str:
    return f"{one['begins_on'].isoformat()}_{one['ends_on'].isoformat()}_{one['source']}"


def _period_words(one: dict[str, Any]) -> str:
    return period_words(selectors.period_of(one))


def _chosen(request: HttpRequest, periods: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The period and source of the address; else, of the newest, the one that most communities have."""
    asked = request.GET.get("at", "")
    found = next((one for one in periods if _address(one) == asked), None)
    if found is None and periods:
        newest = periods[0]["ends_on"]
        found = max((one for one in periods if one["ends_on"] == newest), key=lambda one: one["many"])
    return found


def _figures(measure: Measure, chosen: dict[str, Any] | None) -> list[Figure]:
    if chosen is None:
        return []
    return selectors.compared(measure, chosen["begins_on"], chosen["ends_on"], chosen["source"])


def _benchmarks(measure: Measure, chosen: dict[str, Any] | None, figures: list[Figure]) -> list[Benchmark]:
    """The wider areas' values, and what the source names itself where that is the same for all."""
    if chosen is None:
        return []
    around = selectors.area_figures(measure, chosen["begins_on"], chosen["ends_on"], chosen["source"])
    found = [Benchmark(areas.name_of(one.area), one.value) for one in around if one.value is not None]
    own = {(one.benchmark_name, one.benchmark) for one in figures if one.benchmark is not None}
    found += [Benchmark(name, value) for name, value in sorted(own)[:3] if value is not None]
    return found


def _ordered(figures: list[Figure], *, by_value: bool) -> list[Figure]:
    if not by_value:
        return figures
    known = sorted((one for one in figures if one.value is not None), key=lambda one: -(one.value or 0))
    return known + [one for one in figures if one.value is None]


@page(policies.may_see, of=selectors.measure_by_key)
def by_key(request: HttpRequest, measure: Measure) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(measure)


@page(policies.may_see, of=selectors.one_measure)
def figures_csv(request: HttpRequest, measure: Measure) -> StreamingHttpResponse:
    """Every figure of the measure, about communities and wider areas, as a file."""
    response = StreamingHttpResponse(_csv(measure), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{measure.uuid}.csv"'
    return response


class _Line:
    """What csv.writer writes to: it hands the line on."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _csv(measure: Measure) -> Iterator[str]:
    write = csv.writer(_Line()).writerow
    yield write(
        [
            _("community"),
            _("wider area"),
            _("from"),
            _("until"),
            _("value"),
            _("unit"),
            _("why it is not known"),
            _("low"),
            _("high"),
            _("cases"),
            _("out of"),
            _("population"),
            _("benchmark"),
            _("name of the benchmark"),
            _("source"),
            _("edition"),
            _("note"),
        ]
    )
    rows = selectors.figures_listed().filter(measure=measure).order_by("ends_on", "id")
    for row in rows.iterator(chunk_size=1000):
        numbers = [text(one) or "" for one in _numbers(row)]
        cells: list[Any] = [
            row.community.name if row.community else "",
            row.area,
            _day(row.begins_on),
            _day(row.ends_on),
            text(row.value) or "",
            measure.unit,
            row.reason,
            *numbers,
            row.benchmark_name,
            row.source,
            row.edition,
            row.note,
        ]
        yield write([spreadsheet_safe(str(cell)) for cell in cells])


def _numbers(row: Figure) -> tuple[Any, ...]:
    return (row.low, row.high, row.numerator, row.denominator, row.population, row.benchmark)


def _day(day: date) -> str:
    return day.isoformat()


@page(policies.may_write, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add a measure to the catalogue."""
    form = MeasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_measure(by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("The measure has been added."))
            return redirect(made)
    return _form(request, form, _("Add a measure"), reverse("communities:measures"))


@page(policies.may_write, of=selectors.one_measure, methods=("GET", "POST"))
def change(request: HttpRequest, measure: Measure) -> HttpResponse:
    """Change a measure."""
    form = MeasureForm(request.POST if request.method == "POST" else None, instance=measure)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_measure(measure, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("The measure has been changed."))
            return redirect(measure)
    return _form(request, form, _("Change the measure"), measure.get_absolute_url())


def _form(request: HttpRequest, form: MeasureForm, title: str, cancel: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit": _("Keep measure"), "cancel_url": cancel}
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@page(policies.may_write, of=selectors.one_measure, methods=("GET", "POST"))
def remove(request: HttpRequest, measure: Measure) -> HttpResponse:
    """Remove a measure without figures."""
    reason = ""
    if request.method == "POST":
        try:
            services.remove_measure(measure, by=request.user)
        except ValidationError as no:
            reason = " ".join(no.messages)
        else:
            say(request, _("The measure has been removed."))
            return redirect("communities:measures")
    context = {
        "title": _("Remove the measure"),
        "intro": reason or _("It goes out of the catalogue. A measure that has figures stays."),
        "submit": _("Remove measure"),
        "danger": True,
        "cancel_url": measure.get_absolute_url(),
    }
    return render(request, "ui/form.html", context, status=409 if reason else 200)
