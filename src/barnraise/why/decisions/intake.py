"""Proposals as imports see them: those that were collected on paper, one row each.

    {"decision": "The old school", "title": "A kitchen", "text": "", "author": ""}

A proposal that is here already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from . import models
from .models import Decision
from .selectors import PROPOSAL
from .services import write

NO_DECISION = gettext_noop("There is no open question “%(said)s” here. Prepare it first.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_TITLE = gettext_noop("Say what is proposed.")

FIELDS: tuple[Field, ...] = (
    Field("decision", _("Question"), is_required=True, is_shared=True, aliases=("question", "decision", "pregunta")),
    Field("title", _("Proposal"), is_required=True, aliases=("proposal", "title", "idea", "propuesta")),
    Field("text", _("More about it"), aliases=("text", "description", "texto", "descripcion")),
    Field("author", _("Proposed by"), aliases=("author", "proposed by", "name", "autor", "nombre")),
)  # fmt: skip
_TEXTS = (("decision", 200), ("title", 200), ("text", 4000), ("author", 80))
_Line = tuple[int, str]


class Proposals(AddedOnly):
    """The noun "proposals" for imports."""

    name = "proposals"
    list_url_name = "decisions:proposals"
    kind = PROPOSAL
    title: Any = _("Proposals")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its question and title."""
        return f"{fold(str(document['decision']))}|{fold(str(document['title']))}"[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The proposal of this title, None for a new one; Bad when its question is not open here."""
        lines, known = _lines(documents), _known(documents)
        found: list[int | None | Bad] = []
        seen: set[_Line] = set()
        for document, line in zip(documents, lines, strict=True):
            if line is None:
                found.append(_bad("decision", str(document["decision"]), NO_DECISION))
            elif line in seen:
                found.append(_bad("title", str(document["title"]), TWICE))
            else:
                seen.add(line)
                found.append(known.get(line))
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
        """See Noun. Proposals found again are left as they are."""
        news = []
        for document, line in zip(creates, _lines(creates), strict=True):
            if line is None:
                raise TypeError("A row about what is not here is refused, never written.")
            texts = {name: document.get(name) or "" for name in ("title", "text", "author")}
            news.append({"decision_id": line[0], **texts})
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=PROPOSAL, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The proposals."""
        return [str(one["title"]) for one in documents]


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name, most in _TEXTS:
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    if not out["title"]:
        raise FieldRefused("title", "", NO_TITLE)
    return out


def _lines(documents: Sequence[Document]) -> list[_Line | None]:
    """(decision, folded title) of each row, None where its question is not open here. One query."""
    names = {fold(str(one["decision"]))[:200] for one in documents}
    over = (Decision.Stage.DECIDED, Decision.Stage.DROPPED)
    rows = Decision.objects.filter(title_folded__in=names).exclude(stage__in=over).order_by("-pk")
    keys = dict(rows.values_list("title_folded", "pk"))
    return [
        (keys[name], fold(str(one["title"]))[:200])
        if (name := fold(str(one["decision"]))[:200]) in keys
        else None
        for one in documents
    ]


def _known(documents: Sequence[Document]) -> dict[_Line, int]:
    folded = {fold(str(one["title"]))[:200] for one in documents}
    rows = models.Proposal.objects.filter(title_folded__in=folded)
    return {(of, title): key for of, title, key in rows.values_list("decision_id", "title_folded", "pk")}
