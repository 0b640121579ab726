"""Milestones, budget lines, amounts and openings of projects as imports see them: one row each, about a project that is there already.

    {"project": "Kitchens", "name": "Stoves bought", "due_on": "2026-04-01", "done_on": null, "note": ""}
    {"project": "Kitchens", "name": "Stoves", "is_income": false, "planned": "4200.00"}
    {"project": "Kitchens", "line": "Stoves", "on": "2026-04-09", "amount": "3999.50", "note": "Bill 17"}

Money stands in whole units of the project's currency. A row that is there already is left as it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin

from . import faults, services
from .models import Actual, BudgetLine, Milestone, Opening, Project
from .reading import ENDED, NO_LINE, built, minor, no_project, projects_of
from .selectors import PARTS

NOT_PLACES = gettext_noop("Write the places as a whole number from 1.")

PROJECT_FIELD = Field(
    "project", _("Project"), is_required=True, is_shared=True, aliases=("project", "proyecto")
)
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class _Part(AddedOnly, ABC):
    """What the three nouns share. `part` is its word among PARTS, `told_by` the fields that tell a row apart."""

    name: str
    list_url_name = "projects:list"
    part: str
    kind: str
    title: Any
    fields: Sequence[Field]
    texts: Mapping[str, int]
    days: Sequence[str] = ()
    numbers: Sequence[str] = ()
    flags: Sequence[str] = ("is_income",)
    choices: Sequence[str] = ()
    told_by: Sequence[str] = ()

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""

        def build(values: Mapping[str, Any]) -> Document:
            plain = {name: values.get(name) or "" for name in self.choices}
            cells = built(values, texts=self.texts, days=self.days, numbers=self.numbers, flags=self.flags)
            return {**cells, **plain}

        return build

    def source_key(self, document: Document) -> str:
        """The project, and what tells the row apart in it."""
        return "|".join(fold(str(document[name])) for name in ("project", *self.told_by))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The row there is already, None, or why it cannot be taken."""
        projects = projects_of(documents)
        there = {key: self._there(row) for key, row in projects.items()}
        found: list[int | None | Bad] = []
        for one in documents:
            said = fold(str(one["project"]))[:200]
            project = projects.get(said)
            if project is None:
                found.append(no_project(one))
                continue
            values = self._values(one, project)
            key = values if isinstance(values, Bad) else there[said].get(self._told(values))
            found.append(key if key is not None else self._refused(one, project, values))
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
        """See Noun. What is there already is left as it is."""
        projects = projects_of(creates)
        keys = []
        for one in creates:
            project = projects[fold(str(one["project"]))[:200]]
            values = self._values(one, project)
            if isinstance(values, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            keys.append(services.add_part(project, self.part, **values, by=by, change_set=change_set).pk)
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What, and of which project."""
        return [
            str(one.get("said") or f"{one.get('name') or one['line']}, {one['project']}") for one in documents
        ]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. Only what they are called, so that what is there is never changed."""
        rows = PARTS[self.part].objects.filter(pk__in=keys).select_related("project")
        return {row.pk: {"said": f"{row}, {row.project.name}"} for row in rows}

    @abstractmethod
    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        """Arguments of `add_part`, or why there are none."""

    def _told(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (fold(str(values["name"])),)

    def _there(self, project: Project) -> dict[tuple[Any, ...], int]:
        rows = PARTS[self.part].objects.filter(project=project)
        return {(fold(name),): key for key, name in rows.values_list("pk", "name")}

    def _refused(self, one: Document, project: Project, values: Any) -> Bad | None:
        if project.is_ended:
            return Bad(0, "project", project.name, ENDED, {"said": project.name[:80]})
        row = PARTS[self.part](project=project, created_at=timezone.now(), **values)
        try:
            faults.check(row, faults.of_part(row))
        except ValidationError as no:
            field, reasons = next(iter(no.message_dict.items()))
            return Bad(0, field, str(one.get(field) or ""), str(reasons[0]))
        return None


class Milestones(_Part):
    """The noun "milestones" for imports."""

    name, part, kind = "milestones", "milestones", Milestone._meta.label_lower
    list_url_name = "projects:milestones"
    title: Any = _("Milestones")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("name", _("Milestone"), is_required=True, aliases=("milestone", "name", "title", "hito")),
        Field("due_on", _("Due"), "date", is_required=True, aliases=("due", "due on", "date", "until", "fecha", "plazo")),
        Field("done_on", _("Done"), "date", aliases=("done", "done on", "finished", "hecho")),
        Field("note", _("Note"), aliases=("note", "nota")),
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "name": 200, "note": 300}
    days: Sequence[str] = ("due_on", "done_on")
    told_by: Sequence[str] = ("name",)

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        days = {name: date.fromisoformat(one[name]) if one[name] else None for name in self.days}
        return {"name": one["name"], "note": one["note"], **days}


class BudgetLines(_Part):
    """The noun "budget_lines" for imports."""

    name, part, kind = "budget_lines", "budget", BudgetLine._meta.label_lower
    list_url_name = "projects:budget_lines"
    title: Any = _("Budget lines")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("name", _("Budget line"), is_required=True, aliases=("budget line", "line", "name", "item", "partida")),
        Field("planned", _("Planned"), "number", is_required=True, aliases=("planned", "budget", "amount", "previsto", "presupuesto")),
        Field("is_income", _("Money that comes in"), "choice", options=YES_NO, is_shared=True, aliases=("income", "ingreso")),
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "name": 200}
    numbers: Sequence[str] = ("planned",)
    told_by: Sequence[str] = ("name",)

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        planned = minor(one, "planned", project)
        return (
            planned
            if isinstance(planned, Bad)
            else {"name": one["name"], "is_income": one["is_income"], "planned": planned}
        )


