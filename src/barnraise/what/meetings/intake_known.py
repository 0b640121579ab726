"""What a file may change of a meeting that is here: what its page lets people change, by the same rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document

from .agenda import agenda_text, read_agenda
from .faults import Item, item_faults, meeting_faults
from .intake_cells import at_clock
from .models import AgendaItem, Meeting, Series
from .services import Amended

OVER = gettext_noop("It is over here. Open it again on its page first, or leave this empty.")
NOT_BEGUN = gettext_noop("It has not begun yet.")
NOBODY = gettext_noop("Write which organisations came; one that nobody came to is cancelled.")
NO_REASON = gettext_noop("Say why it was cancelled.")
NO_END = gettext_noop("Write “cancelled” as its state, too.")
ENDED = gettext_noop("These meetings have ended: take the series up again first.")
SHOWN = {"starts_at": "on", "ends_at": "until"}
"""Where a fault of the meeting stands in the file."""
ENDINGS = ("held", "cancelled")
PLAIN = ("title", "place", "notes")


def bad(field: str, said: Any, reason: Any) -> Bad:
    """The refusal of a row at this field."""
    text = str(said or "")
    return Bad(0, field, text, str(reason), {"said": text[:80]})


def is_decisions(title: str) -> bool:
    """Whether a point of the agenda is the one under which files put what was decided, in whatever language."""
    words = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.add(fold(_("Decisions")))
    return fold(title) in words


def items_and_decisions(row: Meeting) -> tuple[list[AgendaItem], AgendaItem | None]:
    """The agenda in order, and the point with what a file decided, which stands at its end."""
    items = sorted(row.items.all(), key=lambda one: one.position)
    last = items[-1] if items and is_decisions(items[-1].title) else None
    return (items[:-1] if last else items), last


def as_document(row: Meeting) -> Document:
    """A meeting as a file says it."""
    items, decided = items_and_decisions(row)
    begins = timezone.localtime(row.starts_at)
    ends = timezone.localtime(row.ends_at) if row.ends_at else None
    is_past = row.starts_at <= timezone.now()
    came = [one for one in row.attendances.all() if one.state == "came" or not is_past]
    return {
        "uuid": str(row.uuid),
        "title": row.title,
        "series": row.series.name if row.series else "",
        "on": begins.date().isoformat(),
        "from": f"{begins:%H:%M}",
        "until": f"{ends:%H:%M}" if ends and ends.date() == begins.date() else "",
        "place": row.place,
        "owner": row.owner.email if row.owner else "",
        "agenda": agenda_text(items),
        "notes": row.notes.replace("\r\n", "\n"),
        "decisions": decided.decided.replace("\r\n", "\n") if decided else "",
        "organisations": [one.organisation.name for one in came],
        "state": "cancelled" if row.cancelled_at else "held" if row.held_at else "",
        "reason": row.cancel_reason,
    }


def ending_fault(one: Document, begins: datetime, *, has_come: bool) -> Bad | None:
    """Why a meeting that is open cannot end like that."""
    if one["reason"] and one["state"] != "cancelled":
        return bad("state", one["state"], NO_END)
    if one["state"] == "cancelled" and not one["reason"]:
        return bad("reason", "", NO_REASON)
    if one["state"] == "held" and begins > timezone.now():
        return bad("state", one["state"], NOT_BEGUN)
    if one["state"] == "held" and not has_come:
        return bad("organisations", "", NOBODY)
    return None


def known_fault(one: Document, there: Meeting, series: Series | None) -> Bad | None:
    """The first thing that its page would refuse. `series`: the one that the row names."""
    said = as_document(there)
    if not there.is_open:
        differ = [name for name in said if _differs(name, one, said)]
        return bad(differ[0], one[differ[0]], OVER) if differ else None
    if series is not None and series.ended_on is not None and series.pk != there.series_id:
        return bad("series", one["series"], ENDED)
    values = _values({name: one[name] for name in said if _differs(name, one, said)}, there)
    begins = values.get("starts_at", there.starts_at)
    has_come = bool(one["organisations"]) or any(row.state == "came" for row in there.attendances.all())
    return ending_fault(one, begins, has_come=has_come) or row_fault(
        one,
        Meeting(
            title=values.get("title", there.title),
            starts_at=begins,
            ends_at=values.get("ends_at", there.ends_at),
            place=values.get("place", there.place),
            notes=values.get("notes", there.notes),
        ),
    )


def row_fault(one: Document, row: Meeting) -> Bad | None:
    """What is wrong with a meeting and the agenda that a row gives."""
    for field, reason in (*meeting_faults(row), *item_faults(read_agenda(str(one["agenda"])))):
        name = SHOWN.get(field, field)
        return bad(name, one.get(name), reason)
    return None


def _differs(name: str, one: Document, said: Document) -> bool:
    if name == "uuid" or not one[name] or (name == "state" and one[name] not in ENDINGS):
        return False
    if name == "organisations":
        return bool({fold(text) for text in one[name]} - {fold(text) for text in said[name]})
    if name == "title" and not one["uuid"]:
        return False
    return bool(one[name] != said[name])


def _values(one: Document, there: Meeting) -> dict[str, Any]:
    """Fields of the row by those of the document that say something else. A meeting that moves keeps how long it is."""
    out: dict[str, Any] = {name: one[name] for name in PLAIN if name in one}
    if not {"on", "from", "until"} & set(one):
        return out
    said = as_document(there)
    day = one.get("on", said["on"])
    if "on" in one or "from" in one:
        out["starts_at"] = at_clock(day, one.get("from", said["from"]))
    begins = out.get("starts_at", there.starts_at)
    if "until" in one:
        out["ends_at"] = at_clock(day, one["until"])
    elif there.ends_at is not None:
        out["ends_at"] = begins + (there.ends_at - there.starts_at)
    return out


def amended(
    one: Document, there: Meeting, series: Mapping[str, int], owners: Mapping[str, int], came: Sequence[int]
) -> Amended:
    """What to change, by the fields that a row gives another value. `came`: keys of the organisations that it names."""
    values, now = _values(one, there), timezone.now()
    if "series" in one:
        values["series_id"] = series.get(fold(str(one["series"]))[:200], there.series_id)
    if "owner" in one:
        values["owner_id"] = owners.get(str(one["owner"]))
    if one.get("state") == "held":
        values["held_at"] = now
    elif one.get("state") == "cancelled":
        values |= {"cancelled_at": now, "cancel_reason": one["reason"]}
    agenda = _agenda(one, there) if {"agenda", "decisions"} & set(one) else None
    return Amended(values, agenda, came)


def _agenda(one: Document, there: Meeting) -> list[Item]:
    """The agenda anew; what was said and decided stays with a point of the same title."""
    items, last = items_and_decisions(there)
    kept = {fold(row.title): row for row in items}
    given = (
        read_agenda(str(one["agenda"]))
        if "agenda" in one
        else [Item(row.title, row.minutes) for row in items]
    )
    points = []
    for point in given:
        row = kept.get(fold(point.title))
        points.append(Item(point.title, point.minutes, row.note if row else "", row.decided if row else ""))
    decided = str(one.get("decisions") or (last.decided if last else ""))
    if decided:
        points.append(Item(last.title if last else _("Decisions"), None, last.note if last else "", decided))
    return points
