"""Goals, objectives and indicators as imports see them: told by name, added, and left alone where they are there already.

{"name": "Nobody goes hungry", "about": "…", "starts_on": "2025-01-01", "ends_on": null}
{"goal": "Nobody goes hungry", "name": "Breakfast in four schools", "about": "", "due_on": "2026-06-30"}
{"name": "Children at breakfast", "objective": "Breakfast in four schools", "unit": "children", "baseline_value": "20", …}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin

from . import faults, services
from .models import Goal, Indicator, Objective
from .selectors import GOAL, INDICATOR, OBJECTIVE

NO_NAME = gettext_noop("The name is missing.")
TOO_LONG = gettext_noop("It is longer than %(most)d characters.")
NO_GOAL = gettext_noop("There is no goal “%(said)s”. Add it first.")
NO_OBJECTIVE = gettext_noop("There is no objective “%(said)s”. Add it first.")
SEVERAL_OBJECTIVES = gettext_noop("Several goals have an objective “%(said)s”.")
NOT_A_NUMBER = gettext_noop("“%(said)s” is not a number.")


class _Named(AddedOnly):
    """What the three nouns share."""

    name: str
    kind: str
    title: Any
    fields: Sequence[Field]
    most: Mapping[str, int]

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return self._built

    def _built(self, values: Mapping[str, Any]) -> Document:
        out: dict[str, Any] = {}
        for one in self.fields:
            value = values.get(one.name)
            if one.kind == "date":
                out[one.name] = value.isoformat() if isinstance(value, date) else value or None
            elif one.kind == "number":
                out[one.name] = _decimal(one.name, value)
            else:
                out[one.name] = squeeze(str(value or "")).replace("\x00", "")
                most = self.most.get(one.name, 4000)
                if len(out[one.name]) > most:
                    raise FieldRefused(one.name, out[one.name], TOO_LONG, most=most)
        if not out["name"]:
            raise FieldRefused("name", "", NO_NAME)
        return out

    def source_key(self, document: Document) -> str:
        """The folded name, of objectives with their goal's."""
        return "|".join(fold(str(document.get(name) or "")) for name in ("goal", "name"))[:400]

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in given]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. Only the name, so that what is there is never changed."""
        rows = self._model().objects.filter(pk__in=keys)
        return {row.pk: {"name": row.name} for row in rows}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. What is there already is left as it is."""
        made = [self._add(one, by, change_set) for one in creates]
        return [row.pk for row in made]

    def _model(self) -> Any:
        raise TypeError("said by each noun")

    def _add(self, one: Document, by: Any, change_set: Any) -> Any:
        raise TypeError("said by each noun")


def _decimal(name: str, value: Any) -> str | None:
    text = str(value or "").strip()
    if not text and value != 0:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10**14:
        raise FieldRefused(name, text, NOT_A_NUMBER, said=text[:40])
    return str(found)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _refused(row: Any, errors: Mapping[str, Any]) -> Bad | None:
    """What the room's own rules say against a row, as a refusal of its first field."""
    try:
        faults.check(row, dict(errors), leave=("created_at", "updated_at"))
    except ValidationError as no:
        field, reasons = next(iter(no.message_dict.items()))
        return Bad(0, field, "", str(reasons[0]))
    return None


class Goals(_Named):
    """The noun "goals" for imports."""

    name = "goals"
    kind = GOAL
    title: Any = _("Goals")
    most = {"name": 200}
    fields: Sequence[Field] = (
        Field("name", _("Goal"), is_required=True, aliases=("goal", "name", "title", "meta")),
        Field("about", _("What changes, and for whom"), aliases=("about", "description", "descripcion")),
        Field("starts_on", _("From"), "date", aliases=("from", "start", "starts on", "desde")),
        Field("ends_on", _("Until"), "date", aliases=("until", "end", "ends on", "hasta")),
    )

    def _model(self) -> Any:
        return Goal

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """See Noun."""
        folded = {fold(str(one["name"]))[:200] for one in given}
        there = dict(Goal.objects.filter(name_folded__in=folded).values_list("name_folded", "pk"))
        found: list[int | None | Bad] = []
        for one in given:
            key = there.get(fold(str(one["name"]))[:200])
            row = Goal(name=str(one["name"]), starts_on=_day(one["starts_on"]), ends_on=_day(one["ends_on"]))
            row.name_folded = fold(row.name)[:200]
            found.append(key if key is not None else _refused(row, faults.of_goal(row)))
        return found

    def _add(self, one: Document, by: Any, change_set: Any) -> Goal:
        return services.add_goal(
            name=str(one["name"]),
            about=str(one["about"]),
            starts_on=_day(one["starts_on"]),
            ends_on=_day(one["ends_on"]),
            by=by,
            change_set=change_set,
        )


