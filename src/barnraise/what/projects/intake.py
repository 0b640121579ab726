"""Projects as imports see them: told by name, added, and left alone where they are there already.

{"name": "River path", "kind": "infrastructure", "about": "…", "objective": "Clean river", "starts_on": "2025-01-01", "ends_on": null}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.why.goals.models import Objective

from . import faults, services
from .models import Project
from .selectors import PROJECT

TOO_LONG = gettext_noop("It is longer than %(most)d characters.")
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
        Field("ends_on", _("Until"), "date", aliases=("until", "end", "ends on", "hasta")),
    )

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """The folded name."""
        return fold(str(document["name"]))[:200]

    def find(self, given: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The project of that name, None, or why it cannot be taken."""
        folded = {fold(str(one["name"]))[:200] for one in given}
        there = dict(Project.objects.filter(name_folded__in=folded).values_list("name_folded", "pk"))
        found: list[int | None | Bad] = []
        for one in given:
            key = there.get(fold(str(one["name"]))[:200])
            found.append(key if key is not None else _refused(one))
        return found

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. Only the name, so that what is there is never changed."""
        return {row.pk: {"name": row.name} for row in Project.objects.filter(pk__in=keys)}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. What is there already is left as it is."""
        keys = []
        for one in creates:
            values = _values(one)
            if isinstance(values, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            keys.append(services.add_project(**values, by=by, change_set=change_set).pk)
        return keys

    def titles(self, given: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one["name"]) for one in given]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"kind": values.get("kind") or Project.Kind.OTHER.value}
    for name, most in (("name", 200), ("about", 4000), ("objective", 300)):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in ("starts_on", "ends_on"):
        value = values.get(name)
        out[name] = value.isoformat() if isinstance(value, date) else value or None
    return out


def _values(one: Document) -> dict[str, Any] | Bad:
    """Arguments of `add_project`, or why there are none."""
    said = str(one["objective"])
    rows = list(Objective.objects.filter(name_folded=fold(said)[:300])[:2]) if said else []
    if said and len(rows) != 1:
        return Bad(0, "objective", said, NO_OBJECTIVE, {"said": said[:80]})
    days = {name: date.fromisoformat(one[name]) if one[name] else None for name in ("starts_on", "ends_on")}
    texts = {name: str(one[name]) for name in ("name", "kind", "about")}
    return {**texts, **days, "objective": rows[0] if rows else None}


def _refused(one: Document) -> Bad | None:
    values = _values(one)
    if isinstance(values, Bad):
        return values
    row = Project(**values, currency="USD")
    row.name_folded = fold(row.name)[:200]
    try:
        faults.check(row, faults.of_project(row), leave=("created_at", "updated_at"))
    except ValidationError as no:
        field, reasons = next(iter(no.message_dict.items()))
        return Bad(0, field, "", str(reasons[0]))
    return None
