"""Plan revisions from files: drafts, and what became of them.

    {"about": "Fresh Food Shelf", "title": "Open on Saturdays", "why": "Nobody came on weekdays", "before": "", "after": "", "state": "dropped",
     "settled_on": "2026-02-01", "note": "No keys"}

What moves money makes its budget moves when it is approved, all or none; the undo moves the money back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.plumbing.imports.sockets import Bad, Document, Field

from . import selectors
from .faults import PLANS, day_of, reason_faults, revision_faults, settled_on_faults
from .intake import ID, Beside, Team, Told, bad, first, plain
from .models import Revision
from .services import make_moves, short_line
from .services.writing import fill

SETTLED = gettext_noop("It is settled: what was decided stays as it was decided.")
SHORT = gettext_noop(
    "The line “%(line)s” holds less than is taken from it. Take less, or change the line first."
)
NO_STATE = gettext_noop("Say whether it was approved or dropped, too.")


class Revisions(Told):
    """The noun "revisions" for imports."""

    name = "revisions"
    list_url_name = "adaptation:revisions"
    kind = selectors.REVISION
    title: Any = _("Plan revisions")
    model = Revision
    says = "title"
    abouts = PLANS
    days = ("settled_on",)
    own = ("title", "why", "before", "after")
    choice = "state"
    open_as = (Revision.State.DRAFT.value,)
    most: Mapping[str, int] = {"title": 200, "why": 4000, "before": 4000, "after": 4000, "note": 300}
    fields: Sequence[Field] = (
        ID,
        Field("about", _("What is revised"), aliases=("about", "reference", "project", "goal", "objective", "plan", "proyecto", "referencia")),
        Field("title", _("What changes"), is_required=True, aliases=("title", "change", "what changes", "que cambia")),
        Field("why", _("Why"), aliases=("why", "reason", "por que")),
        Field("before", _("The plan before"), aliases=("before", "the plan before", "antes")),
        Field("after", _("The plan after"), aliases=("after", "the plan after", "despues")),
        Field("state", _("State"), "choice", options=tuple(Revision.State.choices), aliases=("state", "estado")),
        Field("settled_on", _("Settled on"), "date", aliases=("settled on", "approved on", "dropped on")),
        Field("note", _("Note"), aliases=("note", "nota")),
    )  # fmt: skip

    def said(self, row: Revision) -> dict[str, Any]:
        """See Told."""
        return {
            "title": row.title,
            **{name: plain(getattr(row, name)) for name in ("why", "before", "after")},
            "state": "" if row.is_draft else row.state,
            "settled_on": row.settled_on.isoformat() if row.settled_on else None,
            "note": row.settled_note,
        }

    def refused(self, document: Document, row: Revision | None, about: str) -> Bad | None:
        """See Told."""
        if row is not None and (no := self.settled_fault(document, row)):
            return no
        there = row or Revision(about=about)
        fill(there, self.values(document, {}))
        ends, note = str(document["state"]), str(document["note"])
        if not ends and (document["note"] or document["settled_on"]) and there.is_draft:
            return bad("state", "", NO_STATE)
        if (
            ends == Revision.State.APPROVED
            and there.is_draft
            and row is not None
            and (line := short_line(row))
        ):
            return Bad(0, "state", ends, SHORT, {"line": line})
        faults = revision_faults(there)
        if ends == Revision.State.DROPPED and there.is_draft:
            faults += reason_faults(note)
        return first(
            document, [*faults, *settled_on_faults(day_of(document["settled_on"]), timezone.localdate())]
        )

    def settled_fault(self, document: Document, row: Revision) -> Bad | None:
        """See Told."""
        return None if row.is_draft else self.differs(document, row, SETTLED)

    def settle(
        self, row: Revision, document: Document, *, by: Any, at: datetime, change_set: Any, team: Team
    ) -> Beside:
        """See Told. Approved by whoever takes the file in; beside it the budget lines that it changed."""
        ends = str(document["state"])
        if not (ends and row.is_draft):
            return {}
        lines: list[list[int]] | None = []
        if ends == Revision.State.APPROVED and row.pk and (lines := self._moved(row, by)) is None:
            return {}
        row.state, row.settled_by_id = ends, getattr(by, "pk", None)
        row.settled_on = day_of(document["settled_on"]) or timezone.localdate(at)
        row.settled_note = str(document["note"])
        return {"lines": lines} if lines else {}

    def _moved(self, row: Revision, by: Any) -> list[list[int]] | None:
        """Make its budget moves, all or none: what became of each line; None where they cannot be made."""
        try:
            with transaction.atomic():
                return make_moves(selectors.moves_of(row), by=by)
        except ValidationError:
            return None  # a line was changed meanwhile, or by a row before: it stays a draft
