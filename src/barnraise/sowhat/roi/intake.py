"""Valuations and their registers as imports see them.

    {"name": "What the kitchens are worth", "of": "Kitchens for breakfast", "begins_on": "2025-01-01", "ends_on": "2026-12-31",
     "about": "", "owner": "bob@example.org"}
    {"valuation": "What the kitchens are worth", "outcome": "Children at breakfast", "kind": "proxy", "low": "220", "base": "260",
     "high": "310", "source": "School study 2025", "url": "", "seen_on": null}

What is found again by name, or by valuation, outcome and assumption, is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.what.events.models import Event
from barnraise.what.projects.models import Project

from .faults import assumption_faults, valuation_faults
from .models import KINDS_OF_WHOLE, Assumption, Outcome, Valuation
from .selectors import KIND, owners
from .services import ASSUMPTION, Line, New, write, write_lines

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no project and no event “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several projects or events are called “%(said)s”.")
NO_VALUATION = gettext_noop("There is no valuation “%(said)s” here. Take it in first.")
ENDED = gettext_noop("The valuation “%(said)s” has ended.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
NO_NUMBER = gettext_noop("“%(said)s” is not a number.")
NO_OUTCOME = gettext_noop("Say of which outcome this is assumed.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")

WHAT: tuple[Field, ...] = (
    Field("name", _("Name"), is_required=True, aliases=("name", "valuation", "nombre", "valoracion")),
    Field("of", _("Project or event"), is_required=True, is_shared=True, aliases=("project", "event", "of", "proyecto", "evento")),
    Field("begins_on", _("From"), "date", is_required=True, is_shared=True, aliases=("from", "begins", "begins on", "desde")),
    Field("ends_on", _("Until"), "date", is_required=True, is_shared=True, aliases=("until", "ends", "ends on", "hasta")),
    Field("about", _("What it values, and for whom"), aliases=("about", "what it values", "descripcion")),
    Field("owner", _("Who sees to it"), is_shared=True, aliases=("owner", "responsable"), hint=_("E-mail of an account of the team.")),
)  # fmt: skip
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
)  # fmt: skip


def _cut(values: Mapping[str, Any], most: Mapping[str, int]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, limit in most.items():
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > limit:
            raise FieldRefused(name, out[name], TOO_LONG, most=limit)
    return out


def _iso(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value or None


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _bad(field: str, said: str, reason: Any, **details: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80], **details})


class Valuations(AddedOnly):
    """The noun "valuations" for imports."""

    name = "valuations"
    list_url_name = "roi:list"
    kind = KIND
    title: Any = _("Valuations")
    fields: Sequence[Field] = WHAT

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = {one.email for one in owners()}

        def build(values: Mapping[str, Any]) -> Document:
            out = _cut(values, {"name": 200, "of": 300, "about": 2000, "owner": 254})
            if out["owner"] and out["owner"].casefold() not in accounts:
                raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"][:80])
            return {**out, "begins_on": _iso(values.get("begins_on")), "ends_on": _iso(values.get("ends_on"))}

        return build

    def source_key(self, document: Document) -> str:
        """Its name."""
        return fold(str(document.get("name") or ""))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The valuation of this name, None for a new one, Bad for what may not be said like that."""
        names = {fold(str(one["name"]))[:200] for one in documents}
        known = dict(Valuation.objects.filter(name_folded__in=names).values_list("name_folded", "pk"))
        things = _things({str(one["of"]) for one in documents})
        seen: set[str] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = fold(str(one["name"]))[:200]
            if key in seen:
                found.append(_bad("name", str(one["name"]), TWICE))
                continue
            seen.add(key)
            found.append(known.get(key) or _valuation_fault(one, things))
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
        """See Noun. Valuations found again are left as they are."""
        accounts = {one.email: one.pk for one in owners()}
        things = _things({str(one["of"]) for one in creates})
        news = [
            New(
                name=str(one["name"]),
                cites=str(things[fold(str(one["of"]))][0]),
                begins_on=date.fromisoformat(str(one["begins_on"])),
                ends_on=date.fromisoformat(str(one["ends_on"])),
                about=str(one["about"]),
                owner=accounts.get(str(one["owner"]).casefold()),
            )
            for one in creates
        ]
        rows = write(news, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _things(names: Collection[str]) -> dict[str, list[Ref]]:
    """Projects and events of these names, by folded name. Two queries."""
    folded = {fold(one) for one in names}
    found: dict[str, list[Ref]] = {}
    projects = Project.objects.filter(name_folded__in=folded).values_list("name_folded", "pk")
    events = Event.objects.filter(title_folded__in=folded).values_list("title_folded", "pk")
    for name, key in projects:
        found.setdefault(name, []).append(Ref("projects", "project", key))
    for name, key in events:
        found.setdefault(name, []).append(Ref("events", "event", key))
    return found


def _valuation_fault(one: Document, things: Mapping[str, Sequence[Ref]]) -> Bad | None:
    said = str(one["of"])
    refs = things.get(fold(said), [])
    if len(refs) != 1:
        return _bad("of", said, SEVERAL if refs else NOT_HERE)
    row = Valuation(
        name=str(one["name"]),
        about=str(one["about"]),
        cites=str(refs[0]),
        begins_on=date.fromisoformat(str(one["begins_on"])),
        ends_on=date.fromisoformat(str(one["ends_on"])),
    )
    for field, reason in valuation_faults(row, others=()):
        return Bad(0, field, str(one.get(field) or ""), str(reason))
    return None


class Register(AddedOnly):
    """The noun "assumptions" for imports: lines of registers; an outcome that is new is added."""

    name = "assumptions"
    list_url_name = "roi:assumptions"
    kind = ASSUMPTION
    title: Any = _("Assumptions of valuations")
    fields: Sequence[Field] = LINE

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
            if owner is None or owner.ended_on is not None:
                found.append(_bad("valuation", said, NO_VALUATION if owner is None else ENDED))
                continue
            key = (owner.pk, fold(str(one["outcome"]))[:200], str(one["kind"]))
            if key in seen:
                found.append(_bad("kind", str(one["kind"]), TWICE))
                continue
            seen.add(key)
            found.append(known.get(key) or _line_fault(one, owner))
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
        """See Noun. Lines found again are left as they are."""
        valuations = _valuations(creates)
        lines = [
            Line(
                valuation=valuations[fold(str(one["valuation"]))[:200]].pk,
                outcome=str(one["outcome"]),
                kind=str(one["kind"]),
                low=Decimal(str(one["low"])),
                base=Decimal(str(one["base"])),
                high=Decimal(str(one["high"])),
                source=str(one["source"]),
                source_url=str(one["url"]),
                seen_on=_day(one["seen_on"]),
            )
            for one in creates
        ]
        rows = write_lines(lines, at=timezone.now())
        changes = [Change(kind=ASSUMPTION, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Outcome and assumption."""
        return [f"{one.get('outcome') or ''} {one.get('kind') or ''}".strip() for one in documents]


def _line_document(values: Mapping[str, Any]) -> Document:
    out = _cut(values, {"valuation": 200, "outcome": 200, "source": 300, "url": 500})
    out["kind"] = values.get("kind") or ""
    out["seen_on"] = _iso(values.get("seen_on"))
    for name in ("base", "low", "high"):
        said = "" if values.get(name) is None else str(values.get(name)).strip()
        try:
            number = Decimal(said) if said else Decimal(out["base"])
        except (InvalidOperation, KeyError):
            raise FieldRefused(name, said, NO_NUMBER, said=said[:40]) from None
        if not number.is_finite() or abs(number) >= Decimal(10) ** 11:
            raise FieldRefused(name, said, NO_NUMBER, said=said[:40])
        out[name] = format(round(number, 6).normalize(), "f")
    return out


def _valuations(documents: Sequence[Document]) -> dict[str, Valuation]:
    names = {fold(str(one["valuation"]))[:200] for one in documents}
    return {row.name_folded: row for row in Valuation.objects.filter(name_folded__in=names)}


def _known(valuations: Mapping[str, Valuation]) -> dict[Any, int]:
    rows = Assumption.objects.filter(valuation__in=list(valuations.values()))
    found = rows.values_list("valuation_id", "outcome__name_folded", "kind", "pk")
    return {(owner, outcome or "", kind): key for owner, outcome, kind, key in found}


def _line_fault(one: Document, owner: Valuation) -> Bad | None:
    kind = str(one["kind"])
    if kind not in KINDS_OF_WHOLE and not one["outcome"]:
        return _bad("outcome", "", NO_OUTCOME)
    outcome = None
    if kind not in KINDS_OF_WHOLE:
        folded = fold(str(one["outcome"]))[:200]
        held = Outcome.objects.filter(valuation=owner, name_folded=folded).first()
        outcome = held or Outcome(valuation=owner, name=str(one["outcome"]))
    row = Assumption(
        valuation=owner,
        outcome=outcome,
        kind=kind,
        low=Decimal(str(one["low"])),
        base=Decimal(str(one["base"])),
        high=Decimal(str(one["high"])),
        source=str(one["source"]),
        source_url=str(one["url"]),
    )
    for field, reason in assumption_faults(row):
        column = "url" if field == "source_url" else field
        return Bad(0, column, str(one.get(column) or ""), str(reason))
    return None
