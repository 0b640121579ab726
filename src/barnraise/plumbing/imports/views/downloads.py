"""What a dry run or a run found, as CSV; refused rows come whole, to be mended and given again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from barnraise.foundation.text import spreadsheet_safe
from barnraise.plumbing.ui.pages import page

from .. import policies, refusing, screens
from ..models import Finding, Import

PHASES = {"check": Finding.Phase.DRY, "run": Finding.Phase.RUN}
MARK = "\ufeff"
"""By it spreadsheet programs see that the letters are UTF-8."""


@page(policies.may_see, of=screens.by_uuid_and_findings)
def findings_csv(
    request: HttpRequest, asked: tuple[Import, str, str]
) -> HttpResponse | StreamingHttpResponse:
    """All findings of a kind; refused rows with all their cells and the reason behind them."""
    batch, phase, kind = asked
    if phase not in PHASES or kind not in Finding.Kind.values:
        raise Http404
    is_refused = kind == Finding.Kind.REFUSED
    lines = refusing.rows_refused(batch, PHASES[phase]) if is_refused else _lines(batch, phase, kind)
    response = StreamingHttpResponse(_as_asked(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{batch.pk}-{kind}.csv"'
    return response


class _Line:
    """What csv.writer writes to: it hands the line on."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def _as_asked(lines: Iterator[list[Any]]) -> Iterator[str]:
    """The lines in the language of the request, which is over when they are sent."""
    language, write = get_language(), csv.writer(_Line()).writerow
    yield MARK
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield write([spreadsheet_safe(str(cell)) for cell in line])


def _lines(batch: Import, phase: str, kind: str) -> Iterator[list[Any]]:
    yield [_("row"), _("table"), _("name"), _("changes")]
    for finding in screens.all_findings(batch, PHASES[phase], kind):
        changes = (
            f"{field}: {before} → {after}" for field, before, after in screens.told(finding)["changes"]
        )
        yield [finding.row or "", finding.table, finding.title, "; ".join(changes)]
