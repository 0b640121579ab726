"""What a report says: read anew while it is a draft, as it was kept once it is issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import override

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.sockets import Fan

from ..models import Report
from ..sockets import Scope, sections

KIND = "reports.report"
FANNED = 50

Content = Sequence[Mapping[str, Any]]
"""Sections as JSON: {"name", "title", "parts": [{"title", "note", "columns", "numeric", "lines": [{"cells", "ref"}]}]}."""


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
    """What it says, in its language."""
    return report.content if report.issued_on is not None else read(report)


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
                    "lines": [
                        {"cells": list(line.cells), "ref": str(line.ref) if line.ref else ""}
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
    found = refs_of(row.content) if row is not None else []
    return Fan(found[:FANNED], len(found))


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
