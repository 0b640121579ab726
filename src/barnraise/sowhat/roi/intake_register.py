"""Lines of registers as imports see them: one row each; an outcome that is new is added.

    {"valuation": "What the kitchens are worth", "outcome": "Children at breakfast", "kind": "proxy", "low": "220", "base": "260",
     "high": "310", "source": "School study 2025", "url": "", "seen_on": null, "is_taken_out": null}

A line is told by valuation, outcome and assumption; the rest of a row changes the one that is there, or takes it out.
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
from barnraise.plumbing.imports.sockets.cells import NOT_A_NUMBER, built, first_change, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse

from .faults import MOST, assumption_faults
from .models import KINDS_OF_WHOLE, Assumption, Outcome, Valuation
from .services import ASSUMPTION, Line, amend_lines, write_lines

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_VALUATION = gettext_noop("There is no valuation “%(said)s” here. Take it in first.")
ENDED = gettext_noop("The valuation “%(said)s” has ended.")
NO_OUTCOME = gettext_noop("Say of which outcome this is assumed.")
NOT_THERE = gettext_noop("This line does not stand in the register.")

YES_NO = (("yes", _("Yes")), ("no", _("No")))
LINE: tuple[Field, ...] = (
    Field("valuation", _("Valuation"), is_required=True, is_shared=True, aliases=("valuation", "valoracion")),
    Field("outcome", _("Outcome"), aliases=("outcome", "what changed", "resultado")),
    Field("kind", _("Assumption"), "choice", is_required=True, options=tuple(Assumption.Kind.choices), aliases=("assumption", "kind", "supuesto")),
    Field("low", _("Low"), "number", aliases=("low", "bajo")),
    Field("base", _("Base"), "number", is_required=True, aliases=("base", "value", "valor")),
    Field("high", _("High"), "number", aliases=("high", "alto")),
    Field("source", _("Source"), aliases=("source", "fuente")),
    Field("url", _("Address of the source"), aliases=("url", "address", "address of the source", "direccion de la fuente")),
    Field("seen_on", _("Seen on"), "date", aliases=("seen on", "visto el")),
    Field("is_taken_out", _("Taken out"), "choice", options=YES_NO, aliases=("taken out", "remove", "quitado", "quitar")),
)  # fmt: skip
NUMBERS = ("base", "low", "high")


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


class Register(AddedOnly):
    """The noun "assumptions" for imports."""

    name = "assumptions"
    list_url_name = "roi:assumptions"
    kind = ASSUMPTION
    title: Any = _("Assumptions of valuations")
    fields: Sequence[Field] = LINE
    only_adds = False
    told_by = ("valuation", "outcome", "kind")
    fills: Mapping[str, Any] = {"is_taken_out": False}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun. What is low and high where only a base stands is the base."""
        return _line_document

    def source_key(self, document: Document) -> str:
        """Valuation, outcome and assumption."""
        said = (document.get("valuation"), document.get("outcome"), document.get("kind"))
        return fold(" ".join(str(one or "") for one in said))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The line that stands there, None for a new one, Bad for what may not be said like that."""
        valuations = _valuations(documents)
        known = _known(valuations)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            said = str(one["valuation"])
            owner = valuations.get(fold(said)[:200])
            if owner is None:
                found.append(_bad("valuation", said, NO_VALUATION))
                continue
            key = (owner.pk, fold(str(one["outcome"]))[:200], str(one["kind"]))
            row = known.get(key)
            bad = _bad("kind", str(one["kind"]), TWICE) if key in seen else _fault(one, owner, row)
            seen.add(key)
            found.append(bad or (row.pk if row is not None else None))
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
        valuations = _valuations(creates)
        at = timezone.now()
        rows = write_lines(
            [_line(one, valuations[fold(str(one["valuation"]))[:200]]) for one in creates], at=at
        )
        changes = [Change(kind=ASSUMPTION, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend_lines([(key, _amended(one)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in Assumption.objects.filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Outcome and assumption."""
        return [f"{one.get('outcome') or ''} {one.get('kind') or ''}".strip() for one in documents]


