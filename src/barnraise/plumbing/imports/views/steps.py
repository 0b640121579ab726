"""From the files to a mapping that makes records: reading, format or columns, preview."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from barnraise.foundation.policy import Refused
from barnraise.foundation.tabular import UnreadableFile
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.pages import page

from .. import notices, policies, screens, services, showing
from ..columns import Heading, headings, proposed_mapping
from ..forms import MappingForm, ReadingForm
from ..mapping import MappingRefused
from ..models import Import
from ..reading import mapped_tables, sources, table_of
from ..sockets import Source, formats, nouns
from .start import say_refused


def _is_fixed(batch: Import) -> bool:
    """Whether the files and columns of this import can be changed no more."""
    return batch.state in {
        Import.State.RUNNING,
        Import.State.DONE,
        Import.State.CANCELLED,
        Import.State.FAILED,
        Import.State.UNDONE,
    }


def _forms(batch: Import, given: list[Source], request: HttpRequest) -> list[ReadingForm]:
    bound = request.POST if request.method == "POST" else None
    plug = formats.find(batch.format) if batch.format else None
    return [
        ReadingForm(
            bound,
            prefix=str(at),
            recognition=one.recognition,
            table=table_of(one),
            questions=plug.asks(one) if plug else (),
            initial=dict(one.choices),
        )
        for at, one in enumerate(given)
    ]


@page(policies.may_import, of=screens.by_uuid, methods=("GET", "POST"))
def reading(request: HttpRequest, batch: Import) -> HttpResponse:
    """What each file was recognised as, and where a person may say otherwise."""
    if _is_fixed(batch):
        return redirect("imports:one", uuid=batch.uuid)
    given = sources(batch)
    forms = _forms(batch, given, request)
    if (
        request.method == "POST"
        and all(form.is_valid() for form in forms)
        and _read(batch, given, forms, request)
    ):
        if "again" in request.POST:
            return redirect("imports:reading", uuid=batch.uuid)
        batch.refresh_from_db()
        return redirect("imports:preview" if batch.format else "imports:columns", uuid=batch.uuid)
    files = [{"source": one, "form": form, **_told(one)} for one, form in zip(given, forms, strict=True)]
    context = {"batch": batch, "files": files, "format": formats.find(batch.format) if batch.format else None}
    context["possible"] = [] if batch.format else _possible(given)
    is_refused = any(form.is_bound and form.errors for form in forms)
    return render(request, "imports/reading.html", context, status=422 if is_refused else 200)


def _read(batch: Import, given: list[Source], forms: list[ReadingForm], request: HttpRequest) -> bool:
    """Read the files as chosen; False when one cannot be read so, which its form then says."""
    for at, form in enumerate(forms):
        chosen = form.choices(given[at].choices)
        if chosen == dict(given[at].choices):
            continue
        try:
            services.choose(batch=batch, position=at, choices=chosen, by=request.user)
        except UnreadableFile as no:
            form.add_error(None, " ".join(notices.refused(no)))
            return False
        except Refused as no:
            form.add_error(None, no.reason)
            return False
    return True


def _possible(given: list[Source]) -> list[tuple[str, Any]]:
    """Formats that know these files although they are taken by mapping now."""
    return [(name, plug) for name, plug in formats.items() if plug.recognises(given) > 0]


def _told(one: Source) -> dict[str, Any]:
    table = table_of(one)
    warnings = [*one.recognition.warnings, *(table.warnings if table else ())]
    is_asked = table is not None and not table.encoding_is_certain
    return {
        "table": table,
        "said": showing.described(one, table),
        "rows": showing.first_rows(table) if table else [],
        "warnings": [notices.told(notice) for notice in warnings],
        "more": len(warnings) - 2,
        "asks_encoding": is_asked,
        "encodings": [(one.encoding, gettext(one.label), one.samples) for one in table.encodings]
        if table
        else [],
        "encoding": one.choices.get("encoding") or (table.choice.encoding if table else ""),
    }


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def choose_format(request: HttpRequest, batch: Import) -> HttpResponse:
    """Take the files as a known format, or (empty) map their columns by hand."""
    wanted = request.POST.get("format", "")
    try:
        services.set_format(batch=batch, format_name=wanted, by=request.user)
    except Refused as no:
        say_refused(request, no)
        return redirect("imports:reading", uuid=batch.uuid)
    return redirect("imports:reading" if wanted else "imports:columns", uuid=batch.uuid)


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def choose_noun(request: HttpRequest, batch: Import) -> HttpResponse:
    """Say what the rows become."""
    try:
        services.set_noun(batch=batch, noun=request.POST.get("noun", ""), by=request.user)
    except Refused as no:
        say_refused(request, no)
    return redirect("imports:columns", uuid=batch.uuid)


@page(policies.may_import, of=screens.by_uuid, methods=("GET", "POST"))
def columns(request: HttpRequest, batch: Import) -> HttpResponse:
    """Which column is which field."""
    tables = (
        [] if _is_fixed(batch) else [(label, table) for label, _s, table in mapped_tables(sources(batch))]
    )
    if not tables:
        return redirect("imports:one" if _is_fixed(batch) else "imports:reading", uuid=batch.uuid)
    noun, found = nouns.get(batch.noun), headings(tables)
    proposed = proposed_mapping(batch, [table for _label, table in tables], batch.noun)
    rules = proposed["columns"]
    bound = request.POST if request.method == "POST" else None
    names, constants = [one.name for one in found], proposed["constants"]
    form = MappingForm(bound, columns=names, noun=noun, rules=rules, constants=constants)
    if form.is_bound and form.is_valid():
        try:
            services.set_mapping(batch=batch, mapping=form.mapping(), by=request.user)
        except MappingRefused as no:
            for source, details in no.problems:
                form.add_error(None, notices.reason(source, details))
        except Refused as no:
            form.add_error(None, no.reason)
        else:
            return redirect("imports:preview", uuid=batch.uuid)
    offered = sorted(nouns.items(), key=lambda pair: fold(str(pair[1].title)))
    context = {"batch": batch, "form": form, "noun": noun, "nouns": offered}
    context["columns"] = _columns(form, found, rules, many=len(tables))
    taken = {form[f"column-{index}"].value() for index in range(len(found))}
    taken |= {field.name for field in form.shared if form[f"shared-{field.name}"].value()}
    context |= {
        "remembered": proposed["remembered"],
        "required": [(field, field.name in taken) for field in noun.fields if field.is_required],
        "kinds": {field.name: field.kind for field in noun.fields},
        "has_dates": any(field.kind == "date" for field in noun.fields),
        "hints": {field.name: str(field.hint) for field in noun.fields if field.hint},
    }
    return render(request, "imports/columns.html", context, status=422 if form.is_bound else 200)


def _columns(
    form: MappingForm, found: list[Heading], rules: dict[str, Any], *, many: int
) -> list[dict[str, Any]]:
    """What the page shows of each column; `many` tables: a column that only some have says which."""
    has_dates = any(field.kind == "date" for field in form.targets.values())
    out = []
    for index, one in enumerate(found):
        rule = rules.get(one.name, {})
        out.append(
            {
                "name": one.name,
                "tables": one.tables if len(one.tables) < many else [],
                "samples": list(dict.fromkeys(value for value in one.cells if value.strip()))[:3],
                "field": form[f"column-{index}"],
                "split": form[f"split-{index}"],
                "order": form[f"order-{index}"],
                "style": form[f"style-{index}"],
                "repair": form[f"repair-{index}"] if rule.get("damage") else None,
                "sure": rule.get("sure"),
                "readings": showing.readings(one.cells, rule=rule) if has_dates else [],
            }
        )
    return out


@page(policies.may_import, of=screens.by_uuid)
def preview(request: HttpRequest, batch: Import) -> HttpResponse:
    """The first records as they would become."""
    if _is_fixed(batch):
        return redirect("imports:one", uuid=batch.uuid)
    try:
        shown = screens.preview(batch, most=20)
    except (MappingRefused, UnreadableFile) as no:
        if isinstance(no, UnreadableFile):
            say_refused(request, no)
        return redirect("imports:columns", uuid=batch.uuid)
    return render(request, "imports/preview.html", {"batch": batch, "has_mapping": not batch.format, **shown})