class Objectives(_Named):
    """The noun "objectives" for imports; their goals have to be here."""

    name = "objectives"
    list_url_name = "goals:objectives"
    kind = OBJECTIVE
    title: Any = _("Objectives")
    most = {"name": 300, "goal": 200}
    fields: Sequence[Field] = (
        Field("goal", _("Goal"), is_required=True, aliases=("goal", "meta")),
        Field("name", _("Objective"), is_required=True, aliases=("objective", "name", "objetivo")),
        Field("about", _("How"), aliases=("about", "how", "description", "descripcion")),
        Field("due_on", _("Until"), "date", aliases=("due", "due on", "until", "deadline", "hasta")),
    )

    def _model(self) -> Any:
        return Objective

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """See Noun."""
        goals = _goals({str(one["goal"]) for one in given})
        there = {
            (row.goal_id, row.name_folded): row.pk
            for row in Objective.objects.filter(goal__in=list(goals.values()))
        }
        found: list[int | None | Bad] = []
        for one in given:
            goal = goals.get(fold(str(one["goal"]))[:200])
            if goal is None:
                said = str(one["goal"])
                found.append(Bad(0, "goal", said, NO_GOAL, {"said": said[:80]}))
                continue
            row = Objective(goal=goal, name=str(one["name"]), due_on=_day(one["due_on"]))
            row.name_folded = fold(row.name)[:300]
            key = there.get((goal.pk, row.name_folded))
            found.append(key if key is not None else _refused(row, faults.of_objective(row)))
        return found

    def _add(self, one: Document, by: Any, change_set: Any) -> Objective:
        goal = _goals({str(one["goal"])})[fold(str(one["goal"]))[:200]]
        return services.add_objective(
            goal,
            name=str(one["name"]),
            about=str(one["about"]),
            due_on=_day(one["due_on"]),
            by=by,
            change_set=change_set,
        )


def _goals(names: set[str]) -> dict[str, Goal]:
    folded = {fold(name)[:200] for name in names}
    return {row.name_folded: row for row in Goal.objects.filter(name_folded__in=folded)}


class Indicators(_Named):
    """The noun "indicators" for imports; their objectives have to be here."""

    name = "indicators"
    list_url_name = "goals:indicators"
    kind = INDICATOR
    title: Any = _("Indicators")
    most = {"name": 200, "objective": 300, "unit": 40, "source_note": 300}
    fields: Sequence[Field] = (
        Field("name", _("Measure"), is_required=True, aliases=("indicator", "measure", "name", "indicador")),
        Field("objective", _("Objective"), aliases=("objective", "objetivo")),
        Field("definition", _("What counts and what does not"), aliases=("definition", "definicion")),
        Field("unit", _("Unit"), aliases=("unit", "unidad")),
        Field("direction", _("Direction"), "choice", options=tuple(Indicator.Direction.choices), aliases=("direction",)),
        Field("rule", _("How rows become the value"), "choice", options=tuple(Indicator.Rule.choices), aliases=("rule", "aggregation")),
        Field("frequency", _("How often"), "choice", options=tuple(Indicator.Frequency.choices), aliases=("frequency", "how often")),
        Field("baseline_value", _("Baseline"), "number", aliases=("baseline", "linea de base")),
        Field("baseline_on", _("Day of the baseline"), "date", aliases=("baseline on", "baseline date")),
        Field("target_value", _("Target"), "number", aliases=("target", "meta")),
        Field("target_on", _("Day of the target"), "date", aliases=("target on", "target date")),
        Field("source_note", _("Where the numbers come from"), aliases=("source", "fuente")),
    )  # fmt: skip

    def _model(self) -> Any:
        return Indicator

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """See Noun."""
        folded = {fold(str(one["name"]))[:200] for one in given}
        there = dict(Indicator.objects.filter(name_folded__in=folded).values_list("name_folded", "pk"))
        found: list[int | None | Bad] = []
        for one in given:
            key = there.get(fold(str(one["name"]))[:200])
            objective = _objective(str(one["objective"]))
            if key is not None:
                found.append(key)
                continue
            if isinstance(objective, Bad):
                found.append(objective)
                continue
            row = Indicator(**_indicator(one), objective=objective)
            row.name_folded = fold(row.name)[:200]
            found.append(_refused(row, faults.of_indicator(row)))
        return found

    def _add(self, one: Document, by: Any, change_set: Any) -> Indicator:
        objective = _objective(str(one["objective"]))
        if isinstance(objective, Bad):
            raise TypeError("A row about what is not here is refused, never written.")
        return services.add_indicator(**_indicator(one), objective=objective, by=by, change_set=change_set)


def _objective(said: str) -> Objective | Bad | None:
    if not said:
        return None
    rows = list(Objective.objects.filter(name_folded=fold(said)[:300])[:2])
    if len(rows) == 1:
        return rows[0]
    reason = SEVERAL_OBJECTIVES if rows else NO_OBJECTIVE
    return Bad(0, "objective", said, reason, {"said": said[:80]})


def _indicator(one: Document) -> dict[str, Any]:
    values: dict[str, Any] = {name: str(one[name]) for name in ("name", "definition", "unit", "source_note")}
    for name in ("direction", "rule", "frequency"):
        if one[name]:
            values[name] = str(one[name])
    for name in ("baseline_value", "target_value"):
        values[name] = Decimal(one[name]) if one[name] is not None else None
    for name in ("baseline_on", "target_on"):
        values[name] = _day(one[name])
    return values
