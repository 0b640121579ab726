"""Assessments as imports see them, told by name; a row about one that is here changes, closes or reopens it.

{"name": "CHNA 2026", "starts_on": "2026-01-01", "community": "Riverbend", "ends_on": null, "next_due_on": "2029-01-01", "variant": "uic",
 "about": "", "state": "closed"}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, plain, refusal
from barnraise.plumbing.journal.services import add_changes

from . import facing
from .intake import places_and_cycles
from .models import Cycle
from .selectors import CYCLE
from .services import add_cycle, amend_cycles, check_cycle

SEVERAL = gettext_noop("Several assessments are called “%(said)s”. Change them on their pages.")
STATES = (("open", _("Under way")), ("closed", _("Closed")))
DAYS = ("starts_on", "ends_on", "next_due_on")


class Assessments(AddedOnly):
    """The noun "assessments" for imports."""

    name = "assessments"
    list_url_name = "needs:cycles"
    kind = CYCLE
    title: Any = _("Assessments")
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"state": "open", "variant": "uic"}
    fields: Sequence[Field] = (
        Field("name", _("Name"), is_required=True, aliases=("name", "assessment", "title", "nombre", "evaluacion", "diagnostico")),
        Field("starts_on", _("Begins on"), "date", is_required=True, is_shared=True, aliases=("begins on", "begins", "start", "from", "comienza el")),
        Field("community", _("Community"), is_shared=True, aliases=("community", "place", "comunidad", "lugar")),
        Field("ends_on", _("Ends on"), "date", is_shared=True, aliases=("ends on", "ends", "end", "until", "termina el")),
        Field("next_due_on", _("Next one due on"), "date", is_shared=True, aliases=("next one due on", "next due", "due", "proxima")),
        Field("variant", _("Formula"), "choice", is_shared=True, options=tuple(facing.VARIANTS.items()), aliases=("formula", "variant")),
        Field("about", _("About"), aliases=("about", "description", "descripcion")),
        Field("state", _("State"), "choice", options=STATES, aliases=("state", "estado")),
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        texts = {"name": 120, "community": 200}
        return partial(built, texts=texts, lines={"about": 4000}, days=DAYS, choices=("variant", "state"))

    def source_key(self, document: Document) -> str:
        """Its name."""
        return fold(str(document["name"]))[:120]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The assessment of this name, None for a new one, or why it cannot be taken."""
        there = _there(documents)
        found: list[int | None | Bad] = []
        for one, about in zip(documents, places_and_cycles(documents), strict=True):
            if isinstance(about, Bad):
                found.append(about)
                continue
            said = str(one["name"])
            same = there.get(fold(said)[:120], [])
            if len(same) > 1:
                found.append(Bad(0, "name", said, SEVERAL, {"said": said[:80]}))
                continue
            row = same[0] if same else None
            key = row.pk if row else None
            found.append(refusal(one, partial(check_cycle, row, **_values(one, about[0]))) or key)
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
        now, keys = timezone.now(), []
        for one, about in zip(creates, places_and_cycles(creates), strict=True):
            place = None if isinstance(about, Bad) else about[0]
            values = _values(one, place)
            values["ended_at"] = now if one["state"] == "closed" else None
            keys.append(add_cycle(**values, by=by, change_set=change_set).pk)
        changed = []
        for (key, one), about in zip(updates, places_and_cycles([one for _key, one in updates]), strict=True):
            values = _values(one, None if isinstance(about, Bad) else about[0])
            if one.get("state"):
                values["ended_at"] = now if one["state"] == "closed" else None
            changed.append((key, values))
        add_changes(change_set=change_set, changes=amend_cycles(changed, at=now))
        return keys

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = Cycle.objects.select_related("community").defer("community__boundary").filter(pk__in=keys)
        return {
            row.pk: {
                **{name: plain(getattr(row, name)) for name in (*DAYS, "variant", "about")},
                "community": row.community.name if row.community else "",
                "state": "closed" if row.ended_at else "open",
            }
            for row in rows
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _values(one: Document, place: int | None) -> dict[str, Any]:
    """The fields of an assessment that a row says something of."""
    out = given({name: value for name, value in one.items() if name not in ("community", "state")}, days=DAYS)
    return {**out, "community_id": place} if place else out


def _there(documents: Sequence[Document]) -> dict[str, list[Cycle]]:
    folded = {fold(str(one["name"]))[:120] for one in documents}
    found: dict[str, list[Cycle]] = {}
    for row in Cycle.objects.filter(name_folded__in=folded).order_by("pk"):
        found.setdefault(row.name_folded, []).append(row)
    return found
