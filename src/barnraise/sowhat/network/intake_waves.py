"""Waves as imports see them: when partners are asked how they work with each other, one wave a row.

    {"name": "Spring", "begins_on": "2026-03-01", "due_on": "2026-03-31", "partners": ["Oak Hill Pantry"], "about": "", "state": "closed"}

A wave is told by its name; the rest of a row changes the one that is there while it is open, adds partners to it, and closes it. Partners that a
row leaves out stay. A blank changes nothing. Nobody is written to by a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .faults import MOST, wave_faults
from .intake import NOT_HERE, SEVERAL
from .models import Member, Wave
from .selectors import KIND, listed
from .services import amend_waves, begin_wave

OPEN, CLOSED = "open", "closed"
NO_DAY = gettext_noop("Write when it begins and until when partners answer.")
IS_CLOSED = gettext_noop("This wave is closed. Open it again on its page first.")
_DAYS = ("begins_on", "due_on")

FIELDS: tuple[Field, ...] = (
    Field("name", _("Wave"), is_required=True, aliases=("wave", "name", "ronda", "nombre")),
    Field("begins_on", _("From"), "date", is_shared=True, aliases=("from", "begins", "begins on", "desde")),
    Field("due_on", _("Answer until"), "date", is_shared=True, aliases=("answer until", "until", "due", "due on", "hasta")),
    Field("partners", _("Partners asked"), "many", aliases=("partners", "partners asked", "organisations", "organizations", "aliados")),
    Field("about", _("What for"), aliases=("what for", "about", "para que")),
    Field("state", _("State"), "choice", options=((OPEN, _("Answers come in")), (CLOSED, _("Closed"))), aliases=("state", "estado")),
)  # fmt: skip


class Waves(AddedOnly):
    """The noun "waves" for imports."""

    name = "waves"
    list_url_name = "network:list"
    kind = KIND
    title: Any = _("Waves")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"state": OPEN}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        labels: dict[str, str] = {}
        return lambda values: _built(values, labels)

    def source_key(self, document: Document) -> str:
        """What it is called."""
        return fold(str(document["name"]))[:200]

    def same_item(self, field: str, item: Any) -> str:
        """A partner's name or number."""
        return fold(str(item))

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The wave of that name, None for a new one; Bad with what is wrong with it."""
        names = {self.source_key(one) for one in documents}
        rows = list(listed().filter(name_folded__in=names))
        has = _documents(rows)
        there = {row.name_folded: (row, has[row.pk]) for row in rows}
        return [_judged(one, *there.get(self.source_key(one), (None, {}))) for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return _documents(listed().filter(pk__in=keys))

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
        at, keys = timezone.now(), []
        bodies = organisations.named_many(
            {
                name
                for one in (*creates, *(one for _key, one in updates))
                for name in one.get("partners") or ()
            }
        )
        for one in creates:
            values = _values(one, bodies)
            is_closed, partners = values.pop("ended_on", None), values.pop("partners", ())
            row = begin_wave(name=str(one["name"]), **values, members=partners, by=by, change_set=change_set)
            if is_closed:
                Wave.objects.filter(pk=row.pk).update(ended_on=is_closed)
            keys.append(row.pk)
        changed = [(key, _values(one, bodies)) for key, one in updates]
        add_changes(change_set=change_set, changes=amend_waves(changed, at=at))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are called."""
        return [str(one["name"]) for one in documents]


def _built(values: Mapping[str, Any], labels: dict[str, str]) -> Document:
    """The document of mapped cells, partners as `_labels` tells them; what was looked up stays in `labels`. Raises FieldRefused."""
    out = built(values, texts={"name": MOST["name"], "about": MOST["about"]}, days=_DAYS, choices=("state",))
    said = [str(one)[:300].replace("\x00", "") for one in values.get("partners") or ()]
    new = [one for one in said if one not in labels]
    found = organisations.named_many(new) if new else {}
    for one in new:
        if len(found.get(one, ())) != 1:
            reason = SEVERAL if found.get(one) else NOT_HERE
            raise FieldRefused("partners", one, reason, said=one[:80])
    told = _labels({found[one][0] for one in new})
    labels.update((one, told[found[one][0]]) for one in new)
    return {**out, "partners": list(dict.fromkeys(labels[one] for one in said))}


def _labels(keys: Collection[int]) -> dict[int, str]:
    """How each of these partners is told from all others: by its name, else by a number of its own."""
    if not keys:
        return {}
    rows = Organisation.objects.prefetch_related("identifiers").in_bulk(list(keys))
    said = {key: [row.name, *sorted(one.value for one in row.identifiers.all())] for key, row in rows.items()}
    known = organisations.named_many({text for texts in said.values() for text in texts})
    return {
        key: next((text for text in texts if known.get(text) == [key]), texts[0])
        for key, texts in said.items()
    }


def _documents(waves: Iterable[Wave]) -> dict[int, Document]:
    rows = list(waves)
    asked: dict[int, list[int]] = {row.pk: [] for row in rows}
    members = Member.objects.filter(wave__in=rows).order_by("pk")
    for wave, key in members.values_list("wave_id", "organisation_id"):
        asked[wave].append(key)
    labels = _labels({key for keys in asked.values() for key in keys})
    return {row.pk: _document(row, [labels[key] for key in asked[row.pk]]) for row in rows}


def _document(row: Wave, partners: Sequence[str]) -> Document:
    return {
        "name": row.name,
        "begins_on": row.begins_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "partners": list(partners),
        "about": row.about,
        "state": CLOSED if row.ended_on else OPEN,
    }


def _values(one: Document, bodies: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Fields of a wave that a row gives; `partners` are the keys of all that it names."""
    out = {name: value for name, value in given(one, days=_DAYS).items() if name != "name"}
    there = [bodies.get(name, ()) for name in out.get("partners") or ()]
    out["partners"] = [keys[0] for keys in there if len(keys) == 1]
    if out.pop("state", "") == CLOSED:
        out["ended_on"] = timezone.localdate()
    return out


def _judged(one: Document, row: Wave | None, has: Document) -> int | None | Bad:
    differ = [
        name
        for name in ("begins_on", "due_on", "about", "state")
        if one[name] not in (None, "", has.get(name))
    ]
    if row is not None and row.ended_on is not None:
        if set(one["partners"]) - set(has["partners"]):
            differ.append("partners")
        return Bad(0, differ[0], str(one[differ[0]])[:80], IS_CLOSED) if differ else row.pk
    whole = {name: one[name] or has.get(name) for name in ("begins_on", "due_on", "about")}
    for name in _DAYS:
        if not whole[name]:
            return Bad(0, name, "", NO_DAY)
    wave = Wave(name=str(one["name"]), about=str(whole["about"] or ""))
    wave.begins_on, wave.due_on = (date.fromisoformat(str(whole[name])) for name in _DAYS)
    bad = refusal(one, lambda: refuse(wave_faults(wave, others=())))
    return bad or (row.pk if row is not None else None)
