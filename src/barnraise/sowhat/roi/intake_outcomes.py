"""Outcomes of valuations as imports see them: one row each, in a valuation that is there already.

    {"valuation": "What the kitchens are worth", "name": "Children at breakfast", "about": "", "counted": "indicator",
     "indicator": "Children at breakfast", "state": "", "uuid": ""}

An outcome is told by its id, else by valuation and name; with its id, another name renames it. A blank changes nothing: that no indicator
says how many any more is said by "assumed". What is assumed of an outcome comes by a file of its own (see intake_register).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, first_change
from barnraise.plumbing.imports.sockets.leaving import STATE, leaving, parted
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.why.goals.models import Indicator

from .faults import MOST
from .intake_register import ENDED, NO_VALUATION, TWICE
from .models import Outcome, Valuation
from .selectors import OUTCOME
from .services import amend_outcomes, write_outcomes

NO_ID = gettext_noop("There is no outcome with this id here.")
ELSEWHERE = gettext_noop("The outcome with this id stands in the valuation “%(said)s”.")
TAKEN = gettext_noop("Another outcome of this valuation is called “%(said)s”.")
NO_INDICATOR = gettext_noop("There is no indicator “%(said)s” here. Take it in first.")
WHICH = gettext_noop("Write which indicator says how many.")
BOTH = gettext_noop("An indicator stands here: write that an indicator says how many, or leave the indicator empty.")  # fmt: skip

BY_INDICATOR, ASSUMED = "indicator", "assumed"
COUNTED = ((BY_INDICATOR, _("By an indicator")), (ASSUMED, _("Assumed")))
FIELDS: tuple[Field, ...] = (
    Field("valuation", _("Valuation"), is_required=True, is_shared=True, aliases=("valuation", "valoracion")),
    Field("name", _("What changed"), is_required=True, aliases=("outcome", "what changed", "name", "resultado", "que cambio")),
    Field("about", _("For whom, and how it is known"), aliases=("about", "for whom and how it is known", "para quien y como se sabe")),
    Field("counted", _("How many"), "choice", options=COUNTED, aliases=("how many", "cuantos", "cuantas")),
    Field("indicator", _("Indicator that says how many"), aliases=("indicator", "indicator that says how many", "indicador")),
    STATE,
    Field("uuid", _("Id"), aliases=("id", "uuid"), hint=_("As the list gives it out. With it, another name renames the outcome.")),
)  # fmt: skip
_TEXTS = {"valuation": 200, "name": MOST["name"], "indicator": 200, "uuid": 36}


def _bad(field: str, said: Any, reason: Any) -> Bad:
    return Bad(0, field, str(said), reason, {"said": str(said)[:80]})


@dataclass(frozen=True, slots=True)
class _Here:
    """What the rows of a file name: valuations and indicators by name, outcomes by id and by valuation and name."""

    valuations: Mapping[str, Valuation]
    indicators: Mapping[str, int]
    by_id: Mapping[str, Outcome]
    named: Mapping[Any, Outcome]


class Outcomes(AddedOnly):
    """The noun "outcomes" for imports."""

    name = "outcomes"
    list_url_name = "roi:outcomes"
    kind = OUTCOME
    title: Any = _("Outcomes of valuations")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    fills: Mapping[str, Any] = {"counted": ASSUMED}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def told_in(self, document: Document) -> Collection[str]:
        """The name too, where no id says which outcome is meant."""
        return ("valuation", "uuid") if document["uuid"] else ("valuation", "uuid", "name")

    def source_key(self, document: Document) -> str:
        """Its id, else valuation and name."""
        return str(document["uuid"]) or fold(f"{document['valuation']} {document['name']}")[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The outcome of this id or name, None for a new one, or why it cannot be so."""
        here = _here(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            owner = here.valuations.get(fold(str(one["valuation"]))[:200])
            if owner is None:
                found.append(_bad("valuation", one["valuation"], NO_VALUATION))
                continue
            name = (owner.pk, fold(str(one["name"]))[:200])
            row = here.by_id.get(str(one["uuid"])) if one["uuid"] else here.named.get(name)
            bad = _twofold(one, owner, row, here.named.get(name))
            if bad is None and (name in seen or (row is not None and row.pk in seen)):
                bad = _bad("name", one["name"], TWICE)
            seen |= {name, row.pk if row is not None else name}
            found.append(bad or _judged(one, owner, row, here.indicators))
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
        here = _here([*creates, *(one for _key, one in updates)])
        rows = write_outcomes([_values(one, here) for one in creates], at=at)
        changes = [Change(kind=OUTCOME, key=row.pk, action=Change.Action.CREATED) for row in rows]
        gone, changed = parted(updates)
        changes += amend_outcomes([(key, _values(one, here)) for key, one in changed], gone=gone, at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Outcome.objects.select_related("indicator").filter(pk__in=keys)
        return {row.pk: _document(row) for row in rows}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What changed."""
        return [str(one.get("name") or "") for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, lines={"about": 1000}, choices=("counted", "state"))
    if out["uuid"]:
        try:
            out["uuid"] = str(UUID(out["uuid"]))
        except ValueError:
            raise FieldRefused("uuid", out["uuid"], NO_ID) from None
    out["counted"] = out["counted"] or (BY_INDICATOR if out["indicator"] else "")
    return out


def _document(row: Outcome) -> Document:
    """What of an outcome a file may change."""
    return {
        "name": row.name,
        "about": "\n".join(row.about.splitlines()),
        "counted": BY_INDICATOR if row.indicator else ASSUMED,
        "indicator": row.indicator.name if row.indicator else "",
        "state": "",
    }


def _here(documents: Sequence[Document]) -> _Here:
    def said(name: str) -> set[str]:
        return {fold(str(one[name]))[:200] for one in documents if one.get(name)}

    valuations = Valuation.objects.filter(name_folded__in=said("valuation"))
    indicators = Indicator.objects.filter(name_folded__in=said("indicator"))
    rows = Outcome.objects.select_related("valuation", "indicator")
    ids = {str(one["uuid"]) for one in documents if one.get("uuid")}
    named = rows.filter(valuation__in=list(valuations), name_folded__in=said("name"))
    return _Here(
        {row.name_folded: row for row in valuations},
        dict(indicators.values_list("name_folded", "pk")),
        {str(row.uuid): row for row in rows.filter(uuid__in=ids)} if ids else {},
        {(row.valuation_id, row.name_folded): row for row in named},
    )


def _twofold(one: Document, owner: Valuation, row: Outcome | None, named: Outcome | None) -> Bad | None:
    """Why id, valuation and name do not say one outcome."""
    if one["uuid"] and row is None:
        return _bad("uuid", one["uuid"], NO_ID)
    if row is not None and row.valuation_id != owner.pk:
        return _bad("valuation", row.valuation.name, ELSEWHERE)
    if named is not None and row is not None and named.pk != row.pk:
        return _bad("name", one["name"], TAKEN)
    return None


def _judged(
    one: Document, owner: Valuation, row: Outcome | None, indicators: Mapping[str, int]
) -> int | None | Bad:
    """The key of the row, None for a new one, or why it may not be said, changed or taken away so."""
    there: Document = _document(row) if row is not None else {"indicator": ""}
    if owner.ended_on is not None and (row is None or first_change(one, there)):
        return _bad("valuation", owner.name, ENDED)
    if one["state"]:
        return leaving(row.pk if row is not None else None)
    if one["indicator"] and fold(str(one["indicator"]))[:200] not in indicators:
        return _bad("indicator", one["indicator"], NO_INDICATOR)
    if one["counted"] == BY_INDICATOR and not (one["indicator"] or there["indicator"]):
        return _bad("indicator", "", WHICH)
    if one["counted"] == ASSUMED and one["indicator"] not in ("", there["indicator"]):
        return _bad("counted", one["counted"], BOTH)
    return row.pk if row is not None else None


def _values(one: Document, here: _Here) -> dict[str, Any]:
    """Fields of an outcome by what a row says; blanks say nothing."""
    out: dict[str, Any] = {name: one[name] for name in ("name", "about") if one.get(name)}
    if "valuation" in one:
        out["valuation_id"] = here.valuations[fold(str(one["valuation"]))[:200]].pk
    if one.get("counted") == ASSUMED:
        out["indicator_id"] = None
    elif one.get("indicator"):
        out["indicator_id"] = here.indicators[fold(str(one["indicator"]))[:200]]
    return out
