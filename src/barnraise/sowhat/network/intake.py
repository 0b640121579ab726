"""What partners say of each other as imports see it, from paper or another tool: one row for each of whom something is said.

    {"wave": "Spring", "giver": "Oak Hill Pantry", "taker": "Riverbend Library", "t1": 3, "t2": null, "t3": 4, "v1": 2, "v2": 3, "v3": 1,
     "state": ""}

A partner that is not in the wave yet is added. The same pair found again gets what else the row says, or ends: they do not work together. A blank
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations

from .items import ITEMS, NAMES
from .models import Tie, Wave
from .services import NewTie, amend_ties, end_ties, write_ties

KIND = "network.tie"
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no organisation “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several organisations are called “%(said)s”. Give one of its numbers.")
NO_WAVE = gettext_noop("There is no wave “%(said)s” here. Begin it first.")
CLOSED = gettext_noop("The wave “%(said)s” is closed.")
NO_TIE = gettext_noop("Nothing is said of “%(said)s” in this wave that could end.")
ITSELF = gettext_noop("“%(said)s” says this of itself.")
NO_STEP = gettext_noop("Answers run from 1 to 4 (got %(said)s); leave a skipped item empty.")

STATES = (("works", _("They work together")), ("ended", _("They do not work together")))
FIELDS: tuple[Field, ...] = (
    Field("wave", _("Wave"), is_required=True, is_shared=True, aliases=("wave", "ronda")),
    Field(
        "giver",
        _("Who says it"),
        is_required=True,
        is_shared=True,
        aliases=("from", "who says it", "giver", "de"),
    ),
    Field("taker", _("Of whom"), is_required=True, aliases=("to", "of whom", "taker", "sobre")),
    *(Field(name, text, "number", aliases=(name, f"{name[0]} {name[1]}")) for name, text in ITEMS),
    Field("state", _("State"), "choice", options=STATES, aliases=("state", "estado")),
)


class Ties(AddedOnly):
    """The noun "ties" for imports."""

    name = "ties"
    list_url_name = "network:list"
    kind = KIND
    title: Any = _("Ties between partners")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("wave", "giver", "taker")
    fills: Mapping[str, Any] = {"state": "works"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Wave and pair."""
        return fold(" ".join(str(document.get(name) or "") for name in ("wave", "giver", "taker")))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same tie, None for a new one; Bad for a wave or an organisation that is not here."""
        waves, bodies = _waves(documents), _bodies(documents)
        known = _known(list(waves.values()))
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            fault = _fault(one, waves, bodies)
            if fault is not None:
                found.append(fault)
                continue
            key = _identity(one, waves, bodies)
            if key in seen:
                found.append(_bad("taker", str(one["taker"]), TWICE))
            elif one["state"] == "ended" and key not in known:
                found.append(_bad("state", str(one["taker"]), NO_TIE))
            else:
                seen.add(key)
                found.append(known.get(key))
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
        waves, bodies = _waves(creates), _bodies(creates)
        news = [
            NewTie(*_identity(one, waves, bodies), {name: _step(one[name]) for name in NAMES})
            for one in creates
        ]
        at = timezone.now()
        rows = write_ties(news, at=at)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += end_ties([key for key, one in updates if one.get("state") == "ended"])
        changes += amend_ties(
            [(key, _amended(one)) for key, one in updates if one.get("state") != "ended"], at=at
        )
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Tie.objects.filter(pk__in=keys)
        return {row.pk: {"state": "works", **{name: getattr(row, name) for name in NAMES}} for row in rows}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who of whom."""
        return [f"{one.get('giver') or ''} → {one.get('taker') or ''}" for one in documents]


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _step(value: Any) -> int | None:
    return None if value is None else int(value)


def _amended(one: Document) -> dict[str, int]:
    return {name: int(one[name]) for name in NAMES if one.get(name) is not None}


def _built(values: Mapping[str, Any]) -> Document:
    out: dict[str, Any] = {
        name: squeeze(str(values.get(name) or "")).replace("\x00", "")[:300] for name in ("wave", "giver", "taker")
    }  # fmt: skip
    for name in NAMES:
        said = "" if values.get(name) is None else str(values[name]).strip()
        if said and said not in {"1", "2", "3", "4", "1.0", "2.0", "3.0", "4.0"}:
            raise FieldRefused(name, said, NO_STEP, said=said[:40])
        out[name] = int(said[0]) if said else None
    return {**out, "state": values.get("state") or ""}


def _waves(documents: Sequence[Document]) -> dict[str, Wave]:
    names = {fold(str(one["wave"]))[:200] for one in documents}
    return {row.name_folded: row for row in Wave.objects.filter(name_folded__in=names)}


def _bodies(documents: Sequence[Document]) -> Mapping[str, Sequence[int]]:
    return organisations.named_many({str(one[name]) for one in documents for name in ("giver", "taker")})


def _identity(
    one: Document, waves: Mapping[str, Wave], bodies: Mapping[str, Sequence[int]]
) -> tuple[int, int, int]:
    wave = waves[fold(str(one["wave"]))[:200]]
    return wave.pk, bodies[str(one["giver"])][0], bodies[str(one["taker"])][0]


def _known(waves: Sequence[Wave]) -> dict[Any, int]:
    rows = Tie.objects.filter(giver__wave__in=list(waves))
    values = rows.values_list("giver__wave_id", "giver__organisation_id", "taker__organisation_id", "pk")
    return {(wave, giver, taker): key for wave, giver, taker, key in values}


def _fault(one: Document, waves: Mapping[str, Wave], bodies: Mapping[str, Sequence[int]]) -> Bad | None:
    said = str(one["wave"])
    wave = waves.get(fold(said)[:200])
    if wave is None or wave.ended_on is not None:
        return _bad("wave", said, NO_WAVE if wave is None else CLOSED)
    for name in ("giver", "taker"):
        keys = bodies.get(str(one[name]), [])
        if len(keys) != 1:
            return _bad(name, str(one[name]), SEVERAL if keys else NOT_HERE)
    if bodies[str(one["giver"])][0] == bodies[str(one["taker"])][0]:
        return _bad("taker", str(one["taker"]), ITSELF)
    return None
