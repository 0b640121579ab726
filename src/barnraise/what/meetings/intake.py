"""Meetings as imports see them: a list of those that were held or are planned, one row each.

    {"uuid": "", "title": "Food table", "series": "", "on": "2026-03-02", "from": "17:30", "until": "", "place": "Library", "owner": "",
     "agenda": "Budget 20\\nChairs", "notes": "", "decisions": "The kitchen is shared", "organisations": ["Oak Hill Pantry"],
     "state": "", "reason": ""}

A meeting of the past to which organisations came is held, unless its state says something else. A meeting is told by its id, or by title
and day; the rest of a row changes the one that is there while it is open, closes or cancels it. A blank changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.selectors import accounts, addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations

from .agenda import read_agenda
from .faults import Item
from .intake_cells import NO_OWNER, at_clock, built, title_of
from .intake_fields import FIELDS
from .intake_known import ENDINGS, amended, as_document, bad, ending_fault, known_fault, row_fault
from .models import Meeting, Series
from .selectors import KIND, owners
from .services import Amended, New, amend_meetings, write

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
SEVERAL_SO = gettext_noop(
    "Several say “%(said)s”. Give the id of the one you mean, as its list gives it out."
)
NO_SERIES = gettext_noop("There is no series called “%(said)s”. Begin it first.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
UNKNOWN = gettext_noop("No meeting has this id. Leave it empty to take in a new one.")


class Meetings(AddedOnly):
    """The noun "meetings" for imports."""

    name = "meetings"
    kind = KIND
    title: Any = _("Meetings")
    fields: Sequence[Field] = FIELDS
    only_adds = False

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        words = addresses_by_call(accounts())
        return lambda values: built(values, words)

    def told_in(self, document: Document) -> Collection[str]:
        """See AddedOnly. A state that is no ending is only how it stood when it was written."""
        told = {"uuid"} if document["uuid"] else {"uuid", "title", "on"}
        if not document["title"]:
            told.update(("title", "series"))
        return told if document["state"] in ENDINGS else told | {"state"}

    def same_item(self, field: str, item: Any) -> str:
        """Organisations are told by how they are called."""
        return fold(str(item))

    def source_key(self, document: Document) -> str:
        """Its id, else what and when."""
        return str(document["uuid"]) or fold(f"{title_of(document)} {document.get('on') or ''}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same meeting, None for a new one; Bad with what is not known or what its page would refuse."""
        rows, known, lines = _rows(documents), _known(documents), _Names(documents)
        accounts = {one.email for one in owners()}
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            alike = known.get(_identity(one), []) if not one["uuid"] else []
            if len(alike) > 1:
                found.append(bad("title", title_of(one), SEVERAL_SO))
                continue
            there = rows.get(str(one["uuid"])) if one["uuid"] else next(iter(alike), None)
            fault = _fault(one, there, lines, accounts)
            key = there.pk if there is not None else _identity(one)
            if fault is None and key in seen:
                fault = bad("title", title_of(one), TWICE)
            if fault is None:
                seen.add(key)
            found.append(fault or (there.pk if there is not None else None))
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
        lines, now = _Names([*creates, *(one for _key, one in updates)]), timezone.now()
        accounts = {one.email: one.pk for one in owners()}
        rows = write([_new(one, lines, accounts, now) for one in creates], by=by, at=now)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        there = {row.pk: row for row in _all().filter(pk__in=[key for key, _one in updates])}
        given = [(key, _amended(one, there[key], lines, accounts)) for key, one in updates if key in there]
        changes += amend_meetings(given, at=now)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are called."""
        return [title_of(one) for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: as_document(row) for row in _all().filter(pk__in=keys)}


def _all() -> Any:
    rows = Meeting.objects.select_related("series", "owner")
    return rows.prefetch_related("items", "attendances__organisation")


def _rows(documents: Sequence[Document]) -> dict[str, Meeting]:
    """Meetings by their id."""
    said = {str(one["uuid"]) for one in documents if one["uuid"]}
    return {str(row.uuid): row for row in _all().filter(uuid__in=said)} if said else {}


def _identity(document: Document) -> tuple[str, str]:
    return fold(title_of(document))[:200], str(document["on"])


def _known(documents: Sequence[Document]) -> dict[Any, list[Meeting]]:
    """Meetings by title and day."""
    said = {fold(title_of(one))[:200] for one in documents}
    found: dict[Any, list[Meeting]] = defaultdict(list)
    for row in _all().filter(title_folded__in=said).order_by("pk"):
        found[row.title_folded, timezone.localdate(row.starts_at).isoformat()].append(row)
    return found


class _Names:
    """Series and organisations that the rows of a file name, looked up at once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        said = {fold(str(one["series"]))[:200] for one in documents if one.get("series")}
        self.series = {row.name_folded: row for row in Series.objects.filter(name_folded__in=said)}
        texts = {str(name) for one in documents for name in one.get("organisations") or ()}
        self.bodies = organisations.named_many(texts)

    def fault(self, document: Document, there: Meeting | None) -> Bad | None:
        """What is not known of a row. Who is noted already is who is meant."""
        if document["series"] and self.series_of(document) is None:
            return bad("series", document["series"], NO_SERIES)
        noted = {fold(name) for name in as_document(there)["organisations"]} if there else set()
        for name in document["organisations"]:
            keys = self.bodies.get(name, [])
            if len(keys) != 1 and fold(name) not in noted:
                return bad("organisations", name, SEVERAL if keys else NOT_HERE)
        return None

    def series_of(self, document: Document) -> Series | None:
        """None without one."""
        return self.series.get(fold(str(document.get("series") or ""))[:200])

    def bodies_of(self, names: Sequence[str]) -> list[int]:
        """Keys of the organisations that are called so, each once."""
        return list(dict.fromkeys(self.bodies[name][0] for name in names if self.bodies.get(name)))


