"""Goals and objectives as imports see them: told by name, added, and changed where they are there already.

{"name": "Nobody goes hungry", "about": "…", "starts_on": "2025-01-01", "ends_on": null, "state": "reached", "end_reason": "Nobody asks any more"}
{"goal": "Nobody goes hungry", "name": "Breakfast in four schools", "about": "", "due_on": "2026-06-30", "state": "", "end_reason": ""}

A blank cell changes nothing. A row may end what it names, with the reason. Indicators: `intake_indicators`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, plain, refusal
from barnraise.plumbing.journal.services import add_changes

from . import faults, services
from .models import Goal, Objective
from .models.indicator import PLACES
from .selectors import GOAL, OBJECTIVE

NO_NAME = gettext_noop("The name is missing.")
NO_GOAL = gettext_noop("There is no goal “%(said)s”. Add it first.")
NO_REASON = gettext_noop("Write why it ended: it is what others learn from.")
NO_END = gettext_noop("Say how it ended, too.")

ENDS = (
    (Goal.State.REACHED.value, Goal.State.REACHED.label),
    (Goal.State.DROPPED.value, Goal.State.DROPPED.label),
)
END_FIELDS = (
    Field("state", _("How it ended"), "choice", options=ENDS, aliases=("how it ended", "end", "ended", "como termino")),
    Field("end_reason", _("Why it ended"), aliases=("why", "why it ended", "reason", "motivo", "por que")),
)  # fmt: skip


class Named(AddedOnly):
    """What the three nouns share."""

    name: str
    kind: str
    title: Any
    fields: Sequence[Field]
    most: Mapping[str, int]
    model: Any
    only_adds = False
    told_by: Sequence[str] = ("name",)

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return self._built

    def _built(self, values: Mapping[str, Any]) -> Document:
        kinds: dict[str, list[str]] = {}
        for one in self.fields:
            kinds.setdefault(one.kind, []).append(one.name)
        most = {"end_reason": 1000, **self.most}
        texts = {name: most.get(name, 4000) for name in kinds["text"]}
        out = built(
            values,
            texts=texts,
            days=kinds.get("date", ()),
            numbers=kinds.get("number", ()),
            choices=kinds.get("choice", ()),
        )
        if not out["name"]:
            raise FieldRefused("name", "", NO_NAME)
        if out.get("state") and not out["end_reason"]:
            raise FieldRefused("end_reason", "", NO_REASON)
        if "state" in out and out["end_reason"] and not out["state"]:
            raise FieldRefused("state", "", NO_END)
        return out

    def source_key(self, document: Document) -> str:
        """The folded name, of objectives with their goal's."""
        return "|".join(fold(str(document.get(name) or "")) for name in ("goal", "name"))[:400]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change, and the name."""
        names = [one.name for one in self.fields if one.name not in (*self.told_by, "state")]
        found = {}
        for row in self._rows().filter(pk__in=keys):
            said = {name: plain(getattr(row, name)) for name in names}
            if any(one.name == "state" for one in self.fields):
                said["state"] = row.state if row.is_ended else ""
            found[row.pk] = {**said, "name": row.name}
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
        at = timezone.now()
        made = [self._add(one, by, change_set).pk for one in creates]
        for key, one in zip(made, creates, strict=True):
            end = {name: one[name] for name in ("state", "end_reason") if one.get(name)}
            if end:
                self.model.objects.filter(pk=key).update(**end, ended_on=timezone.localdate(at))
        changes = services.amend(
            self.kind, self.model, [(key, self._values(one)) for key, one in updates], at=at
        )
        add_changes(change_set=change_set, changes=changes)
        return made

    def _values(self, document: Document) -> dict[str, Any]:
        """Fields of a row as a document gives them, without those that tell which it is and those left blank."""
        out: dict[str, Any] = {}
        kinds = {one.name: one.kind for one in self.fields}
        for name, said in document.items():
            if name in self.told_by or said in (None, ""):
                continue
            kind = kinds[name]
            out[name] = day(said) if kind == "date" else _number(said) if kind == "number" else str(said)
        return out

    def _rows(self) -> Any:
        return self.model.objects.all()

    def _add(self, one: Document, by: Any, change_set: Any) -> Any:
        raise TypeError("said by each noun")


def _number(said: Any) -> Decimal:
    """A number as the database keeps it, so that an undo finds it unchanged."""
    return Decimal(said).quantize(Decimal(1).scaleb(-PLACES))


def day(value: Any) -> date | None:
    """A day of a document."""
    return date.fromisoformat(value) if value else None


def refused(row: Any, of: Callable[[Any], Mapping[str, Any]], values: Mapping[str, Any]) -> Bad | None:
    """What the room's own rules would say against the row with these values, as a refusal of its first field."""
    for name, value in values.items():
        setattr(row, name, value)
    return refusal({}, lambda: faults.check(row, dict(of(row)), leave=("created_at", "updated_at")))


