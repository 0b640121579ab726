"""Locks of periods as imports see them: the number of one indicator and one period that was told outside.

    {"indicator": "Children at breakfast", "period": "2026-04-01"}

From then on a change of that number is a restatement. A period that is locked already stays as it is; one that is not over, or that has no number,
is refused. The undo unlocks what nobody restated since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.periods import parse
from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built
from barnraise.why.goals.models import Indicator

from .intake import NO_INDICATOR, NOT_A_PERIOD
from .models import Observation
from .selectors import OBSERVATION
from .services import lock_by_file
from .spans import span_of

NOT_OVER = gettext_noop("The period is not over yet. Lock it when it is.")
NO_NUMBER = gettext_noop("“%(said)s” has no number for this period that could be locked.")


class Locks(AddedOnly):
    """The noun "period_locks" for imports."""

    name = "period_locks"
    list_url_name = "indicators:list"
    kind = OBSERVATION
    title: Any = _("Locks of periods")
    fields: Sequence[Field] = (
        Field("indicator", _("Indicator"), is_required=True, is_shared=True, aliases=("indicator", "measure", "indicador")),
        Field(
            "period", _("Period"), is_required=True, is_shared=True, hint=_("2026, 2026 Q2, 2026-05, or a day of the period"),
            aliases=("period", "quarter", "month", "date", "periodo", "fecha"),
        ),
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Indicator and first day."""
        return f"{fold(str(document['indicator']))}|{document['period']}"[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The number that is locked already, None for one to lock, or why it cannot be."""
        found: list[int | None | Bad] = []
        for one, row in zip(documents, _numbers(documents), strict=True):
            found.append(row if isinstance(row, Bad) else row.pk if row.is_locked else _too_early(one, row))
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
        rows = [row for row in _numbers(creates) if isinstance(row, Observation)]
        lock_by_file(rows, by=by, change_set=change_set)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Indicator and day."""
        return [f"{one['indicator']}, {one['period']}" for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    said = str(values.get("period") or "").strip()
    try:
        begins = parse(said).begins.isoformat()
    except ValueError:
        raise FieldRefused("period", said, NOT_A_PERIOD, said=said[:40]) from None
    return {**built(values, texts={"indicator": 200}), "period": begins}


def _numbers(documents: Sequence[Document]) -> list[Observation | Bad]:
    """The number that each row is about. Two queries."""
    folded = {fold(str(one["indicator"]))[:200] for one in documents}
    indicators = {row.name_folded: row for row in Indicator.objects.filter(name_folded__in=folded)}
    rows = Observation.objects.filter(indicator__in=list(indicators.values()))
    there = {(row.indicator_id, row.begins_on): row for row in rows}
    found: list[Observation | Bad] = []
    for one in documents:
        said = str(one["indicator"])
        indicator = indicators.get(fold(said)[:200])
        if indicator is None:
            found.append(Bad(0, "indicator", said, NO_INDICATOR, {"said": said[:80]}))
            continue
        begins = span_of(indicator.frequency, date.fromisoformat(str(one["period"]))).begins
        missing = Bad(0, "period", str(one["period"]), NO_NUMBER, {"said": said[:80]})
        found.append(there.get((indicator.pk, begins), missing))
    return found


def _too_early(one: Document, row: Observation) -> Bad | None:
    if row.ends_on < timezone.localdate():
        return None
    return Bad(0, "period", str(one["period"]), NOT_OVER)
