"""What blocks show of the house: only what is public, as it stands today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el
from barnraise.foundation.text import AsWritten
from barnraise.nowwhat.stories.selectors import pictures_by_story, public_stories
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.questionnaires.models import Questionnaire
from barnraise.plumbing.questionnaires.selectors import for_answering
from barnraise.plumbing.ui.charts import Chart
from barnraise.plumbing.ui.components import data, figure
from barnraise.plumbing.ui.components import number as number_words
from barnraise.plumbing.ui.line_charts import Point, lines
from barnraise.plumbing.ui.lists.subqueries import is_there
from barnraise.sowhat.indicators.models import Observation
from barnraise.sowhat.indicators.selectors import observations_of
from barnraise.what.events.selectors import upcoming_public
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.selectors import current_wording
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships.models import Partnership, Stage

from .menus import here
from .models.number import PublicNumber

PERIODS, NARROW = 24, 236
COUNTS = frozenset({"sum", "count", "distinct"})
"""Rules whose value may itself be a small number of people."""


def key(word: Any) -> UUID | None:
    """What a block keeps of a row, None when it is no such word."""
    try:
        return UUID(str(word))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One period of a public number. `value` and `rows` are None where they are hidden or not known; `why` says so."""

    row: Observation
    value: Decimal | None
    rows: int | None
    why: str
    is_hidden: bool

    @property
    def period(self) -> str:
        """Its days, in the reader's language."""
        days = (date_format(self.row.begins_on, "DATE_FORMAT"), date_format(self.row.ends_on, "DATE_FORMAT"))
        return _("%(begin)s to %(end)s") % {"begin": days[0], "end": days[1]}

    @property
    def id(self) -> str:
        """Of its row in the table."""
        return f"p-{self.row.begins_on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A public number with its periods, the latest last. `latest` is the last one with a value that may be shown."""

    number: PublicNumber
    lines: Sequence[Line]
    latest: Line | None
    threshold: int

    @property
    def url(self) -> str:
        """The page that says how it is made."""
        return self.number.get_absolute_url()

    def figure(self, unit: str = "") -> Any:
        """The latest value, which leads to its row; with the indicator's own unit unless another word is given."""
        if self.latest is None:
            return None
        unit = unit or self.number.indicator.unit
        return figure(
            self.latest.value,
            rows=f"{self.url}#{self.latest.id}",
            rule="last",
            of=_("Value"),
            unit=data(unit) if unit else "",
        )


def cells(line: Line, *, is_team: bool) -> tuple[Any, Any]:
    """Value and number of rows of a period as its table shows them; for the team figures that lead to the rows."""
    words = el("span", line.why, class_="site-small")
    address = f"{line.row.get_absolute_url()}#behind"
    if line.value is None:
        return words, words if line.is_hidden else number_words(line.rows)
    if not is_team:
        return number_words(line.value), number_words(line.rows)
    rule = line.row.indicator.rule
    of = "" if rule in {"count", "distinct"} else _("Value")
    return figure(line.value, rows=address, rule=rule, of=of), figure(line.rows, rows=address)


def is_small(row: Observation, threshold: int) -> bool:
    """True when the value, or what it was made of, is so small that people might be recognised.

    Rows that were counted below the threshold, and counts below it however they came. A true zero may be shown.
    """
    if row.origin == Observation.Origin.SOURCE and 0 < row.row_count < threshold:
        return True
    return row.value is not None and row.indicator.rule in COUNTS and 0 < row.value < threshold


def _line(row: Observation, threshold: int) -> Line:
    if is_small(row, threshold):
        return Line(row, None, None, _("Hidden: fewer than %(n)s") % {"n": threshold}, True)
    if row.value is None:
        return Line(row, None, row.row_count, str(row.get_reason_display()), False)
    return Line(row, row.value, row.row_count, "", False)


def of_number(number: PublicNumber, *, today: date, threshold: int) -> Shown:
    """Its periods that are over, small values hidden."""
    rows = [row for row in observations_of(number.indicator, PERIODS) if row.ends_on < today]
    for row in rows:
        row.indicator = number.indicator
    found = [_line(row, threshold) for row in rows]
    latest = next((line for line in reversed(found) if line.value is not None), None)
    return Shown(number, found, latest, threshold)


