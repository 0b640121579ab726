"""Indicators as imports see them: told by name, added, and changed or ended where they are there already.

{"name": "Children at breakfast", "objective": "Breakfast in four schools", "unit": "children", "baseline_value": "20", …, "end_reason": ""}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document, Field

from . import faults, services
from .intake import Named, refused
from .models import Indicator, Objective
from .selectors import INDICATOR

NO_OBJECTIVE = gettext_noop("There is no objective “%(said)s”. Add it first.")
SEVERAL_OBJECTIVES = gettext_noop("Several goals have an objective “%(said)s”.")


class Indicators(Named):
    """The noun "indicators" for imports; their objectives have to be here."""

    name = "indicators"
    list_url_name = "goals:indicators"
    kind = INDICATOR
    title: Any = _("Indicators")
    model: Any = Indicator
    fills: Mapping[str, Any] = {
        "direction": Indicator.Direction.UP.value,
        "rule": Indicator.Rule.SUM.value,
        "frequency": Indicator.Frequency.QUARTER.value,
    }
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
        Field(
            "end_reason", _("Why it ended"), hint=_("A reason ends the indicator: no value is asked of it any more."),
            aliases=("why it ended", "ended", "end reason", "motivo"),
        ),
    )  # fmt: skip

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The indicator of this name, None for a new one, or why it cannot be said."""
        folded = {fold(str(one["name"]))[:200] for one in documents}
        there = {row.name_folded: row for row in self._rows().filter(name_folded__in=folded)}
        found: list[int | None | Bad] = []
        for one in documents:
            values = self._values(one)
            if isinstance(bad := values.get("objective"), Bad):
                found.append(bad)
                continue
            name = fold(str(one["name"]))[:200]
            row = there.get(name) or Indicator(name=str(one["name"]), name_folded=name)
            found.append(refused(row, faults.of_indicator, values) or row.pk)
        return found

    def _values(self, document: Document) -> dict[str, Any]:
        values = super()._values(document)
        if "objective" in values:
            values["objective"] = _objective(values["objective"])
        return values

    def _rows(self) -> Any:
        return Indicator.objects.select_related("objective")

    def _add(self, one: Document, by: Any, change_set: Any) -> Indicator:
        values = {name: value for name, value in self._values(one).items() if name != "end_reason"}
        return services.add_indicator(name=str(one["name"]), **values, by=by, change_set=change_set)


def _objective(said: str) -> Objective | Bad:
    rows = list(Objective.objects.filter(name_folded=fold(said)[:300])[:2])
    if len(rows) == 1:
        return rows[0]
    reason = SEVERAL_OBJECTIVES if rows else NO_OBJECTIVE
    return Bad(0, "objective", said, reason, {"said": said[:80]})