class Openings(_Part):
    """The noun "openings" for imports: roles that people can take."""

    name, part, kind = "openings", "openings", Opening._meta.label_lower
    list_url_name = "projects:openings"
    title: Any = _("Openings")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("name", _("Role"), is_required=True, aliases=("role", "opening", "name", "position", "puesto", "plaza")),
        Field("kind", _("Kind"), "choice", is_required=True, is_shared=True, options=tuple(Opening.Kind.choices), aliases=("kind", "type", "tipo")),
        Field("places", _("Places"), "number", is_shared=True, aliases=("places", "how many", "plazas", "cuantas")),
        Field("closes_on", _("Closes"), "date", is_shared=True, aliases=("closes", "closes on", "until", "cierra")),
        Field("about", _("What it asks and gives"), aliases=("about", "description", "descripcion")),
        Field("is_public", _("People apply on its page"), "choice", options=YES_NO, is_shared=True, aliases=("public", "page", "publica")),
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "name": 200, "about": 2000}
    days: Sequence[str] = ("closes_on",)
    numbers: Sequence[str] = ("places",)
    flags: Sequence[str] = ("is_public",)
    choices: Sequence[str] = ("kind",)
    told_by: Sequence[str] = ("name",)

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        places = one["places"] or "1"
        if not str(places).isdigit():
            return Bad(0, "places", str(places), NOT_PLACES)
        return {
            **{name: one[name] for name in ("name", "kind", "about", "is_public")},
            "places": int(places),
            "closes_on": date.fromisoformat(one["closes_on"]) if one["closes_on"] else None,
        }


class Amounts(_Part):
    """The noun "amounts" for imports: what was spent, or came in, on a budget line."""

    name, part, kind = "amounts", "amounts", Actual._meta.label_lower
    title: Any = _("Amounts spent or received")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("line", _("Budget line"), is_required=True, is_shared=True, aliases=("budget line", "line", "item", "partida")),
        Field("on", _("On which day"), "date", is_required=True, aliases=("date", "day", "on", "fecha")),
        Field("amount", _("Amount"), "number", is_required=True, aliases=("amount", "spent", "actual", "importe", "gasto")),
        Field("note", _("Note"), hint=_("Two equal amounts of one day are told apart by it."), aliases=("note", "bill", "nota", "factura")),
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "line": 200, "note": 300}
    days: Sequence[str] = ("on",)
    numbers: Sequence[str] = ("amount",)
    told_by: Sequence[str] = ("line", "on", "amount", "note")

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        lines = {fold(row.name): row for row in project.budget_lines.all()}
        line = lines.get(fold(str(one["line"])))
        if line is None:
            return Bad(0, "line", str(one["line"]), NO_LINE, {"said": str(one["line"])[:80]})
        amount = minor(one, "amount", project)
        if isinstance(amount, Bad):
            return amount
        return {"line": line, "on": date.fromisoformat(one["on"]), "amount": amount, "note": one["note"]}

    def _told(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (values["line"].pk, values["on"], values["amount"], fold(str(values["note"])))

    def _there(self, project: Project) -> dict[tuple[Any, ...], int]:
        rows = Actual.objects.filter(project=project).values_list("pk", "line_id", "on", "amount", "note")
        return {(line, on, amount, fold(note)): key for key, line, on, amount, note in rows}