def _fault(one: Document, there: Meeting | None, lines: _Names, accounts: Collection[str]) -> Bad | None:
    """The first thing that the services would refuse."""
    if one["uuid"] and there is None:
        return bad("uuid", one["uuid"], UNKNOWN)
    if fault := lines.fault(one, there):
        return fault
    kept = there.owner.email if there is not None and there.owner is not None else ""
    if one["owner"] and one["owner"] not in {*accounts, kept}:
        return bad("owner", one["owner"], NO_OWNER)
    if there is not None:
        return known_fault(one, there, lines.series_of(one))
    begins = at_clock(one["on"], one["from"])
    ends = at_clock(one["on"], one["until"]) if one["until"] else None
    row = Meeting(title=title_of(one), starts_at=begins, ends_at=ends, place=one["place"], notes=one["notes"])
    return ending_fault(one, begins, has_come=bool(one["organisations"])) or row_fault(one, row)


def _amended(one: Document, there: Meeting, lines: _Names, accounts: Mapping[str, int]) -> Amended:
    noted = {fold(name) for name in as_document(there)["organisations"]}
    new = [name for name in one.get("organisations") or () if fold(name) not in noted]
    series = {name: row.pk for name, row in lines.series.items()}
    return amended(one, there, series, accounts, lines.bodies_of(new))


def _new(one: Document, lines: _Names, accounts: Mapping[str, int], now: datetime) -> New:
    begins, bodies = at_clock(one["on"], one["from"]), lines.bodies_of(one["organisations"])
    series, is_past, state = lines.series_of(one), begins <= now, one["state"]
    points = read_agenda(str(one["agenda"]))
    if one["decisions"]:
        points.append(Item(_now("Decisions"), decided=str(one["decisions"])))
    return New(
        title=title_of(one),
        starts_at=begins,
        ends_at=at_clock(one["on"], one["until"]) if one["until"] else None,
        series=series.pk if series else None,
        place=str(one["place"]),
        notes=str(one["notes"]),
        owner=accounts.get(str(one["owner"])),
        held_at=begins if is_past and bodies and state in ("", "held") else None,
        cancelled_at=now if state == "cancelled" else None,
        cancel_reason=str(one["reason"]) if state == "cancelled" else "",
        agenda=points,
        came=[(key, "came", 1) if is_past else (key, "invited", 0) for key in bodies],
    )
