"""Amounts on budget lines as imports see them; see intake_parts.

{"project": "Kitchens", "line": "Stoves", "on": "2026-04-09", "amount": "3999.50", "note": "Bill 17", "state": ""}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import Bad, Document, Field
from barnraise.plumbing.imports.sockets.leaving import STATE

from .intake_parts import PROJECT_FIELD, Part
from .models import Actual, Project
from .reading import NO_LINE


class Amounts(Part):
    """The noun "amounts" for imports: what was spent, or came in, on a budget line."""

    name, part, kind = "amounts", "amounts", Actual._meta.label_lower
    list_url_name = "projects:amounts"
    title: Any = _("Amounts spent or received")
    fields: Sequence[Field] = (
        PROJECT_FIELD,
        Field("line", _("Budget line"), is_required=True, is_shared=True, aliases=("budget line", "line", "item", "partida")),
        Field("on", _("On which day"), "date", is_required=True, aliases=("date", "day", "on", "fecha")),
        Field("amount", _("Amount"), "money", is_required=True, aliases=("amount", "spent", "actual", "importe", "gasto")),
        Field("note", _("Note"), hint=_("Two equal amounts of one day are told apart by it."), aliases=("note", "bill", "nota", "factura")),
        STATE,
    )  # fmt: skip
    texts: Mapping[str, int] = {"project": 200, "line": 200, "note": 300}
    days: Sequence[str] = ("on",)
    money: Sequence[str] = ("amount",)
    tells: Sequence[str] = ("line", "on", "note")
    finds_the_same = True

    def source_key(self, document: Document) -> str:
        """The line, the day and the note; what is told apart by nothing else is counted."""
        return f"~{super().source_key(document)}"[:400]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Of which line and project, and when."""
        return [f"{one['line']}, {one['project']}, {one['on']}" for one in documents]

    def _document(self, row: Any) -> Document:
        return {**super()._document(row), "line": row.line.name}

    def _rows(self) -> Any:
        return super()._rows().select_related("line")

    def _values(self, one: Document, project: Project) -> dict[str, Any] | Bad:
        values = super()._values(one, project)
        if isinstance(values, Bad) or "line" not in one:
            return values
        lines = {fold(row.name): row for row in project.budget_lines.all()}
        line = lines.get(fold(str(one["line"])))
        if line is None:
            return Bad(0, "line", str(one["line"]), NO_LINE, {"said": str(one["line"])[:80]})
        return {**values, "line": line}

    def _told(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return (values["line"].pk, values["on"], values["amount"], fold(str(values.get("note", ""))))

    def _there(self, project: Project) -> dict[tuple[Any, ...], Any]:
        rows = self._rows().filter(project=project)
        return {(row.line_id, row.on, row.amount, fold(row.note)): row for row in rows}
