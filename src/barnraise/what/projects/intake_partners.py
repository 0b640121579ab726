"""Partners of projects as imports see them: an organisation of the directory in one role.

    {"project": "Kitchens", "organisation": "Mill Bakery", "role": "funds", "note": "", "state": ""}

A partner is told by project, organisation and role: another role is another row. The note of a row changes the one that is there, and
*Taken away* takes it out of the project. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.plumbing.imports.sockets import Bad, Document, Field
from barnraise.plumbing.imports.sockets.leaving import STATE
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .intake_parts import PROJECT_FIELD, Part
from .models import Project, ProjectPartner

NO_BODY = gettext_noop("There is no organisation “%(said)s”, or there are several. Write one of its numbers.")
ROLES = tuple(ProjectPartner.Role.choices)


class Partners(Part):
    """The noun "project_partners" for imports."""

    name, part, kind = "project_partners", "partners", ProjectPartner._meta.label_lower
    list_url_name = "projects:partners"
    title: Any = _("Partners of projects")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("organisation", _("Organisation"), is_required=True, aliases=("organisation", "organization", "partner", "organizacion")),
        Field("role", _("Role"), "choice", is_required=True, is_shared=True, options=ROLES, aliases=("role", "papel")),
        Field("note", _("Note"), aliases=("note", "nota")),
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "organisation": 300, "note": 300}
    choices: Sequence[str] = ("role",)
    tells: Sequence[str] = ("organisation", "role")

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who, and in which project."""
        return [f"{one['organisation']}, {one['project']}" for one in documents]

    def _document(self, row: Any) -> Document:
        return {**super()._document(row), "organisation": row.organisation.name}

    def _rows(self) -> Any:
        return super()._rows().select_related("organisation")

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        values = super()._values(one, project)
        if isinstance(values, Bad) or "organisation" not in one:
            return values
        said = str(one["organisation"])
        found = organisations.named(said)
        if len(found) != 1:
            return Bad(0, "organisation", said, NO_BODY, {"said": said[:80]})
        return {**values, "organisation": Organisation.objects.get(pk=found[0])}

    def _told(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (values["organisation"].pk, values["role"])

    def _there(self, project: Project) -> dict[tuple[Any, ...], Any]:
        rows = self._rows().filter(project=project)
        return {(row.organisation_id, row.role): row for row in rows}
