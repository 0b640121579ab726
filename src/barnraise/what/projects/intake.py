"""Projects as imports see them: told by name, added, and changed or ended where they are there already.

{"name": "River path", "kind": "infrastructure", "about": "…", "objective": "Clean river", "starts_on": "2025-01-01", "ends_on": null,
 "state": "finished", "end_reason": "The path is open"}

A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.why.goals.models import Objective

from . import faults, services
from .models import Project
from .selectors import PROJECT
from .selectors.projects import ENDED

NO_REASON = gettext_noop("Write why it ended: it is what others learn from.")
NO_END = gettext_noop("Say how it ended, too.")
NO_OBJECTIVE = gettext_noop("There is no objective “%(said)s”, or there are several.")


class Projects(AddedOnly):
    """The noun "projects" for imports."""

    name = "projects"
    kind = PROJECT
    title: Any = _("Projects")
    fields: Sequence[Field] = (
        Field("name", _("Project"), is_required=True, aliases=("project", "name", "title", "proyecto")),
        Field(
            "kind", _("Kind"), "choice", options=tuple(Project.Kind.choices), aliases=("kind", "type", "tipo")
        ),
        Field("about", _("What is done, and for whom"), aliases=("about", "description", "descripcion")),
        Field("objective", _("Objective it serves"), aliases=("objective", "objetivo")),
        Field("starts_on", _("From"), "date", aliases=("from", "start", "starts on", "desde")),
        Field("ends_on", _("Until"), "date", aliases=("until", "ends on", "hasta")),
        Field(
            "state",
            _("How it ended"),
            "choice",
            options=tuple((one.value, one.label) for one in Project.State if one.value in ENDED),
            aliases=("how it ended", "end", "ended", "como termino"),
        ),
        Field(
            "end_reason", _("Why it ended"), aliases=("why", "why it ended", "reason", "motivo", "por que")
        ),
    )
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"kind": Project.Kind.OTHER.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """The folded name."""
        return fold(str(document["name"]))[:200]

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The project of that name, None, or why it cannot be taken."""
        folded = {fold(str(one["name"]))[:200] for one in given}
        there = {row.name_folded: row for row in Project.objects.filter(name_folded__in=folded)}
        return [_judged(one, there.get(fold(str(one["name"]))[:200])) for one in given]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change, and the name."""
        return {
            row.pk: {
                "name": row.name,
                "kind": row.kind,
                "about": squeeze(row.about),
                "objective": row.objective.name if row.objective else "",
                "starts_on": row.starts_on.isoformat() if row.starts_on else None,
                "ends_on": row.ends_on.isoformat() if row.ends_on else None,
                "state": row.state if row.is_ended else "",
                "end_reason": row.end_reason,
            }
            for row in Project.objects.select_related("objective").filter(pk__in=keys)
        }

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
        for one in creates:
            values = _sure(one)
            end = {name: values.pop(name) for name in ("state", "end_reason") if name in values}
            key = services.add_project(**values, by=by, change_set=change_set).pk
            if end:
                Project.objects.filter(pk=key).update(**end, ended_on=timezone.localdate(at))
            keys.append(key)
        changes = services.amend_projects([(key, _sure(one)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return keys

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one["name"]) for one in given]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    texts = {"name": 200, "about": 4000, "objective": 300, "end_reason": 1000}
    out = built(values, texts=texts, days=("starts_on", "ends_on"), choices=("kind", "state"))
    if bool(out["state"]) != bool(out["end_reason"]):
        raise FieldRefused(
            "end_reason" if out["state"] else "state", "", NO_REASON if out["state"] else NO_END
        )
    return out


def _values(one: Document) -> dict[str, Any] | Bad:
    """Fields that a row gives a value, or why it cannot."""
    out = given(one, days=("starts_on", "ends_on"))
    if said := str(out.get("objective", "")):
        rows = list(Objective.objects.filter(name_folded=fold(said)[:300])[:2])
        if len(rows) != 1:
            return Bad(0, "objective", said, NO_OBJECTIVE, {"said": said[:80]})
        out["objective"] = rows[0]
    return out


def _sure(one: Document) -> dict[str, Any]:
    values = _values(one)
    if isinstance(values, Bad):
        raise TypeError("A row about what is not here is refused, never written.")
    return values


def _judged(one: Document, row: Project | None) -> int | None | Bad:
    """The key of the project that is there, None for a new one, or why the row cannot be taken."""
    values = _values(one)
    if isinstance(values, Bad):
        return values
    told = row or Project(currency="USD", name=str(one["name"]), name_folded=fold(str(one["name"]))[:200])
    for name, value in values.items():
        if name != "name":
            setattr(told, name, value)
    bad = refusal(
        one, lambda: faults.check(told, faults.of_project(told), leave=("created_at", "updated_at"))
    )
    return bad or told.pk
