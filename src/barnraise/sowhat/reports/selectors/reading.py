"""What a report says: read anew while it is a draft, as it was kept once it is issued."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.sockets import Fan

from ..models import Cited, Report
from ..sockets import Scope, Section, sections

KIND = "reports.report"
FANNED = 50

Content = Sequence[Mapping[str, Any]]
"""Sections as JSON: {"name", "title", "parts": [{"title", "note", "columns", "numeric", "money", "lines": [{"cells", "ref",
"told_of", "opens"}]}]}; "opens" of sums alone; "taken_out" of a part says what stands there no more."""


def listed(actor: Any = None) -> QuerySet[Report]:
    """All reports with whom they are for; what issued ones say is left unread."""
    return Report.objects.select_related("organisation", "issued_by").defer("content")


def one(uuid: UUID) -> Report:
    """Raises Report.DoesNotExist."""
    return Report.objects.select_related("organisation", "issued_by").get(uuid=uuid)


def one_by_key(key: int) -> Report:
    """Raises Report.DoesNotExist."""
    return Report.objects.select_related("organisation", "issued_by").get(pk=key)


def report_named(name: str) -> Report | None:
    """The one of this name, or None."""
    return Report.objects.filter(name_folded=fold(name)[:200]).first()


def choices(audience: str = "") -> list[tuple[str, Any]]:
    """Sections that may stand in a report for this audience, in order."""
    return [
        (name, one.title) for name, one in sections.items() if audience != Report.Audience.PARTNER or one.for_partners
    ]  # fmt: skip


def content_of(report: Report) -> Content:
    """What it says, in its language; of an issued one what it said, without what may be shown no more."""
    if report.issued_on is None:
        return read(report)
    with override(report.language):
        return [_still_told(one) for one in report.content]


def _still_told(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """A section as it was kept, without lines told of what may be shown no more, and with a sentence that says so."""
    section, one = sections.find(one["name"]), _with_whose(one)
    told = {text for part in one["parts"] for line in part["lines"] if (text := line.get("told_of"))}
    is_less = any(part.get("forgotten") for part in one["parts"])
    if section is None or section.gone is None or not (told or is_less):
        return one
    gone = {str(ref) for ref in section.gone([Ref.parse(text) for text in told])}
    return {**one, "parts": [_without(part, gone, section) for part in one["parts"]]}


def _with_whose(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """A section whose lines all say what they are told of, also those that were kept before lines did."""
    section = sections.find(one["name"])
    silent = [line for part in one["parts"] for line in part["lines"] if not line.get("told_of")]
    if section is None or section.whose is None or not silent:
        return one
    found = {id(line): str(ref) for line, ref in zip(silent, section.whose(silent), strict=True)}
    parts = [
        {**part, "lines": [{**line, "told_of": found.get(id(line), line.get("told_of"))} for line in part["lines"]]}
        for part in one["parts"]
    ]  # fmt: skip
    return {**one, "parts": parts}


def _without(part: Mapping[str, Any], gone: Collection[str], section: Section) -> Mapping[str, Any]:
    away = {text for line in part["lines"] if (text := line.get("told_of")) in gone}
    many = len(away) + int(part.get("forgotten", 0))
    if not many:
        return part
    words = section.taken_out(many)
    lines = [line for line in part["lines"] if line.get("told_of") not in away]
    return {**part, "lines": lines, "taken_out": words, "note": f"{part['note']} {words}".strip()}


def forgetting(content: Content, texts: Collection[str]) -> list[dict[str, Any]] | None:
    """The same content without the lines told of these references, which are counted as "forgotten"; None where it has none."""
    found, is_in = [], False
    for one in map(_with_whose, content):
        parts = []
        for part in one["parts"]:
            away = {text for line in part["lines"] if (text := line.get("told_of")) in texts}
            lines = [line for line in part["lines"] if line.get("told_of") not in away]
            more = {"forgotten": int(part.get("forgotten", 0)) + len(away)} if away else {}
            is_in = is_in or bool(more)
            parts.append({**part, "lines": lines, **more})
        found.append({**one, "parts": parts})
    return found if is_in else None


def read(report: Report) -> list[dict[str, Any]]:
    """Every chosen section from its rows as they are now; those that say nothing are left out."""
    scope = Scope(
        report.period, report.organisation_id if report.audience == Report.Audience.PARTNER else None
    )
    allowed = {name for name, _title in choices(report.audience)}
    found = []
    with override(report.language):
        for name in report.sections:
            section = sections.find(name)
            if section is None or name not in allowed:
                continue
            parts = [
                {
                    "title": part.title,
                    "note": part.note,
                    "columns": list(part.columns),
                    "numeric": list(part.numeric),
                    "money": list(part.money),
                    "lines": [
                        {
                            "cells": list(line.cells),
                            "ref": str(line.ref) if line.ref else "",
                            "told_of": str(line.told_of) if line.told_of else "",
                            **(
                                {"opens": {str(at): url for at, url in line.opens.items()}}
                                if line.opens
                                else {}
                            ),
                        }
                        for line in part.lines
                    ],
                }
                for part in section.read(scope)
                if part.lines
            ]
            if parts:
                found.append({"name": name, "title": str(section.title), "parts": parts})
    return found


def refs_of(content: Content) -> list[Ref]:
    """What its lines walk back to, each once."""
    texts = [line["ref"] for one in content for part in one["parts"] for line in part["lines"] if line["ref"]]
    return [Ref.parse(text) for text in dict.fromkeys(texts)]


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Report.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def upstream(ref: Ref) -> Fan:
    """What an issued report rests on; a draft rests on nothing yet."""
    row = Report.objects.filter(pk=ref.id, issued_on__isnull=False).first()
    found = refs_of(content_of(row)) if row is not None else []
    return Fan(found[:FANNED], len(found))


def citing(ref: Ref) -> Fan:
    """Issued reports whose lines walk back to this, the latest first."""
    rows = Report.objects.filter(pk__in=Cited.objects.filter(ref=str(ref)).values("report"))
    keys = list(rows.order_by("-issued_on", "-pk").values_list("pk", flat=True)[: FANNED + 1])
    total = len(keys) if len(keys) <= FANNED else rows.count()
    return Fan([Ref("reports", "report", key) for key in keys[:FANNED]], total)


def drafts_over(today: Any, most: int) -> list[Report]:
    """Drafts whose days are over, the first over first."""
    rows = listed().filter(issued_on__isnull=True, ends_on__lt=today).order_by("ends_on", "pk")
    return list(awake(rows, "reports.drafts", today)[:most])


def with_reports(keys: Sequence[int]) -> set[int]:
    """Keys of those of these organisations that a report is for."""
    rows = Report.objects.filter(organisation_id__in=list(keys)).values_list("organisation_id", flat=True)
    return {key for key in rows if key is not None}


def everything_of(organisation: int) -> list[dict[str, Any]]:
    """Reports for an organisation as JSON values."""
    rows = listed().filter(organisation_id=organisation).order_by("begins_on", "pk")
    return [
        {"report": row.name, "period": str(row.period), "issued_on": row.issued_on.isoformat() if row.issued_on else None}
        for row in rows
    ]  # fmt: skip
