"""Reports as imports see them: a list of those that are owed, one row each.

    {"name": "Report 2026", "audience": "funder", "organisation": "", "begins_on": "2026-01-01", "ends_on": "2026-12-31", "intro": ""}

A report of the same title found again is left as it is. Each is a draft with all sections that may stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .faults import report_faults
from .models import Report
from .selectors import KIND, choices
from .services import New, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no organisation “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several organisations are called “%(said)s”. Give one of its numbers.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")

FIELDS: tuple[Field, ...] = (
    Field("name", _("Title"), is_required=True, aliases=("title", "name", "report", "titulo", "informe")),
    Field("audience", _("For"), "choice", is_required=True, is_shared=True, options=Report.Audience.choices, aliases=("for", "audience", "para")),
    Field("organisation", _("Which partner"), aliases=("partner", "organisation", "organization", "organizacion")),
    Field("begins_on", _("From"), "date", is_required=True, is_shared=True, aliases=("from", "begins on", "desde")),
    Field("ends_on", _("Until"), "date", is_required=True, is_shared=True, aliases=("until", "ends on", "hasta")),
    Field("intro", _("Foreword"), aliases=("foreword", "intro", "prologo")),
)  # fmt: skip


class Reports(AddedOnly):
    """The noun "reports" for imports."""

    name = "reports"
    kind = KIND
    title: Any = _("Reports")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its title."""
        return fold(str(document.get("name") or ""))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The report of this title, None for a new one, Bad for what may not be said like that."""
        names = {fold(str(one["name"]))[:200] for one in documents}
        known = dict(Report.objects.filter(name_folded__in=names).values_list("name_folded", "pk"))
        bodies = _bodies(documents)
        seen: set[str] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = fold(str(one["name"]))[:200]
            if key in seen:
                found.append(Bad(0, "name", str(one["name"]), TWICE, {"said": str(one["name"])[:80]}))
                continue
            seen.add(key)
            found.append(known.get(key) or _fault(one, bodies))
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
        """See Noun. Reports found again are left as they are."""
        bodies = _bodies(creates)
        news = [
            New(
                name=str(one["name"]),
                audience=str(one["audience"]),
                begins_on=date.fromisoformat(str(one["begins_on"])),
                ends_on=date.fromisoformat(str(one["ends_on"])),
                organisation=bodies[str(one["organisation"])][0] if one["audience"] == "partner" else None,
                intro=str(one["intro"]),
            )
            for one in creates
        ]
        rows = write(news, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their titles."""
        return [str(one.get("name") or "") for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    out: dict[str, Any] = {"audience": values.get("audience") or ""}
    for name, most in (("name", 200), ("organisation", 300), ("intro", 4000)):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in ("begins_on", "ends_on"):
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    return out


def _bodies(documents: Sequence[Document]) -> Mapping[str, Sequence[int]]:
    return organisations.named_many({str(one["organisation"]) for one in documents if one["organisation"]})


def _fault(one: Document, bodies: Mapping[str, Sequence[int]]) -> Bad | None:
    said = str(one["organisation"])
    keys = bodies.get(said, [])
    if said and len(keys) != 1:
        return Bad(0, "organisation", said, SEVERAL if keys else NOT_HERE, {"said": said[:80]})
    row = Report(
        name=str(one["name"]),
        audience=str(one["audience"]),
        organisation=Organisation(pk=keys[0]) if keys else None,
        begins_on=date.fromisoformat(str(one["begins_on"])),
        ends_on=date.fromisoformat(str(one["ends_on"])),
        intro=str(one["intro"]),
        language=installation().default_language,
        sections=[name for name, _title in choices(str(one["audience"]))],
    )
    for field, reason in report_faults(row, others=()):
        return Bad(0, field, str(one.get(field) or ""), str(reason))
    return None