def _line_document(values: Mapping[str, Any]) -> Document:
    texts = {"valuation": 200, "outcome": 200, "source": MOST["source"], "url": MOST["source_url"]}
    out = built(
        values, texts=texts, days=("seen_on",), flags=("is_taken_out",), choices=("kind",), numbers=NUMBERS
    )
    for name in NUMBERS:
        number = Decimal(out[name] if out[name] is not None else out["base"])
        if abs(number) >= Decimal(10) ** 11:
            raise FieldRefused(name, str(out[name]), NOT_A_NUMBER, said=str(out[name])[:40])
        out[name] = _plain(number)
    return out


def _plain(number: Decimal) -> str:
    return format(round(number, 6).normalize(), "f")


def _document(row: Assumption) -> Document:
    """What of a line a file may change."""
    return {
        **{name: _plain(getattr(row, name)) for name in NUMBERS},
        "source": row.source,
        "url": row.source_url,
        "seen_on": row.seen_on.isoformat() if row.seen_on else None,
        "is_taken_out": False,
    }


def _line(one: Document, owner: Valuation) -> Line:
    return Line(
        valuation=owner.pk,
        outcome=str(one["outcome"]),
        kind=str(one["kind"]),
        low=Decimal(str(one["low"])),
        base=Decimal(str(one["base"])),
        high=Decimal(str(one["high"])),
        source=str(one["source"]),
        source_url=str(one["url"]),
        seen_on=_day(one["seen_on"]),
    )


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _amended(one: Document) -> dict[str, Any]:
    """Fields of a line that a row gives another value."""
    out: dict[str, Any] = {name: Decimal(str(one[name])) for name in NUMBERS if one.get(name) is not None}
    out |= {
        field: one[name] for name, field in (("source", "source"), ("url", "source_url")) if one.get(name)
    }
    if one.get("seen_on"):
        out["seen_on"] = _day(one["seen_on"])
    return {**out, "is_taken_out": True} if one.get("is_taken_out") else out


def _valuations(documents: Sequence[Document]) -> dict[str, Valuation]:
    names = {fold(str(one["valuation"]))[:200] for one in documents}
    return {row.name_folded: row for row in Valuation.objects.filter(name_folded__in=names)}


def _known(valuations: Mapping[str, Valuation]) -> dict[Any, Assumption]:
    rows = Assumption.objects.select_related("outcome").filter(valuation__in=list(valuations.values()))
    return {(row.valuation_id, row.outcome.name_folded if row.outcome else "", row.kind): row for row in rows}


def _fault(one: Document, owner: Valuation, there: Assumption | None) -> Bad | None:
    """Why the line may not be said, changed or taken out so."""
    if owner.ended_on is not None and (there is None or first_change(one, _document(there))):
        return _bad("valuation", owner.name, ENDED)
    if one["is_taken_out"] and there is None:
        return _bad("is_taken_out", "yes", NOT_THERE)
    kind = str(one["kind"])
    if kind not in KINDS_OF_WHOLE and not one["outcome"]:
        return _bad("outcome", "", NO_OUTCOME)
    row = Assumption(
        valuation=owner,
        outcome=there.outcome if there is not None else _outcome(one, owner),
        kind=kind,
        **{name: Decimal(str(one[name])) for name in NUMBERS},
        source=str(one["source"]),
        source_url=str(one["url"]),
    )
    return refusal(one, lambda: refuse(assumption_faults(row)), {"source_url": "url"})


def _outcome(one: Document, owner: Valuation) -> Outcome | None:
    if str(one["kind"]) in KINDS_OF_WHOLE:
        return None
    held = Outcome.objects.filter(valuation=owner, name_folded=fold(str(one["outcome"]))[:200]).first()
    return held or Outcome(valuation=owner, name=str(one["outcome"]))
