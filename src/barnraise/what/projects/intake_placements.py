"""Placements as imports see them: who took a role in a project.

    {"opening": "Kitchen helper", "project": "", "person": "ana@example.org", "state": "finished", "applied_on": "2026-01-02",
     "started_on": "2026-02-01", "ended_on": "2026-05-01", "hours": "48"}

Whoever took part is somebody of the directory, by name, number or address; nobody is added to it. A placement is told by role, person and
the day of applying; the rest of a row changes the one that is there. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, plain, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.people import selectors as people

from . import services
from .models import Opening, Placement
from .selectors import PLACEMENT

NO_PERSON = gettext_noop("There is no person “%(said)s”, or there are several. Write the e-mail address.")
NO_OPENING = gettext_noop("There is no opening “%(said)s”, or there are several: name the project too.")
NEEDS_DAY = gettext_noop("Write the day on which they started.")
IN_ORDER = gettext_noop("It lies before the day before it.")
DAYS = ("applied_on", "started_on", "ended_on")
STATES = ("applied", "started", "finished", "left")


class Placements(AddedOnly):
    """The noun "placements" for imports."""

    name = "placements"
    list_url_name = "projects:placements"
    kind = PLACEMENT
    only_adds = False
    told_by = ("opening", "project", "person", "applied_on")
    title: Any = _("Placements")
    fields: Sequence[Field] = (
        Field(
            "opening",
            _("Role"),
            is_required=True,
            is_shared=True,
            aliases=("role", "opening", "position", "puesto", "plaza"),
        ),
        Field("project", _("Project"), is_shared=True, aliases=("project", "proyecto")),
        Field(
            "person",
            _("Person"),
            is_required=True,
            hint=_("Name, number or e-mail address of somebody of the directory"),
            aliases=("person", "name", "email", "e mail", "persona", "nombre", "correo"),
        ),
        Field(
            "state",
            _("State"),
            "choice",
            is_required=True,
            is_shared=True,
            options=tuple((one.value, one.label) for one in Placement.State if one.value in STATES),
            aliases=("state", "status", "estado"),
        ),
        Field(
            "applied_on",
            _("Applied on"),
            "date",
            is_required=True,
            is_shared=True,
            aliases=("applied", "applied on", "date", "solicitud", "fecha"),
        ),
        Field(
            "started_on",
            _("Started on"),
            "date",
            aliases=("started", "started on", "from", "inicio", "desde"),
        ),
        Field("ended_on", _("Ended on"), "date", aliases=("ended", "ended on", "until", "fin", "hasta")),
        Field("hours", _("Hours"), "number", aliases=("hours", "horas")),
    )

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(
            values,
            texts={"opening": 200, "project": 200, "person": 254},
            days=DAYS,
            numbers=("hours",),
            choices=("state",),
        )

    def source_key(self, document: Document) -> str:
        """Who, in which role, since when."""
        return "|".join(fold(str(document[name])) for name in self.told_by)[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The placement of this person in this role since that day, None, or why it cannot be taken."""
        openings, persons = _openings(documents), _people(documents)
        before: list[tuple[int, int, str]] = []
        found: list[int | None | Bad] = []
        for one in documents:
            opening, person = openings[_role(one)], persons[str(one["person"])]
            if opening is None:
                found.append(
                    Bad(0, "opening", str(one["opening"]), NO_OPENING, {"said": str(one["opening"])[:80]})
                )
            elif person is None:
                found.append(
                    Bad(0, "person", str(one["person"]), NO_PERSON, {"said": str(one["person"])[:80]})
                )
            else:
                rows = Placement.objects.filter(
                    opening=opening, person_id=person, applied_on=one["applied_on"]
                )
                there = rows.first()
                bad = _bad_placement(one, opening, person, before, there)
                found.append(bad or (there.pk if there else None))
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
        openings, persons = _openings(creates), _people(creates)
        keys = []
        for one in creates:
            opening, person = openings[_role(one)], persons[str(one["person"])]
            if opening is None or person is None:
                raise TypeError("A row about what is not here is refused, never written.")
            row = services.bring_placement(
                opening, person=person, **_placed(one), by=by, change_set=change_set
            )
            keys.append(row.pk)
        changed = [(key, given(one, days=DAYS, numbers=("hours",))) for key, one in updates]
        add_changes(change_set=change_set, changes=services.amend_placements(changed, at=timezone.now()))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who, and as what."""
        return [f"{one['person']}, {one['opening']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Placement.objects.filter(pk__in=keys).select_related("opening__project", "person")
        return {
            row.pk: {
                "opening": row.opening.name,
                "project": row.opening.project.name,
                "person": str(row),
                "state": row.state,
                **{name: plain(getattr(row, name)) for name in (*DAYS, "hours")},
            }
            for row in rows
        }


def _role(one: Document) -> tuple[str, str]:
    return fold(str(one["opening"])), fold(str(one["project"]))[:200]


def _openings(documents: Sequence[Document]) -> dict[tuple[str, str], Opening | None]:
    """The opening that each row names, None where there is none or several. One query."""
    names = {str(one["opening"]) for one in documents}
    rows = list(Opening.objects.filter(name__in=names).select_related("project"))
    if len({row.name for row in rows}) < len(names):
        rows = list(Opening.objects.select_related("project").order_by("pk")[:5000])
    found: dict[tuple[str, str], Opening | None] = {}
    for role in {_role(one) for one in documents}:
        name, project = role
        same = [row for row in rows if fold(row.name) == name and project in ("", row.project.name_folded)]
        found[role] = same[0] if len(same) == 1 else None
    return found


def _people(documents: Sequence[Document]) -> dict[str, int | None]:
    texts = {str(one["person"]) for one in documents}
    named = people.named_many(texts)
    # a number of theirs is looked for where neither an address nor a name is known
    found = {said: named.get(said) or people.named(said) for said in texts}
    return {said: keys[0] if len(keys) == 1 else None for said, keys in found.items()}


def _placed(one: Document) -> dict[str, Any]:
    days = {name: date.fromisoformat(one[name]) if one[name] else None for name in DAYS}
    return {
        **days,
        "state": str(one["state"]),
        "hours": Decimal(one["hours"]) if one["hours"] is not None else None,
    }


def _bad_placement(
    one: Document,
    opening: Opening,
    person: int,
    before: list[tuple[int, int, str]],
    there: Placement | None,
) -> Bad | None:
    """Why it cannot be taken; `before` are those of the rows before it that are taken: opening, person, state. It joins them.

    Of a placement that is `there` a blank is what it says.
    """
    placed = _placed(one)
    if there is not None:
        placed |= {name: getattr(there, name) for name, value in placed.items() if value is None}
    if placed["state"] in ("started", "finished", "left") and placed["started_on"] is None:
        return Bad(0, "started_on", "", NEEDS_DAY)
    days = [(name, placed[name]) for name in DAYS if placed[name]]
    for (_before, first), (name, then) in pairwise(days):
        if then < first:
            return Bad(0, name, str(one[name]), IN_ORDER)
    besides = [(who, state) for where, who, state in before if where == opening.pk]
    why = refusal(
        one,
        lambda: services.check_placement(opening, person=person, **placed, besides=besides, placement=there),
    )
    if why is None and there is None:
        before.append((opening.pk, person, placed["state"]))
    return why
