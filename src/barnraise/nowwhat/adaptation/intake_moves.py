"""Budget moves from files: money that a draft of a revision takes from one line of its project and gives to another.

    {"id": "", "revision": "Pay for child care", "taken_from": "Printing", "given_to": "Child care", "amount": "120.50"}

A move is told by its id, else by revision and lines; the amount stands in whole units of the project's currency. With its id, the lines change,
too. What a settled revision moves stays. The total is conserved: money moves between costs, or between lines that come in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, plain, refusal
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse
from barnraise.what.projects.models import BudgetLine

from . import selectors, services
from .faults import move_faults
from .intake import NO_ID, TWICE, bad
from .models import Move

NO_REVISION = gettext_noop("There is no plan revision “%(said)s” here. Take it in first.")
SEVERAL = gettext_noop("Several plan revisions are called “%(said)s”. Give the id of the one you mean.")
NO_PROJECT = gettext_noop("This revision is of no project, so there is no money to move.")
NO_LINE = gettext_noop("There is no budget line “%(said)s” in this project, or several are called so.")
SETTLED = gettext_noop("It is settled: what was decided stays as it was decided.")
OTHER = gettext_noop("This move belongs to another revision.")

FIELDS: tuple[Field, ...] = (
    Field(
        "revision", _("Plan revision"), is_required=True, is_shared=True, aliases=("revision", "plan revision", "cambio del plan"),
        hint=_("What changes, or its id."),
    ),
    Field("taken_from", _("From the line"), is_required=True, aliases=("from the line", "from", "taken from", "de la partida")),
    Field("given_to", _("To the line"), is_required=True, aliases=("to the line", "to", "given to", "a la partida")),
    Field("amount", _("Amount"), "money", is_required=True, aliases=("amount", "how much", "monto", "importe")),
    Field("id", _("Id"), aliases=("id", "uuid"), hint=_("As the list gives it out. With it, other lines change the move.")),
)  # fmt: skip
_LINES = ("taken_from", "given_to")


class Moves(AddedOnly):
    """The noun "budget_moves" for imports."""

    name = "budget_moves"
    list_url_name = "adaptation:moves"
    kind = selectors.MOVE
    title: Any = _("Budget moves")
    fields: Sequence[Field] = FIELDS
    only_adds = False

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def told_in(self, document: Document) -> Collection[str]:
        """The lines too, where no id says which move is meant."""
        return ("id", "revision") if document["id"] else ("id", "revision", *_LINES)

    def source_key(self, document: Document) -> str:
        """The id, else revision and lines."""
        said = document["id"] or "|".join(str(document[name]) for name in ("revision", *_LINES))
        return fold(str(said))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The move that is there, None for a new one; Bad with what the page would refuse."""
        there = _There(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            meant = there.meant(one)
            if isinstance(meant, Bad):
                found.append(meant)
                continue
            row = there.row_of(one, meant)
            key = row.pk if row is not None else (meant.revision_id, meant.taken_from_id, meant.given_to_id)
            fault = (
                bad("taken_from", str(one["taken_from"]), TWICE) if key in seen else _fault(one, meant, row)
            )
            seen.add(key)
            found.append(fault or (row.pk if row is not None else None))
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
        """See Noun. What was settled meanwhile is left as it is."""
        at, there = timezone.now(), _There(creates)
        rows = [meant for one in creates if isinstance(meant := there.meant(one), Move)]
        changes = services.write_moves(rows, at=at)
        held = Move.objects.select_related("project").in_bulk([key for key, _one in updates])
        given = []
        for key, one in updates:
            if key in held:
                lines = _lines_of({held[key].project_id})
                told = {f"{name}_id": lines[held[key].project_id, fold(str(one[name]))][0].pk
                        for name in _LINES if one.get(name)}  # fmt: skip
                amount = (
                    {"amount": _minor(one["amount"], held[key].project.currency)} if one.get("amount") else {}
                )
                given.append((key, {**told, **amount}))
        changes += services.amend_moves(given, at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: said(row) for row in selectors.moves().filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """From where to where."""
        return [f"{one.get('taken_from') or ''} → {one.get('given_to') or ''}" for one in documents]


def said(row: Move) -> dict[str, Any]:
    """A move as a file says it, without what only tells which it is."""
    amount = plain(Decimal(row.amount).scaleb(-get_currency_precision(row.project.currency)))
    return {"taken_from": row.taken_from.name, "given_to": row.given_to.name, "amount": amount}


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(
        values, texts={"revision": 200, "taken_from": 200, "given_to": 200, "id": 40}, numbers=("amount",)
    )
    return {**out, "id": out["id"].lower()}


def _minor(amount: Any, currency: str) -> int:
    """In minor units; what is no whole number of them is none, and refused."""
    found = Decimal(str(amount or 0)).scaleb(get_currency_precision(currency))
    return int(found) if found == int(found) else 0


def _lines_of(projects: Collection[int]) -> dict[tuple[int, str], list[BudgetLine]]:
    """Budget lines by project and folded name."""
    found: dict[tuple[int, str], list[BudgetLine]] = {}
    for row in BudgetLine.objects.filter(project__in=projects).select_related("project").order_by("pk"):
        found.setdefault((row.project_id, fold(row.name)), []).append(row)
    return found


class _There:
    """Revisions, lines and moves that the rows of a file name, looked up at once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.revisions = selectors.revisions_named({str(one["revision"]) for one in documents})
        rows = {row.pk: row for rows in self.revisions.values() for row in rows}
        self.project_of = {
            key: ref.id
            for key, row in rows.items()
            if (ref := Ref.parse(row.about)).kind == "projects.project"
        }
        self.lines = _lines_of(set(self.project_of.values()))
        self.moves = {str(row.uuid): row for row in selectors.moves().filter(revision__in=rows)}

    def meant(self, one: Document) -> Move | Bad:
        """The move that a row says, not saved; or why that is not known."""
        name = str(one["revision"])
        rows = self.revisions.get(name, [])
        if len(rows) != 1:
            return bad("revision", name, SEVERAL if rows else NO_REVISION)
        project = self.project_of.get(rows[0].pk)
        if project is None:
            return bad("revision", name, NO_PROJECT)
        if one["id"] and one["id"] not in self.moves:
            return bad("id", str(one["id"]), NO_ID)
        if one["id"] and self.moves[str(one["id"])].revision_id != rows[0].pk:
            return bad("revision", name, OTHER)
        lines = {}
        for field in _LINES:
            found = self.lines.get((project, fold(str(one[field]))), [])
            if len(found) != 1:
                return bad(field, str(one[field]), NO_LINE)
            lines[field] = found[0]
        of = lines["taken_from"].project
        return Move(revision=rows[0], project=of, amount=_minor(one["amount"], of.currency), **lines)

    def row_of(self, one: Document, meant: Move) -> Move | None:
        """The move that is there already."""
        if one["id"]:
            return self.moves[str(one["id"])]
        ends = (meant.revision_id, meant.taken_from_id, meant.given_to_id)
        rows = self.moves.values()
        return next(
            (row for row in rows if (row.revision_id, row.taken_from_id, row.given_to_id) == ends), None
        )


def _fault(one: Document, meant: Move, row: Move | None) -> Bad | None:
    """The first thing that the page would refuse."""
    if not meant.revision.is_draft:
        same = row is not None and said(row) == said(meant)
        return None if same else bad("revision", str(one["revision"]), SETTLED)
    return refusal(one, lambda: refuse(move_faults(meant)))
