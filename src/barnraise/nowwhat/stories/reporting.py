"""Stories as a part of reports: those that are public today and were published in the period, with the numbers they rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref
from barnraise.sowhat.reports.sockets import Part, ReportLine, Scope, Section

from . import selectors
from .models import Story, StoryFigure
from .selectors import UNKNOWN

MOST = 200


def _told(scope: Scope) -> Sequence[Part]:
    """A line for each number of a story, which walks back to its observation; one for a story without a number."""
    begins = timezone.make_aware(datetime.combine(scope.period.begins, time.min))
    ends = timezone.make_aware(datetime.combine(scope.period.ends + timedelta(days=1), time.min))
    rows = selectors.live(timezone.localdate()).filter(published_at__gte=begins, published_at__lt=ends)
    stories = list(rows.order_by("published_at", "pk")[:MOST])
    if not stories:
        return []
    figures = selectors.figures_by_story([row.pk for row in stories])
    lines = [line for row in stories for line in _lines(row, figures.get(row.pk, []))]
    columns = (
        _now("Story"),
        _now("Published"),
        _now("What it counts"),
        _now("Value"),
        _now("Unit"),
        _now("Until"),
    )
    note = _now(
        "Stories that are public on the day on which this is read; an issued report keeps them as long as everybody in them agrees."
    )
    return [Part(_now("Stories"), columns, lines, (3,), note)]


def _lines(row: Story, figures: Sequence[StoryFigure]) -> list[ReportLine]:
    told = row.told(get_language() or row.language)
    first = (told["title"], timezone.localdate(row.published_at).isoformat())
    if not figures:
        return [ReportLine((*first, "", None, "", ""), Ref.to(row), Ref.to(row))]
    lines = []
    for one in figures:
        seen = one.observation
        value = float(seen.value) if seen.value is not None else str(seen.get_reason_display())
        cells = (
            *first,
            one.words or seen.indicator.name,
            value,
            seen.indicator.unit,
            seen.ends_on.isoformat(),
        )
        lines.append(ReportLine(cells, Ref("indicators", "observation", seen.pk), Ref.to(row)))
    return lines


def _gone(refs: Collection[Ref]) -> list[Ref]:
    """Stories that are here no more, or of which somebody in them does not agree any more, or was erased."""
    kept = selectors.agreed_to([ref.id for ref in refs], timezone.localdate())
    return [ref for ref in refs if ref.id not in kept]


def _taken_out(many: int) -> str:
    return ngettext(
        "%(many)s story was taken out here: it may be told no more.",
        "%(many)s stories were taken out here: they may be told no more.",
        many,
    ) % {"many": many}


def _whose(lines: Sequence[Mapping[str, Any]]) -> list[Ref]:
    """The story that a line walks back to, else that of its title and day; where several are, one that may be told no more; UNKNOWN
    where none is."""
    called = selectors.called({str(line["cells"][0]) for line in lines})
    agreed = selectors.agreed_to([row.pk for rows in called.values() for row in rows], timezone.localdate())
    found = []
    for line in lines:
        rows = called.get(str(line["cells"][0]), [])
        rows = [row for row in rows if _day(row) == line["cells"][1]] or rows
        row = min(rows, key=lambda row: row.pk in agreed, default=None)
        is_own = str(line["ref"]).startswith(f"{selectors.KIND}:")
        found.append(Ref.parse(line["ref"]) if is_own else Ref.to(row) if row is not None else UNKNOWN)
    return found


def _day(row: Story) -> str:
    return timezone.localdate(row.published_at).isoformat() if row.published_at else ""


SECTION = Section(_("Stories"), _told, gone=_gone, taken_out=_taken_out, whose=_whose)