class Goals(Named):
    """The noun "goals" for imports."""

    name = "goals"
    kind = GOAL
    title: Any = _("Goals")
    model: Any = Goal
    most = {"name": 200}
    fields: Sequence[Field] = (
        Field("name", _("Goal"), is_required=True, aliases=("goal", "name", "title", "meta")),
        Field("about", _("What changes, and for whom"), aliases=("about", "description", "descripcion")),
        Field("starts_on", _("From"), "date", aliases=("from", "start", "starts on", "desde")),
        Field("ends_on", _("Until"), "date", aliases=("until", "ends on", "hasta")),
        *END_FIELDS,
    )

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The goal of this name, None for a new one, or why it cannot be said. One query, and one for each row's name."""
        there = goals_of({str(one["name"]) for one in documents})
        found: list[int | None | Bad] = []
        for one in documents:
            folded = fold(str(one["name"]))[:200]
            row = there.get(folded) or Goal(name=str(one["name"]), name_folded=folded)
            found.append(refused(row, faults.of_goal, self._values(one)) or row.pk)
        return found

    def _add(self, one: Document, by: Any, change_set: Any) -> Goal:
        return services.add_goal(
            name=str(one["name"]),
            about=str(one["about"]),
            starts_on=day(one["starts_on"]),
            ends_on=day(one["ends_on"]),
            by=by,
            change_set=change_set,
        )


class Objectives(Named):
    """The noun "objectives" for imports; their goals have to be here."""

    name = "objectives"
    list_url_name = "goals:objectives"
    kind = OBJECTIVE
    title: Any = _("Objectives")
    model: Any = Objective
    most = {"name": 300, "goal": 200}
    told_by = ("goal", "name")
    fields: Sequence[Field] = (
        Field("goal", _("Goal"), is_required=True, aliases=("goal", "meta")),
        Field("name", _("Objective"), is_required=True, aliases=("objective", "name", "objetivo")),
        Field("about", _("How"), aliases=("about", "how", "description", "descripcion")),
        Field("due_on", _("Until"), "date", aliases=("due", "due on", "until", "deadline", "hasta")),
        *END_FIELDS,
    )

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The objective of this name and goal, None for a new one; Bad when its goal is not here."""
        goals = goals_of({str(one["goal"]) for one in documents})
        there = {
            (row.goal_id, row.name_folded): row
            for row in Objective.objects.select_related("goal").filter(goal__in=list(goals.values()))
        }
        found: list[int | None | Bad] = []
        for one in documents:
            goal = goals.get(fold(str(one["goal"]))[:200])
            if goal is None:
                said = str(one["goal"])
                found.append(Bad(0, "goal", said, NO_GOAL, {"said": said[:80]}))
                continue
            folded = fold(str(one["name"]))[:300]
            row = there.get((goal.pk, folded)) or Objective(
                goal=goal, name=str(one["name"]), name_folded=folded
            )
            found.append(refused(row, faults.of_objective, self._values(one)) or row.pk)
        return found

    def _add(self, one: Document, by: Any, change_set: Any) -> Objective:
        goal = goals_of({str(one["goal"])})[fold(str(one["goal"]))[:200]]
        return services.add_objective(
            goal,
            name=str(one["name"]),
            about=str(one["about"]),
            due_on=day(one["due_on"]),
            by=by,
            change_set=change_set,
        )


def goals_of(names: set[str]) -> dict[str, Goal]:
    """Goals by their folded name. One query."""
    folded = {fold(name)[:200] for name in names}
    return {row.name_folded: row for row in Goal.objects.filter(name_folded__in=folded)}
