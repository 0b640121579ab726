"""Milestones, budget lines, amounts and openings of projects as imports see them: one row each, about a project that is there already.

    {"project": "Kitchens", "name": "Stoves bought", "due_on": "2026-04-01", "done_on": null, "note": ""}
    {"project": "Kitchens", "name": "Stoves", "is_income": false, "planned": "4200.00"}
    {"project": "Kitchens", "line": "Stoves", "on": "2026-04-09", "amount": "3999.50", "note": "Bill 17"}

Money stands in whole units of the project's currency. Milestones, lines and openings are told by project and name, amounts by line, day
and note; what else a row says changes the one that is there, or takes it away. A blank changes nothing.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, plain, refusal
from barnraise.plumbing.imports.sockets.leaving import STATE, leaving, parted
from barnraise.plumbing.journal.services import add_changes

from . import faults, services
from .models import BudgetLine, Milestone, Opening, Project
from .reading import ENDED, minor, no_project, projects_of, whole
from .selectors import PARTS

NOT_PLACES = gettext_noop("Write the places as a whole number from 1.")
HAS_AMOUNTS = gettext_noop("Amounts stand on this line. Take those away first.")

PROJECT_FIELD = Field(
    "project", _("Project"), is_required=True, is_shared=True, aliases=("project", "proyecto")
)
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class Part(AddedOnly, ABC):
    """What the five nouns share. `part` is its word among PARTS; the project and the `tells` say which row it is."""

    name: str
    list_url_name = "projects:list"
    part: str
    kind: str
    title: Any
    fields: Sequence[Field]
    texts: Mapping[str, int]
    days: Sequence[str] = ()
    numbers: Sequence[str] = ()
    money: Sequence[str] = ()
    flags: Sequence[str] = ()
    choices: Sequence[str] = ()
    tells: Sequence[str] = ("name",)
    only_adds = False

    @property
    def told_by(self) -> Sequence[str]:
        """See AddedOnly."""
        return ("project", *self.tells)

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(
            values,
            texts=self.texts,
            days=self.days,
            numbers=(*self.numbers, *self.money),
            flags=self.flags,
            choices=(*self.choices, *(("state",) if self._may_go else ())),
        )

    @property
    def _may_go(self) -> bool:
        """Whether a row can say that it is taken away."""
        return STATE in self.fields

    def source_key(self, document: Document) -> str:
        """The project, and what tells the row apart in it."""
        return "|".join(fold(str(document[name])) for name in self.told_by)[:400]

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
            row = None if isinstance(values, Bad) else there[said].get(self._told(values))
            bad = values if isinstance(values, Bad) else self._refused(one, project, row, values)
            found.append(bad or (row.pk if row is not None else None))
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
        projects = projects_of(creates)
        keys = []
        for one in creates:
            project = projects[fold(str(one["project"]))[:200]]
            values = self._sure(one, project)
            keys.append(services.add_part(project, self.part, **values, by=by, change_set=change_set).pk)
        rows = self._rows().in_bulk([key for key, _one in updates])
        gone, changed = parted(updates)
        for key in gone:
            services.remove_part(self.part, rows[key], by=by, change_set=change_set)
        given = [(key, self._sure(one, rows[key].project)) for key, one in changed]
        add_changes(change_set=change_set, changes=services.amend_parts(self.part, given, at=timezone.now()))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What, and of which project."""
        return [f"{one.get('name') or one['line']}, {one['project']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: self._document(row) for row in self._rows().filter(pk__in=keys)}

    def _document(self, row: Any) -> Document:
        apart = ("project", "organisation", "line", "state", *self.money)
        names = [one.name for one in self.fields if one.name not in apart]
        said = {name: plain(getattr(row, name)) for name in names}
        said |= {name: str(said[name]) for name in self.numbers}
        money = {name: whole(getattr(row, name), row.project) for name in self.money}
        return {**said, **money, "project": row.project.name, **({"state": ""} if self._may_go else {})}

    def _rows(self) -> Any:
        return PARTS[self.part].objects.select_related("project")

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        """What the document gives of the row's fields, or why it cannot."""
        said = {name: value for name, value in one.items() if name not in ("project", "state")}
        out = given(said, days=self.days)
        for name in self.money:
            amount = minor(one, name, project)
            if isinstance(amount, Bad):
                return amount
            if amount is not None:
                out[name] = amount
        return out

    def _sure(self, one: Document, project: Project) -> dict[str, Any]:
        values = self._values(one, project)
        if isinstance(values, Bad):
            raise TypeError("A row about what is not here is refused, never written.")
        return values

    def _told(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (fold(str(values.get("name", ""))),)

    def _there(self, project: Project) -> dict[tuple[Any, ...], Any]:
        rows = PARTS[self.part].objects.filter(project=project)
        return {(fold(row.name),): row for row in rows}

    def _held(self, row: Any) -> str:
        """Why this row cannot be taken away, "" where nothing hangs on it."""
        return ""

    def _refused(self, one: Document, project: Project, there: Any, values: Mapping[str, Any]) -> Bad | None:
        if one.get("state"):
            found = leaving(there and there.pk, self._held(there) if there else "")
            return found if isinstance(found, Bad) else None
        if there is None and project.is_ended:
            return Bad(0, "project", project.name, ENDED, {"said": project.name[:80]})
        row = there or PARTS[self.part](created_at=timezone.now())
        row.project = project
        for name, value in values.items():
            if there is None or name not in self.tells:
                setattr(row, name, value)
        return refusal(one, lambda: faults.check(row, faults.of_part(row)))


class Milestones(Part):
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
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "name": 200, "note": 300}
    days: Sequence[str] = ("due_on", "done_on")


class BudgetLines(Part):
    """The noun "budget_lines" for imports."""

    name, part, kind = "budget_lines", "budget", BudgetLine._meta.label_lower
    list_url_name = "projects:budget_lines"
    title: Any = _("Budget lines")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("name", _("Budget line"), is_required=True, aliases=("budget line", "line", "name", "item", "partida")),
        Field("planned", _("Planned"), "money", is_required=True, aliases=("planned", "budget", "amount", "previsto", "presupuesto")),
        Field("is_income", _("Money that comes in"), "choice", options=YES_NO, is_shared=True, aliases=("income", "ingreso")),
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "name": 200}
    money: Sequence[str] = ("planned",)
    flags: Sequence[str] = ("is_income",)
    fills: Mapping[str, Any] = {"is_income": False}

    def _held(self, row: Any) -> str:
        return HAS_AMOUNTS if row.actuals.exists() else ""


class Openings(Part):
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
        Field(
            "is_closed", _("Closed"), "choice", options=YES_NO, aliases=("closed", "ended", "cerrada", "terminada"),
            hint=_("Nobody can apply any more."),
        ),
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "name": 200, "about": 2000}
    days: Sequence[str] = ("closes_on",)
    numbers: Sequence[str] = ("places",)
    flags: Sequence[str] = ("is_public", "is_closed")
    fills: Mapping[str, Any] = {"is_public": False, "is_closed": False, "places": "1"}
    choices: Sequence[str] = ("kind",)

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        values = super()._values(one, project)
        if isinstance(values, Bad) or "places" not in values:
            return values
        places = str(values["places"])
        return {**values, "places": int(places)} if places.isdigit() else Bad(0, "places", places, NOT_PLACES)
