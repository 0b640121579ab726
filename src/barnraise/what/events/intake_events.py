"""Events as imports see them: a calendar somebody keeps as a spreadsheet, one event a row.

    {"title": "River clean-up", "kind": "volunteer", "on": "2026-04-09", "from": "09:00", "until": "12:30", "ends_on": null, "place": "Mill bridge",
     "about": "", "capacity": 20, "is_public": true}

Times are those of the installation. An event is told by its title and the day on which it begins; one that is there already is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.ui.faults import refuse

from .faults import event_faults
from .models import Event
from .selectors import KIND
from .services import plan_event

NOT_A_TIME = gettext_noop("“%(said)s” is no time of day; write 14:30 or 2:30 pm.")
NOT_PLACES = gettext_noop("Write the places as a whole number from 1, or leave it empty.")
TOO_LONG = gettext_noop("It is longer than %(most)d characters.")
TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap])?\.?\s?m?\.?", re.I)

FIELDS: tuple[Field, ...] = (
    Field(
        "title",
        _("Title"),
        is_required=True,
        aliases=("title", "event", "name", "titulo", "actividad", "evento"),
    ),
    Field(
        "kind",
        _("Kind"),
        "choice",
        is_required=True,
        is_shared=True,
        options=tuple(Event.Kind.choices),
        aliases=("kind", "type", "tipo"),
    ),
    Field(
        "on",
        _("On which day"),
        "date",
        is_required=True,
        aliases=("date", "day", "on", "begins on", "start date", "fecha", "dia"),
    ),
    Field(
        "from",
        _("From (time of day)"),
        is_required=True,
        is_shared=True,
        aliases=("from", "start", "begins", "start time", "time", "desde", "hora"),
    ),
    Field(
        "until",
        _("Until (time of day)"),
        is_required=True,
        is_shared=True,
        aliases=("until", "to", "end", "ends", "end time", "hasta"),
    ),
    Field(
        "ends_on",
        _("Last day, of an event of several days"),
        "date",
        aliases=("last day", "end date", "ends on", "ultimo dia"),
    ),
    Field("place", _("Place"), is_shared=True, aliases=("place", "location", "venue", "where", "lugar")),
    Field("about", _("What it is about"), aliases=("about", "description", "descripcion")),
    Field(
        "capacity",
        _("Places"),
        "number",
        is_shared=True,
        aliases=("places", "capacity", "seats", "plazas", "aforo"),
    ),
    Field(
        "is_public",
        _("Has a page of its own"),
        "choice",
        is_shared=True,
        options=(("yes", _("Yes")), ("no", _("No"))),
        aliases=("public", "page", "publico", "publica"),
    ),
)


class Events(AddedOnly):
    """The noun "events" for imports."""

    name = "events"
    kind = KIND
    title: Any = _("Events")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """What it is called, and when it begins."""
        return f"{fold(str(document['title']))[:160]}|{document['on']}"

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The event of that title and day, None for a new one; Bad with what is wrong with it. One query."""
        folded = {fold(str(one["title"]))[:160] for one in documents}
        there = {
            (row.title_folded, timezone.localdate(row.starts_at).isoformat()): row.pk
            for row in Event.objects.filter(title_folded__in=folded).order_by("-pk")
        }
        found: list[int | None | Bad] = []
        for one in documents:
            key = there.get((fold(str(one["title"]))[:160], str(one["on"])))
            found.append(key if key is not None else _refused(one))
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
        """See Noun. Events that are there are left as they are."""
        return [plan_event(**_values(one), by=by, change_set=change_set).pk for one in creates]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are called, and when."""
        return [str(one.get("said") or f"{one['title']}, {one['on']}") for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. Only what they are called, so that what is there is never changed."""
        return {row.pk: {"said": str(row)} for row in Event.objects.filter(pk__in=keys)}


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"kind": values.get("kind") or ""}
    for name, most in (("title", 160), ("place", 300), ("about", 4000)):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in ("on", "ends_on"):
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    for name in ("from", "until"):
        out[name] = _time(name, values.get(name))
    out["capacity"] = _places(values.get("capacity"))
    out["is_public"] = values.get("is_public") == "yes"
    return out


def _time(name: str, value: Any) -> str:
    said = str(value or "").strip()
    match = TIME.fullmatch(said)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if match and match[3]:
        hour = hour % 12 + (12 if match[3].casefold() == "p" else 0) if 1 <= hour <= 12 else 99
    if hour > 23 or minute > 59:
        raise FieldRefused(name, said, NOT_A_TIME, said=said[:40])
    return f"{hour:02}:{minute:02}"


def _places(value: Any) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except ValueError:
        number = 0.5
    if number != int(number) or number < 1:
        raise FieldRefused("capacity", str(value), NOT_PLACES)
    return int(number)


def _values(one: Document) -> dict[str, Any]:
    """Arguments of `plan_event`."""
    first = date.fromisoformat(str(one["on"]))
    last = date.fromisoformat(str(one["ends_on"])) if one["ends_on"] else first
    begin, end = (
        timezone.make_aware(datetime.combine(day, time.fromisoformat(str(said))))
        for day, said in ((first, one["from"]), (last, one["until"]))
    )
    plain = {name: one[name] for name in ("title", "kind", "place", "about", "capacity", "is_public")}
    return {**plain, "starts_at": begin, "ends_at": end}


COLUMNS = {"starts_at": "on", "ends_at": "until"}
"""Where a fault of the event stands in the file."""


def _refused(one: Document) -> Bad | None:
    try:
        refuse(event_faults(Event(**_values(one))))
    except ValidationError as no:
        field, reasons = next(iter(no.message_dict.items()))
        return Bad(0, COLUMNS.get(field, field), str(one.get(field) or ""), str(reasons[0]))
    return None
