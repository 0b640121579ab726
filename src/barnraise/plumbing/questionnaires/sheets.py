"""Answers as tables: what is written out, and what is read from a file."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.tabular import recognise, rows
from barnraise.foundation.text import fold, spreadsheet_safe

from . import selectors
from .models import Answer, Response, Version
from .questions import Question
from .services.intake import Row

MOST_ROWS = 5000
"""More is given in several files."""
OWN = ("answered", "language", "way", "channel", "who")
BATCH = 500


class _Line:
    """csv.writer writes to it; it hands the line on."""

    def write(self, text: str) -> str:
        return text


@contextmanager
def kept(upload: Any) -> Iterator[Path]:
    """An uploaded file where a reader of tables can open it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        yield path


class NotRead(Exception):
    """The file holds no answers to this questionnaire. The reasons are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


def download(name: str, lines: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """These lines as a CSV file that no spreadsheet program runs."""
    writer = csv.writer(_Line())
    safe = ([spreadsheet_safe(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)
    texts = (writer.writerow(line) for line in safe)
    response = StreamingHttpResponse(_marked(texts), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _marked(texts: Iterator[Any]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for text in texts:
        yield str(text).encode()


def answer_lines(version: Version) -> Iterator[list[Any]]:
    """A head of codes, then a line for each response, oldest first; several ticked options are joined by “; ”."""
    questions = version.asked()
    yield [*OWN, *(one.code for one in questions)]
    after = 0
    while True:
        batch = list(Response.objects.filter(version=version, pk__gt=after).order_by("pk")[:BATCH])
        if not batch:
            return
        after = batch[-1].pk
        answers = selectors.answers_of(batch)
        named = selectors.who_answered(batch)
        for row in batch:
            own = [
                timezone.localtime(row.answered_at).isoformat(timespec="minutes"),
                row.language,
                row.way,
                row.channel,
                named.get(row.respondent, ""),
            ]
            yield [*own, *(_cell(answers[row.pk].get(one.code, ())) for one in questions)]


def _cell(answers: Sequence[Answer]) -> Any:
    return "; ".join(plain(one) for one in answers)


def plain(answer: Answer) -> str:
    """An answer as text that is taken in again: its code, number, ISO day or words."""
    if answer.code:
        return answer.code
    if answer.number is not None:
        return f"{answer.number.normalize():f}"
    return answer.on.isoformat() if answer.on else answer.text


def read(path: Path, name: str, version: Version) -> list[Row]:
    """The filled forms of a table whose columns are called as questions are (code or text). Raises NotRead, UnreadableFile."""
    tables = recognise(path, name=name).tables
    if not tables:
        raise NotRead([_("No table was found in this file.")])
    table = tables[0]
    columns = _columns([column.name for column in table.columns], version)
    if not any(isinstance(one, Question) for one in columns.values()):
        raise NotRead([_("No column is called like a question: use the codes of the questions as headings.")])
    found: list[Row] = []
    wrong: list[str] = []
    who: dict[str, Ref | str] = {}
    for row in rows(path, table.choice):
        if len(found) >= MOST_ROWS:
            raise NotRead([_("At most 5,000 rows are taken at once: give the file in parts.")])
        made = _row(row.number, row.values, columns, who)
        if isinstance(made, Row):
            found.append(made)
        else:
            wrong.append(_("Row %(row)d, %(reason)s") % {"row": row.number, "reason": made})
    if wrong:
        raise NotRead(wrong)
    return found


def _columns(names: Sequence[str], version: Version) -> dict[int, Question | str]:
    known: dict[str, Question | str] = {one: one for one in ("answered", "who")}
    for question in version.asked():
        for text in (*question.texts.values(), question.code):
            known[fold(text)] = question
    return {at: known[fold(name)] for at, name in enumerate(names) if fold(name) in known}


def _row(
    number: int, values: Sequence[str], columns: Mapping[int, Question | str], who: dict[str, Ref | str]
) -> Row | str:
    given: dict[str, list[str]] = {}
    at = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    respondent: Ref | None = None
    for position, meant in columns.items():
        text = values[position].strip() if position < len(values) else ""
        if isinstance(meant, Question):
            given[meant.code] = _choices(meant, text)
        elif text and meant == "answered":
            moment = _moment(text)
            if moment is None:
                return _("column “answered”: write the day like 2026-05-31.")
            at = moment
        elif text and meant == "who":
            named = who.setdefault(text, selectors.find_respondent(text))
            if isinstance(named, str):
                return _("column “who”: %(reason)s") % {"reason": named}
            respondent = named
    return Row(number, given, at, respondent)


def _choices(question: Question, text: str) -> list[str]:
    if not question.options and question.kind != "consent":
        return [text] if text else []
    parts = [part.strip() for part in text.split(";")] if question.kind == "multiple" else [text]
    labels = {fold(label): each.code for each in question.options for label in each.texts.values()}
    if question.kind == "consent":
        labels = {"yes": "yes", "si": "yes", "1": "yes", "true": "yes", "x": "yes", "no": "no", "": "no"}
    codes = set(question.choices())
    return [part if part in codes else labels.get(fold(part), part) for part in parts if part]


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.time() == time(0) and len(text) <= 10:
        moment = datetime.combine(date.fromisoformat(text[:10]), time(12))
        moment = timezone.make_aware(moment)
        return min(moment, timezone.now())
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
