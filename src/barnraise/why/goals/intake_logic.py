"""Boxes of logic models as imports see them, each with the boxes to which it leads.

    {"goal": "Every child eats", "stage": "activity", "text": "Cook", "objective": "", "leads_to": "Meals; Jobs", "state": ""}

A box is told by goal, column and text. `leads_to` names boxes of the same goal, here or in the same file: arrows lead to these and to no
others. *Taken away* takes a box with its arrows out of the model. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, refusal
from barnraise.plumbing.imports.sockets.leaving import STATE, leaving, parted

from . import services
from .intake import NO_GOAL, goals_of
from .logic import loop
from .models import Goal, LogicArrow, LogicStep, Objective

NO_OBJECTIVE = gettext_noop("This goal has no objective “%(said)s”. Add it first.")
NO_STEP = gettext_noop("There is no step “%(said)s” in the logic model of this goal, nor in this file.")
LOOP = gettext_noop("This arrow would make a loop: %(way)s.")
Arrows = dict[str, set[str]]


class LogicSteps(AddedOnly):
    """The noun "logic_steps" for imports."""

    name = "logic_steps"
    list_url_name = "goals:logic_steps"
    kind = LogicStep._meta.label_lower
    title: Any = _("Logic models")
    only_adds = False
    told_by = ("goal", "stage", "text")
    fields: Sequence[Field] = (
        Field("goal", _("Goal"), is_required=True, is_shared=True, aliases=("goal", "meta")),
        Field("stage", _("Column"), "choice", is_required=True, options=tuple(LogicStep.Stage.choices), aliases=("column", "stage", "columna")),
        Field("text", _("Step"), is_required=True, aliases=("step", "text", "what", "paso", "texto")),
        Field("objective", _("Objective"), hint=_("Only an outcome is an objective."), aliases=("objective", "objetivo")),
        Field("leads_to", _("Leads to"), hint=_("Steps of the same goal, parted by semicolons."), aliases=("leads to", "then", "lleva a")),
        STATE,
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""

        def build(values: Mapping[str, Any]) -> Document:
            texts = {"goal": 200, "text": 200, "objective": 300, "leads_to": 4000}
            out = built(values, texts=texts, choices=("stage", "state"))
            return {**out, "leads_to": _joined(_parts(out["leads_to"]))}

        return build

    def source_key(self, document: Document) -> str:
        """The goal, the column and the text."""
        return "|".join(fold(str(document[name])) for name in self.told_by)[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The box there is already, None for a new one, or why it cannot be taken."""
        goals = goals_of({str(one["goal"]) for one in documents})
        models = {key: _Model(goal) for key, goal in goals.items()}
        for one in documents:
            if (model := models.get(fold(str(one["goal"]))[:200])) is not None and not one["state"]:
                model.names.setdefault(fold(str(one["text"])), str(one["text"]))
        found: list[int | None | Bad] = []
        for one in documents:
            said = str(one["goal"])
            model = models.get(fold(said)[:200])
            found.append(
                Bad(0, "goal", said, NO_GOAL, {"said": said[:80]}) if model is None else model.judge(one)
            )
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
        """See Noun. All boxes come first, then the arrows between them."""
        goals = goals_of({str(one["goal"]) for one in creates})
        made = []
        for one in creates:
            goal = goals[fold(str(one["goal"]))[:200]]
            values = {"stage": one["stage"], "text": str(one["text"]), "objective": _objective(goal, one)}
            made.append(services.add_step(goal, **values, by=by, change_set=change_set))
        gone, left = parted(updates)
        steps = LogicStep.objects.select_related("goal").in_bulk([key for key, _one in updates])
        for key in gone:
            services.take_out_step(steps[key], change_set=change_set)
        for key, one in left:
            if one.get("objective"):
                services.amend_step(key, change_set=change_set, objective=_objective(steps[key].goal, one))
        pairs = [*zip(made, creates, strict=True), *((steps[key], one) for key, one in left)]
        for step, one in pairs:
            if one.get("leads_to"):
                keys = _keys(step.goal)
                ends = {keys[fold(said)] for said in _parts(str(one["leads_to"])) if fold(said) in keys}
                services.lead_to(step, ends, change_set=change_set)
        return [step.pk for step in made]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What, and of which goal."""
        return [f"{one['text']}, {one['goal']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        ends: dict[int, list[str]] = {}
        arrows = LogicArrow.objects.filter(start_id__in=keys).values_list("start_id", "end__text")
        for key, text in arrows:
            ends.setdefault(key, []).append(text)
        rows = LogicStep.objects.select_related("objective").filter(pk__in=keys)
        return {
            row.pk: {
                "objective": row.objective.name if row.objective else "",
                "leads_to": _joined(ends.get(row.pk, [])),
                "state": "",
            }
            for row in rows
        }


class _Model:
    """The model of one goal as it stands, and as the rows judged so far would make it."""

    def __init__(self, goal: Goal) -> None:
        rows = list(LogicStep.objects.filter(goal=goal).order_by("-pk"))
        self.goal = goal
        self.there = {(row.stage, fold(row.text)): row.pk for row in rows}
        self.names = {fold(row.text): row.text for row in rows}
        self.arrows: Arrows = {}
        for start, end in LogicArrow.objects.filter(start__goal=goal).values_list("start__text", "end__text"):
            self.arrows.setdefault(fold(start), set()).add(fold(end))

    def judge(self, one: Document) -> int | None | Bad:
        """The key of the box, None for a new one, or why it cannot be taken."""
        text = str(one["text"])
        key = self.there.get((str(one["stage"]), fold(text)))
        if one["state"]:
            return leaving(key)
        objective = _objective(self.goal, one)
        if one["objective"] and objective is None:
            return Bad(
                0, "objective", str(one["objective"]), NO_OBJECTIVE, {"said": str(one["objective"])[:80]}
            )
        values = {"stage": one["stage"], "text": text, "objective": objective}
        bad = refusal(one, partial(services.check_step, self.goal, **values))
        return bad or self._lead(fold(text), _parts(str(one["leads_to"]))) or key

    def _lead(self, start: str, said: Sequence[str]) -> Bad | None:
        strange = next((one for one in said if fold(one) not in self.names), None)
        if strange is not None:
            return Bad(0, "leads_to", strange, NO_STEP, {"said": strange[:80]})
        if not said:
            return None
        numbers = {name: at for at, name in enumerate(self.names)}
        kept = {**self.arrows, start: set()}
        for end in map(fold, said):
            pairs = [(numbers[a], numbers[b]) for a, ends in kept.items() for b in ends]
            found = loop(pairs, numbers[start], numbers[end])
            if found:
                names = list(self.names.values())
                return Bad(
                    0, "leads_to", self.names[end], LOOP, {"way": ", ".join(names[at] for at in found)}
                )
            kept[start].add(end)
        self.arrows = kept
        return None


def _parts(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


def _joined(texts: Sequence[str]) -> str:
    return "; ".join(sorted({fold(one): one for one in texts}.values(), key=fold))


def _objective(goal: Goal, one: Document) -> Objective | None:
    folded = fold(str(one.get("objective") or ""))[:300]
    return Objective.objects.filter(goal=goal, name_folded=folded).first() if folded else None


def _keys(goal: Goal) -> dict[str, int]:
    rows = LogicStep.objects.filter(goal=goal).order_by("-pk")
    return {fold(text): key for key, text in rows.values_list("pk", "text")}