def number(word: Any) -> Shown | None:
    """The public number a block names; None when it is public no more."""
    uuid = key(word)
    row = (
        PublicNumber.objects.select_related("indicator__objective").filter(uuid=uuid).first()
        if uuid
        else None
    )
    if row is None:
        return None
    return of_number(row, today=timezone.localdate(), threshold=installation().disclosure_threshold)


def chart(shown: Shown, title: str = "", unit: str = "") -> Chart | None:
    """Its values by the end of their period; None with fewer than two. Hidden ones are not in it.

    `title` and `unit` in the language of the page; empty: the indicator's own.
    """
    points = [
        Point(_("Value"), line.row.ends_on.isoformat(), float(line.value))
        for line in shown.lines
        if line.value is not None
    ]
    if len(points) < 2:
        return None
    indicator = shown.number.indicator
    counted = unit or indicator.unit
    return lines(
        AsWritten(title or indicator.name),
        _("Values by the end of their period."),
        points,
        columns=(_("Line"), _("Day"), AsWritten(counted) if counted else _("Value")),
    )


def narrow(found: Chart | None) -> Safe | None:
    """The same chart drawn for a phone, without its table: a wide one would stand out of the page."""
    if found is None:
        return None
    return replace(found, spec={**found.spec, "width": NARROW, "height": 200}).svg()


def events(now: datetime, *, most: int) -> list[dict[str, Any]]:
    """Public events to come, with their addresses."""
    return [
        {"event": row, "url": f"{reverse('events:public', args=[row.uuid])}?language={here()}"}
        for row in upcoming_public(now, most=most)
    ]


def stories(today: date, *, most: int) -> list[dict[str, Any]]:
    """The latest stories that are public today, told in the reader's language where they are, with their first picture."""
    rows = list(public_stories(today)[:most])
    pictures = pictures_by_story([row.pk for row in rows])
    active = (get_language() or "")[:2]
    found = []
    for row in rows:
        code = active if active in row.languages else row.language
        seen = pictures.get(row.pk, [])[:1]
        found.append(
            {
                "told": row.told(code),
                "language": code,
                "url": f"{row.public_path}?language={code}",
                "picture": reverse("stories:picture", args=[row.uuid, seen[0].uuid]) if seen else "",
                "alt": seen[0].alt_text if seen else "",
            }
        )
    return found


def partners(words: Sequence[Any]) -> list[str]:
    """Names of those organisations that are active partners, by name."""
    uuids = [uuid for uuid in map(key, words) if uuid is not None]
    active = is_there(Partnership.objects.filter(organisation=OuterRef("pk"), stage=Stage.ACTIVE))
    rows = Organisation.objects.filter(active, uuid__in=uuids).order_by("name_folded", "pk")
    return list(rows.values_list("name", flat=True))


def sign_up(word: Any) -> dict[str, Any]:
    """`purpose` with `words` in the reader's language; None when it has ended or mail is none of its channels."""
    uuid = key(word)
    row = Purpose.objects.filter(uuid=uuid, ended_at__isnull=True).first() if uuid else None
    if row is None or "email" not in row.channels:
        return {"purpose": None, "words": ""}
    wording = current_wording(row)
    text = wording.text(get_language() or "", installation().default_language) if wording else ""
    return {"purpose": row, "words": text}


def questionnaire(word: Any) -> dict[str, Any] | None:
    """Title, first words and address of a questionnaire that takes answers from everybody; None when it does not."""
    uuid = key(word)
    row = Questionnaire.objects.filter(uuid=uuid, is_public=True).first() if uuid else None
    version = for_answering(row) if row is not None else None
    if row is None or version is None:
        return None
    tongue = (get_language() or "", installation().default_language)
    return {
        "title": version.text("title", *tongue),
        "intro": version.text("intro", *tongue),
        "url": f"{reverse('questionnaires:public', args=[row.code])}?language={here()}",
    }
