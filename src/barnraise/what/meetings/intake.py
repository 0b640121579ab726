"""Meetings as imports see them: a list of those that were held or are planned, one row each.

    {"title": "Food table", "series": "", "on": "2026-03-02", "from": "17:30", "place": "Library", "agenda": ["Budget"],
     "notes": "", "decisions": ["The kitchen is shared"], "organisations": ["Oak Hill Pantry"]}

A meeting of the past to which organisations came is held. The same meeting (title, day) found again is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations

from .faults import ITEMS, Item
from .models import Meeting, Series
from .selectors import KIND
from .services import New, write

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
NO_SERIES = gettext_noop("There is no series called “%(said)s”. Begin it first.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NOT_A_TIME = gettext_noop("“%(said)s” is no time of day; write 14:30 or 2:30 pm.")
NO_TITLE = gettext_noop("Write what the meeting is called, or of which series it is.")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?\s?m?\.?", re.IGNORECASE)
NINE = time(9)
"""When a meeting without a time of day began."""

FIELDS: tuple[Field, ...] = (
    Field("title", _("Title"), aliases=("title", "meeting", "titulo", "reunion")),
    Field("series", _("Series"), is_shared=True, aliases=("series", "group", "committee", "serie", "comite")),
    Field(
        "on", _("On which day"), "date", is_required=True, aliases=("date", "day", "on", "held on", "fecha")
    ),
    Field(
        "from", _("From (time of day)"), is_shared=True, aliases=("from", "time", "begins", "hora", "desde")
    ),
    Field("place", _("Place"), is_shared=True, aliases=("place", "location", "lugar")),
    Field(
        "agenda",
        _("Agenda"),
        "many",
        aliases=("agenda", "points", "orden del dia"),
        hint=_("Points with semicolons between them."),
    ),
    Field("notes", _("Notes"), aliases=("notes", "minutes", "notas", "acta")),
    Field(
        "decisions",
        _("Decisions"),
        "many",
        aliases=("decisions", "decided", "decisiones"),
        hint=_("With semicolons between them."),
    ),
    Field(
        "organisations",
        _("Organisations that came"),
        "many",
        aliases=("organisations", "organizations", "came", "attendance", "organizaciones"),
        hint=_("Names or numbers, with semicolons between them."),
    ),
)
_TEXTS = (("title", 200), ("series", 200), ("from", 20), ("place", 300), ("notes", 10_000))
_MANY = (("agenda", 200), ("decisions", 2000), ("organisations", 300))


class Meetings(AddedOnly):
    """The noun "meetings" for imports."""

    name = "meetings"
    kind = KIND
    title: Any = _("Meetings")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """What and when."""
        return fold(f"{_title(document)} {document.get('on') or ''}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same meeting, None for a new one; Bad when a series or an organisation is not known."""
        known, lines = _known(documents), _Names(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for document in documents:
            fault, key = lines.fault(document), _identity(document)
            if fault is not None:
                found.append(fault)
            elif key in seen:
                found.append(_bad("title", key[0], TWICE))
            else:
                seen.add(key)
                found.append(known.get(key))
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. Meetings found again are left as they are."""
        lines, now = _Names(creates), timezone.now()
        rows = write([_new(one, lines, now) for one in creates], by=by, at=now)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are called."""
        return [_title(one) for one in documents]


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _title(document: Document) -> str:
    return str(document.get("title") or document.get("series") or "")


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name, most in _TEXTS:
        text = str(values.get(name) or "").replace("\x00", "")
        out[name] = text.strip() if name == "notes" else squeeze(text)
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name, most in _MANY:
        texts = [squeeze(str(one)).replace("\x00", "") for one in values.get(name) or ()]
        out[name] = (
            [one for one in texts if one][:ITEMS]
            if name != "organisations"
            else [one for one in texts if one]
        )
        long = next((one for one in out[name] if len(one) > most), None)
        if long is not None:
            raise FieldRefused(name, long, TOO_LONG, most=most)
    day = values.get("on")
    out["on"] = day.isoformat() if isinstance(day, date) else day or None
    if not out["title"] and not out["series"]:
        raise FieldRefused("title", "", NO_TITLE)
    if out["from"] and _clock(out["from"]) is None:
        raise FieldRefused("from", out["from"], NOT_A_TIME, said=out["from"])
    return out


def _clock(said: str) -> time | None:
    found = CLOCK.fullmatch(said.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _begins(document: Document) -> datetime:
    clock = _clock(str(document["from"])) if document["from"] else None
    return timezone.make_aware(datetime.combine(date.fromisoformat(str(document["on"])), clock or NINE))


def _identity(document: Document) -> tuple[str, str]:
    return fold(_title(document))[:200], str(document["on"])


def _known(documents: Sequence[Document]) -> dict[Any, int]:
    said = {fold(_title(one))[:200] for one in documents}
    rows = Meeting.objects.filter(title_folded__in=said).values_list("title_folded", "starts_at", "pk")
    return {(title, timezone.localdate(at).isoformat()): key for title, at, key in rows}


class _Names:
    """Series and organisations that the rows of a file name, looked up at once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        said = {fold(str(one["series"]))[:200] for one in documents if one.get("series")}
        self.series = dict(Series.objects.filter(name_folded__in=said).values_list("name_folded", "pk"))
        texts = {str(name) for one in documents for name in one.get("organisations") or ()}
        self.bodies = organisations.named_many(texts)

    def fault(self, document: Document) -> Bad | None:
        """What is not known of a row."""
        if document["series"] and self.series_of(document) is None:
            return _bad("series", str(document["series"]), NO_SERIES)
        for name in document["organisations"]:
            keys = self.bodies.get(name, [])
            if len(keys) != 1:
                return _bad("organisations", str(name), SEVERAL if keys else NOT_HERE)
        return None

    def series_of(self, document: Document) -> int | None:
        """Its key; None without one."""
        return self.series.get(fold(str(document["series"]))[:200])

    def bodies_of(self, document: Document) -> list[int]:
        """Keys of the organisations that came, each once."""
        return list(dict.fromkeys(self.bodies[name][0] for name in document["organisations"]))


def _new(document: Document, lines: _Names, now: datetime) -> New:
    begins, bodies = _begins(document), lines.bodies_of(document)
    is_past = begins <= now
    points = [Item(str(one)) for one in document["agenda"]]
    if document["decisions"]:
        points.append(Item(str(_("Decisions")), decided="\n".join(document["decisions"])))
    return New(
        title=_title(document),
        starts_at=begins,
        series=lines.series_of(document),
        place=str(document["place"]),
        notes=str(document["notes"]),
        held_at=begins if is_past and bodies else None,
        agenda=points,
        came=[(key, "came", 1) if is_past else (key, "invited", 0) for key in bodies],
    )
