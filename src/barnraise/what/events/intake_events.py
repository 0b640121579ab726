"""Events as imports see them: a calendar somebody keeps as a spreadsheet, one event a row.

    {"title": "River clean-up", "kind": "volunteer", "on": "2026-04-09", "from": "09:00", "until": "12:30", "ends_on": null, "place": "Mill bridge",
     "about": "", "capacity": 20, "is_public": true, "end": "cancelled", "end_reason": "Flood"}

Times are those of the installation. An event is told by its title and the day on which it begins; the rest of a row changes the one that is
there, and may end it. A blank changes nothing. As a file sends no mail, it neither moves nor ends what people are registered for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse

from .faults import event_faults
from .models import Event
from .selectors import KIND, expecting
from .services import amend_events, plan_event

NOT_A_TIME = gettext_noop("“%(said)s” is no time of day; write 14:30 or 2:30 pm.")
NOT_PLACES = gettext_noop("Write the places as a whole number from 1, or leave it empty.")
NO_REASON = gettext_noop("Say why it was cancelled, or what came of it.")
NO_END = gettext_noop("Say how it ended, too.")
OVER = gettext_noop("It has ended another way already. Open it again first.")
NOT_BEGUN = gettext_noop("It has not begun yet.")
TELLS = gettext_noop("People are registered: change this on its page, so that they are told by mail.")
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
        aliases=("from", "start", "start time", "time", "desde", "hora"),
    ),
    Field(
        "until",
        _("Until (time of day)"),
        is_required=True,
        is_shared=True,
        aliases=("until", "to", "end", "end time", "hasta"),
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
    Field(
        "end",
        _("How it ended"),
        "choice",
        options=(("cancelled", _("Cancelled")), ("closed", _("Took place and is closed out"))),
        aliases=("how it ended", "ended", "como termino"),
    ),
    Field(
        "end_reason",
        _("Why it was cancelled, or what came of it"),
        aliases=("why", "reason", "outcome", "what came of it", "motivo", "resultado"),
    ),
)


class Events(AddedOnly):
    """The noun "events" for imports."""

    name = "events"
    kind = KIND
    title: Any = _("Events")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("title", "on")
    fills: Mapping[str, Any] = {"is_public": False}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """What it is called, and when it begins."""
        return f"{fold(str(document['title']))[:160]}|{document['on']}"

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The event of that title and day, None for a new one; Bad with what is wrong with it. Two queries."""
        folded = {fold(str(one["title"]))[:160] for one in documents}
        there = {
            (row.title_folded, timezone.localdate(row.starts_at).isoformat()): row
            for row in Event.objects.filter(title_folded__in=folded).order_by("-pk")
        }
        registered = expecting([row.pk for row in there.values()])
        found: list[int | None | Bad] = []
        for one in documents:
            row = there.get((fold(str(one["title"]))[:160], str(one["on"])))
            bad = _refused(one, row) or (_untold(one, row) if row and row.pk in registered else None)
            found.append(bad or (row.pk if row is not None else None))
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
        """See Noun."""
        at, made = timezone.now(), []
        for one in creates:
            plain = {name: value for name, value in _values(one, None).items() if name not in ENDED}
            made.append(plan_event(**plain, by=by, change_set=change_set).pk)
            if one["end"]:
                Event.objects.filter(pk=made[-1]).update(**_ended(one, at))
        rows = Event.objects.in_bulk([key for key, _one in updates])
        changed = [(key, _values({**_document(rows[key]), **one}, rows[key], at)) for key, one in updates]
        add_changes(change_set=change_set, changes=amend_events(changed, at=at))
        return made

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are called, and when."""
        return [f"{one['title']}, {one['on']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in Event.objects.filter(pk__in=keys)}


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    texts = {"title": 160, "place": 300, "about": 4000, "end_reason": 300}
    out = built(values, texts=texts, days=("on", "ends_on"), flags=("is_public",), choices=("kind", "end"))
    for name in ("from", "until"):
        out[name] = _time(name, values.get(name))
    out["capacity"] = _places(values.get("capacity"))
    if bool(out["end"]) != bool(out["end_reason"]):
        raise FieldRefused("end_reason" if out["end"] else "end", "", NO_REASON if out["end"] else NO_END)
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


def _document(row: Event) -> Document:
    """An event as a file says it."""
    begin, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    last = end.date()
    return {
        **{name: getattr(row, name) for name in ("title", "kind", "place", "about", "capacity", "is_public")},
        "on": begin.date().isoformat(),
        "ends_on": last.isoformat() if last != begin.date() else None,
        "from": f"{begin:%H:%M}",
        "until": f"{end:%H:%M}",
        "end": "cancelled" if row.cancelled_at else "closed" if row.closed_at else "",
        "end_reason": row.cancel_reason or row.outcome,
    }


ENDED = ("cancelled_at", "cancel_reason", "closed_at", "outcome")


def _values(one: Document, there: Event | None, at: datetime | None = None) -> dict[str, Any]:
    """Fields of an event by a whole document; `there` keeps its seconds, and how it ended before."""
    first = date.fromisoformat(str(one["on"]))
    last = date.fromisoformat(str(one["ends_on"])) if one["ends_on"] else first
    begin, end = (
        timezone.make_aware(datetime.combine(day, time.fromisoformat(str(said))))
        for day, said in ((first, one["from"]), (last, one["until"]))
    )
    plain = {name: one[name] for name in ("title", "kind", "place", "about", "capacity")}
    plain |= {"is_public": bool(one["is_public"]), "starts_at": begin, "ends_at": end}
    if there is None:
        return plain
    for name, is_same in (("starts_at", "from"), ("ends_at", "until")):
        if _document(there)[is_same] == one[is_same] and (name == "starts_at" or _last(there) == last):
            plain[name] = getattr(there, name)
    if one["end"] and (there.cancelled_at or there.closed_at) is None:
        plain |= _ended(one, at or timezone.now())
    return plain


def _last(row: Event) -> date:
    return timezone.localdate(row.ends_at)


def _ended(one: Document, at: datetime) -> dict[str, Any]:
    if one["end"] == "cancelled":
        return {"cancelled_at": at, "cancel_reason": str(one["end_reason"])}
    return {"closed_at": at, "outcome": str(one["end_reason"])}


COLUMNS = {"starts_at": "on", "ends_at": "until"}
"""Where a fault of the event stands in the file."""


def _refused(one: Document, there: Event | None) -> Bad | None:
    """Why the row cannot be, of an event that is there with what it says where the row is blank."""
    blank = {
        name: value for name, value in (_document(there).items() if there else ()) if one[name] in (None, "")
    }
    whole = {**one, **blank}
    if there is not None and one["end"] and blank.get("end", _document(there)["end"]) not in ("", one["end"]):
        return Bad(0, "end", str(one["end"]), OVER)
    row = Event(**_values(whole, None))
    if one["end"] == "closed" and row.starts_at > timezone.now():
        return Bad(0, "end", str(one["end"]), NOT_BEGUN)
    return refusal(one, lambda: refuse(event_faults(row)), COLUMNS)


def _untold(one: Document, there: Event) -> Bad | None:
    """What people who registered would have to be told."""
    said = _document(there)
    told = [
        name
        for name in ("from", "until", "ends_on", "place", "end")
        if one[name] not in (None, "", said[name])
    ]
    if one["capacity"] is not None and one["capacity"] != there.capacity:
        told.append("capacity")
    is_over = there.state(timezone.now()) != "planned" and one["end"] != "cancelled"
    return Bad(0, told[0], str(one[told[0]]), TELLS) if told and not is_over else None
