"""Needs as imports see them: a list of needs, one row each, told apart by title and community.

    {"title": "Evening buses", "community": "Riverbend", "assessment": "CHNA 2026", "population": "", "present": "40",
     "wanted": "90", "unit": "percent of adults", "causes": "", "about": ""}

A need that is here already (told by title and community) gets what the file says of it, and may end by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.communities.selectors import Gazetteer

from .models import Cycle, Need
from .selectors import KIND
from .services import amend, write

NO_PLACE = gettext_noop("There is no community “%(said)s” here. Add it first.")
PLACES = gettext_noop("Several communities are called “%(said)s”. Give a code of it.")
NO_CYCLE = gettext_noop("There is no assessment “%(said)s” here. Begin it first.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
BOTH = gettext_noop("Give both numbers: as it is, and as it should be; or neither.")
NO_UNIT = gettext_noop("Say what is counted: people, dollars, percent of adults.")
NO_NUMBER = gettext_noop("Write a number.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_REASON = gettext_noop("Give a reason for every need that is not addressed.")
NO_END = gettext_noop("Say how it ended, too.")
NO_TITLE = gettext_noop("Say what is lacking.")

FIELDS: tuple[Field, ...] = (
    Field("title", _("Need"), is_required=True, aliases=("need", "title", "problem", "necesidad", "problema")),
    Field("community", _("Community"), is_shared=True, aliases=("community", "place", "comunidad", "lugar")),
    Field("assessment", _("Assessment"), is_shared=True, aliases=("assessment", "cycle", "evaluacion", "diagnostico")),
    Field("population", _("Whom it concerns"), aliases=("population", "whom it concerns", "poblacion")),
    Field("present", _("As it is"), "number", aliases=("as it is", "present", "current", "actual")),
    Field("wanted", _("As it should be"), "number", aliases=("as it should be", "wanted", "target", "deseado")),
    Field("unit", _("Unit"), is_shared=True, aliases=("unit", "unidad")),
    Field("causes", _("Causes"), aliases=("causes", "root causes", "causas")),
    Field("end", _("How it ended"), "choice", options=tuple(Need.End.choices), aliases=("how it ended", "end", "ended", "como termino")),
    Field("end_reason", _("Why"), aliases=("why", "reason", "end reason", "por que", "motivo")),
    Field("about", _("About"), aliases=("about", "description", "descripcion")),
)  # fmt: skip
_TEXTS = (
    ("title", 200), ("community", 200), ("assessment", 120), ("population", 200), ("unit", 60), ("causes", 4000), ("about", 4000),
    ("end_reason", 500),
)  # fmt: skip
TEXTS = ("population", "unit", "causes", "about", "end", "end_reason")
_Line = tuple[str, int | None]


class Needs(AddedOnly):
    """The noun "needs" for imports."""

    name = "needs"
    kind = KIND
    title: Any = _("Needs")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("title", "community")

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its title and community."""
        return f"{fold(str(document['title']))}|{fold(str(document.get('community') or ''))}"[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The need of this title in this community, None for a new one; Bad when the community or assessment is not here."""
        found: list[int | None | Bad] = []
        seen: set[_Line] = set()
        abouts = places_and_cycles(documents)
        known = _known(documents)
        for document, about in zip(documents, abouts, strict=True):
            if isinstance(about, Bad):
                found.append(about)
                continue
            line = (fold(str(document["title"]))[:200], about[0])
            if line in seen:
                found.append(_bad("title", str(document["title"]), TWICE))
            else:
                found.append(known.get(line))
            seen.add(line)
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
        news, now = [], timezone.now()
        for document, about in zip(creates, places_and_cycles(creates), strict=True):
            if isinstance(about, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            numbers = {
                name: Decimal(document[name]) if document.get(name) else None
                for name in ("present", "wanted")
            }
            texts = {name: document.get(name) or "" for name in TEXTS}
            ended_at = now if document.get("end") else None
            news.append(
                {
                    "title": document["title"],
                    "community_id": about[0],
                    "cycle_id": about[1],
                    "ended_at": ended_at,
                    **numbers,
                    **texts,
                }
            )
        rows = write(news, at=now)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend([(key, _amended(one)) for key, one in updates], at=now)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = Need.objects.select_related("cycle").filter(pk__in=keys)
        return {
            row.pk: {
                **{name: getattr(row, name) for name in TEXTS},
                **{
                    name: None if (value := getattr(row, name)) is None else f"{value:f}"
                    for name in ("present", "wanted")
                },
                "assessment": row.cycle.name if row.cycle else "",
            }
            for row in rows
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The needs."""
        return [str(one["title"]) for one in documents]


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name, most in _TEXTS:
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    if not out["title"]:
        raise FieldRefused("title", "", NO_TITLE)
    for name in ("present", "wanted"):
        out[name] = _number(name, values.get(name))
    if bool(out["present"]) != bool(out["wanted"]):
        raise FieldRefused("wanted", str(out["wanted"] or ""), BOTH)
    if out["present"] and not out["unit"]:
        raise FieldRefused("unit", "", NO_UNIT)
    out["end"] = values.get("end") or ""
    if out["end"] and out["end"] != Need.End.MET and not out["end_reason"]:
        raise FieldRefused("end_reason", "", NO_REASON)
    if out["end_reason"] and not out["end"]:
        raise FieldRefused("end", "", NO_END)
    return out


def _amended(document: Document) -> dict[str, Any]:
    """Fields of a need that a row gives another value."""
    out: dict[str, Any] = {name: document[name] for name in TEXTS if name in document}
    for name in ("present", "wanted"):
        if document.get(name):
            out[name] = Decimal(document[name])
    if document.get("assessment"):
        folded = fold(str(document["assessment"]))[:120]
        out["cycle"] = Cycle.objects.filter(name_folded=folded).order_by("pk").first()
    return out


def _number(name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value)).quantize(Decimal("0.0001"))
    except InvalidOperation:
        raise FieldRefused(name, str(value), NO_NUMBER) from None
    if abs(number) >= Decimal(10) ** 13:
        raise FieldRefused(name, str(value), NO_NUMBER)
    return f"{number:f}"


def places_and_cycles(documents: Sequence[Document]) -> list[tuple[int | None, int | None] | Bad]:
    """(community, assessment) of each row by their names, or why one of them is not known. Four queries."""
    gazetteer = Gazetteer()
    names = {fold(str(one["assessment"]))[:120] for one in documents if one.get("assessment")}
    cycles = dict(
        Cycle.objects.filter(name_folded__in=names).order_by("-pk").values_list("name_folded", "pk")
    )
    found: list[tuple[int | None, int | None] | Bad] = []
    for one in documents:
        place, cycle = str(one.get("community") or ""), str(one.get("assessment") or "")
        places = gazetteer.find(place) if place else []
        if place and len(places) != 1:
            found.append(_bad("community", place, PLACES if places else NO_PLACE))
        elif cycle and fold(cycle)[:120] not in cycles:
            found.append(_bad("assessment", cycle, NO_CYCLE))
        else:
            key = cycles[fold(cycle)[:120]] if cycle else None
            found.append((places[0][0] if places else None, key))
    return found


def _known(documents: Sequence[Document]) -> dict[_Line, int]:
    folded = {fold(str(one["title"]))[:200] for one in documents}
    rows = Need.objects.filter(title_folded__in=folded).order_by("-pk")
    return {
        (title, place): key for title, place, key in rows.values_list("title_folded", "community_id", "pk")
    }
