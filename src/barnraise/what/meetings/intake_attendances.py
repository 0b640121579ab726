"""Who came to meetings, as imports see it: one row for each organisation at a meeting.

    {"meeting": "Food table", "on": "2026-03-02", "organisation": "Oak Hill Pantry", "state": "came", "people": "2"}

A meeting is told by its id, or by title and day. Whoever was not asked is added; the rest of a row changes what was noted, while the
meeting is open. A number of people says that they came. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from . import selectors
from .faults import came_faults, guest_faults
from .intake_known import bad
from .models import Attendance, Meeting
from .services import NewAttendance, amend_attendances, write_attendances

NO_MEETING = gettext_noop("There is no meeting “%(said)s” on this day. Plan it first.")
SEVERAL_SO = gettext_noop("Several are called “%(said)s”. Give the day, or the id of the one you mean.")
NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
OVER = gettext_noop("This meeting is over. Open it again on its page first.")
NOT_WHOLE = gettext_noop("Write how many people came, as a whole number.")
NOBODY_CAME = gettext_noop(
    "People are counted of those who came: leave the number empty, or write that they came."
)

FIELDS: tuple[Field, ...] = (
    Field(
        "meeting", _("Meeting"), is_required=True, is_shared=True, aliases=("meeting", "title", "series", "reunion"),
        hint=_("Its title, or its id."),
    ),
    Field("on", _("On which day"), "date", is_shared=True, aliases=("date", "day", "on", "held on", "fecha")),
    Field("organisation", _("Organisation"), is_required=True, aliases=("organisation", "organization", "partner", "organizacion")),
    Field(
        "state", _("Did they come?"), "choice", options=tuple(Attendance.State.choices),
        aliases=("state", "came", "attendance", "did they come", "asistencia"),
    ),
    Field("people", _("People"), aliases=("people", "heads", "how many people", "personas")),
)  # fmt: skip
_TEXTS = {"meeting": 200, "organisation": 300}


class Attendances(AddedOnly):
    """The noun "meeting_attendances" for imports."""

    name = "meeting_attendances"
    list_url_name = "meetings:attendances"
    kind = selectors.ATTENDANCE
    title: Any = _("Who came to meetings")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("meeting", "on", "organisation")
    fills: Mapping[str, Any] = {"state": "invited", "people": ""}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Which meeting, which organisation."""
        return fold(f"{document['meeting']} {document['on'] or ''} {document['organisation']}")[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """What was noted of this organisation at this meeting, None where nothing was; Bad with what the page would refuse."""
        there = _There(documents)
        seen: set[tuple[int, int]] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            meant = there.meant(one)
            if isinstance(meant, Bad):
                found.append(meant)
                continue
            meeting, body = meant
            row = there.noted.get((meeting.pk, body.pk))
            if (meeting.pk, body.pk) in seen:
                found.append(bad("organisation", one["organisation"], TWICE))
                continue
            seen.add((meeting.pk, body.pk))
            found.append(_fault(one, meeting, body, row) or (row.pk if row is not None else None))
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
        at, there = timezone.now(), _There(creates)
        new = []
        for one in creates:
            meant = there.meant(one)
            if isinstance(meant, Bad):
                raise TypeError("A row about nothing that is known is refused, never written.")
            new.append(NewAttendance(meant[0].pk, meant[1].pk, *_becomes(one, None)))
        rows, changes = write_attendances(new, at=at)
        held = Attendance.objects.in_bulk([key for key, _one in updates])
        given = [(key, _becomes(one, held[key])) for key, one in updates if key in held]
        changes += amend_attendances(
            [(key, {"state": state, "people": many}) for key, (state, many) in given], at=at
        )
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Attendance.objects.filter(pk__in=keys)
        return {row.pk: {"state": row.state, "people": str(row.people or "")} for row in rows}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Which organisation, at which meeting."""
        return [f"{one.get('organisation') or ''}: {one.get('meeting') or ''}" for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, days=("on",), numbers=("people",), choices=("state",))
    out["people"] = out["people"] or ""
    if out["people"] and not (out["people"].isdigit() and len(out["people"]) <= 6):
        raise FieldRefused("people", out["people"], NOT_WHOLE)
    return out


class _There:
    """Meetings and organisations that the rows of a file name, and what is noted of them, looked up at once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.meetings = selectors.called({str(one["meeting"]) for one in documents})
        self.bodies = organisations.named_many({str(one["organisation"]) for one in documents})
        self.rows = Organisation.objects.in_bulk([key for keys in self.bodies.values() for key in keys])
        pairs: dict[tuple[int, int], Attendance] = {}
        keys = {row.pk for rows in self.meetings.values() for row in rows}
        for row in Attendance.objects.filter(meeting__in=keys, organisation__in=list(self.rows)):
            pairs[row.meeting_id, row.organisation_id] = row
        self.noted: Mapping[tuple[int, int], Attendance] = pairs

    def meant(self, one: Document) -> tuple[Meeting, Organisation] | Bad:
        """The meeting and the organisation, or why that is not known."""
        said, day = str(one["meeting"]), str(one["on"] or "")
        rows = [row for row in self.meetings.get(said, []) if day in ("", row.on.isoformat())]
        if len(rows) != 1:
            return bad("meeting", said, SEVERAL_SO if rows else NO_MEETING)
        keys = self.bodies.get(str(one["organisation"]), [])
        if len(keys) != 1:
            return bad("organisation", one["organisation"], SEVERAL if keys else NOT_HERE)
        return rows[0], self.rows[keys[0]]


def _becomes(one: Document, row: Attendance | None) -> tuple[str, int]:
    """State and people as they become: who did not come has no people, and a number says that they came."""
    many = str(one.get("people") or "")
    before = row.state if row is not None else Attendance.State.INVITED.value
    state = str(one.get("state") or "") or (Attendance.State.CAME.value if many else before)
    if state != Attendance.State.CAME:
        return state, 0
    return state, int(many) if many else (row.people if row is not None else 0) or 1


def _fault(one: Document, meeting: Meeting, body: Organisation, row: Attendance | None) -> Bad | None:
    """The first thing that the page would refuse."""
    state, people = _becomes(one, row)
    same = row is not None and (row.state, row.people) == (state, people)
    if not meeting.is_open:
        return None if same else bad("meeting", one["meeting"], OVER)
    if one["people"] not in ("", "0") and state != Attendance.State.CAME:
        return bad("people", one["people"], NOBODY_CAME)

    def check() -> None:
        refuse([*guest_faults([body]), *came_faults(state, people, str(body))])

    return refusal(one, check, {"organisations": "organisation", "attendance": "people"})
