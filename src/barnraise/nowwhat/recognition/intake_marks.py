"""Marks as imports see them: every how many of an indicator a milestone is reached, one row each.

    {"uuid": "", "indicator": "Volunteer hours", "step": "1000", "words": "volunteer hours", "state": "watched"}

A mark is told by its id, else by indicator and number; with its id, another number changes it. `state` ends it. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, first_change, plain, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.why.goals.models import Indicator

from .facing import MARK_STATES
from .faults import MOST, mark_faults
from .models import Mark
from .selectors import MARK, marks_listed
from .services import amend_marks, write_marks

NO_INDICATOR = gettext_noop("There is no indicator “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several indicators are called “%(said)s”. Give them names that tell them apart.")
NO_ID = gettext_noop("There is no mark with this id here. Leave it empty for a new one.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
HAS_ENDED = gettext_noop("This mark has ended: leave it as it is, or set another one.")
NEW_ENDED = gettext_noop("There is no such mark that could end.")

FIELDS: tuple[Field, ...] = (
    Field("indicator", _("Indicator"), is_required=True, is_shared=True, aliases=("indicator", "indicador")),
    Field("step", _("Every"), is_required=True, aliases=("every", "step", "cada")),
    Field(
        "words", _("Of what"), is_required=True, may_be_blank=True, aliases=("of what", "words", "what is counted", "de que"),
        hint=_("As it follows the number: “volunteer hours”."),
    ),
    Field("state", _("State"), "choice", options=MARK_STATES, aliases=("state", "estado")),
    Field("uuid", _("Id"), aliases=("id", "uuid"), hint=_("As the list gives it out. With it, another number changes the mark.")),
)  # fmt: skip
_TEXTS = {"indicator": 300, "words": MOST["words"], "uuid": 40}


class Marks(AddedOnly):
    """The noun "marks" for imports."""

    name = "marks"
    list_url_name = "recognition:marks"
    kind = MARK
    title: Any = _("Marks")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    fills: Mapping[str, Any] = {"state": "watched"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def told_in(self, document: Document) -> Collection[str]:
        """The number too, where no id says which mark is meant."""
        return ("uuid", "indicator") if document["uuid"] else ("uuid", "indicator", "step")

    def source_key(self, document: Document) -> str:
        """Its id, else indicator and number."""
        return str(document["uuid"]) or fold(f"{document['indicator']} {document['step']}")[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The mark of this id, or that is watched with this number; None for a new one; Bad with what its page would refuse."""
        named = _indicators(documents)
        rows = list(marks_listed().filter(indicator__in={key for keys in named.values() for key in keys}))
        by_id = {str(row.uuid): row for row in rows}
        watched = {(row.indicator_id, plain(row.step)): row for row in rows if row.ended_at is None}
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            keys = named.get(fold(str(one["indicator"]))[:200], [])
            told = (keys[0] if keys else None, str(one["step"]))
            there = by_id.get(str(one["uuid"])) if one["uuid"] else watched.get((told[0] or 0, told[1]))
            fault = _named_fault(one, keys, there)
            if fault is None and ({told, there.pk if there else told} & seen):
                fault = _bad("step", one["step"], TWICE)
            fault = fault or _fault(one, keys[0], there)
            if fault is None:
                seen |= {told, there.pk if there else told}
            found.append(fault or (there.pk if there is not None else None))
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
        """See Noun. A new mark looks back once: what was passed last is a milestone."""
        at, named = timezone.now(), _indicators(creates)
        new = [
            {"indicator_id": named[fold(str(one["indicator"]))[:200]][0], **_values(one)} for one in creates
        ]
        made = write_marks(new, at=at)
        changes = [Change(kind=MARK, key=row.pk, action=Change.Action.CREATED) for row in made]
        changes += amend_marks([(key, _values(one)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in made]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _said(row) for row in marks_listed().filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Every how many of which indicator."""
        return [f"{one.get('indicator') or ''}: {one.get('step') or ''}" for one in documents]


def _bad(field: str, said: Any, reason: str) -> Bad:
    return Bad(0, field, str(said or ""), reason, {"said": str(said or "")[:80]})


def _said(row: Mark) -> Document:
    return {"step": plain(row.step), "words": row.words, "state": "ended" if row.ended_at else "watched"}


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, numbers=("step",), choices=("state",))
    try:
        out["uuid"] = str(UUID(out["uuid"])) if out["uuid"] else ""
    except ValueError:
        raise FieldRefused("uuid", out["uuid"], NO_ID) from None
    return out


def _indicators(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Keys of indicators by folded name."""
    said = {fold(str(one["indicator"]))[:200] for one in documents}
    found: dict[str, list[int]] = {}
    rows = Indicator.objects.filter(name_folded__in=said).order_by("pk")
    for name, key in rows.values_list("name_folded", "pk"):
        found.setdefault(name, []).append(key)
    return found


def _named_fault(one: Document, keys: Sequence[int], there: Mark | None) -> Bad | None:
    if len(keys) != 1 and (there is None or there.indicator_id not in keys):
        return _bad("indicator", one["indicator"], SEVERAL if keys else NO_INDICATOR)
    if one["uuid"] and there is None:
        return _bad("uuid", one["uuid"], NO_ID)
    return None


def _fault(one: Document, indicator: int, there: Mark | None) -> Bad | None:
    """The first thing that the page would refuse."""
    if there is not None and there.ended_at is not None:
        field = first_change(one, _said(there))
        return _bad(field, one[field], HAS_ENDED) if field else None
    if there is None and one["state"] == "ended":
        return _bad("state", one["state"], NEW_ENDED)

    def check() -> None:
        step = Decimal(str(one["step"])) if one["step"] else there.step if there is not None else Decimal(0)
        words = str(one["words"]) or (there.words if there is not None else "")
        key = there.pk if there is not None else None
        refuse(mark_faults(Mark(pk=key, indicator_id=indicator, step=step, words=words)))

    return refusal(one, check)


def _values(one: Document) -> dict[str, Any]:
    """Fields of a mark that a row gives."""
    out: dict[str, Any] = {"words": one["words"]} if one.get("words") else {}
    if one.get("step"):
        out["step"] = Decimal(str(one["step"]))
    if one.get("state") == "ended":
        out["ended_at"] = timezone.now()
    return out
