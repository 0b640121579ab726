"""Proposals as imports see them: those that were collected on paper, one row each.

    {"decision": "The old school", "title": "A kitchen", "text": "", "author": "Ana", "person": "ana@example.org", "state": "hidden",
     "reason": "Advertising"}

A proposal that is here already, told by question and title, is shown or hidden as the row says; its text and author change only where the team
noted it: what people proposed themselves stays in their words. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import given
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.people import selectors as people

from . import models
from .models import Decision
from .models.proposal import State
from .selectors import PROPOSAL, proposers
from .services import amend_said, write

NO_DECISION = gettext_noop("There is no open question “%(said)s” here. Prepare it first.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_TITLE = gettext_noop("Say what is proposed.")
NO_REASON = gettext_noop("Say which rule it breaks: everybody reads it in its place.")
NOT_HIDDEN = gettext_noop("It is not hidden: write that it is, or leave the reason empty.")
THEIRS = gettext_noop("These are the words of whoever proposed it: they stay as they are.")
NOBODY = gettext_noop("Nobody here has the name or address “%(said)s”.")
SEVERAL = gettext_noop("Several have the name or address “%(said)s”: write the e-mail address.")
STATES = ((State.SHOWN.value, State.SHOWN.label), (State.HIDDEN.value, State.HIDDEN.label))
MODERATED = (
    Field("state", _("State"), "choice", options=STATES, aliases=("state", "estado")),
    Field("reason", _("Why it is hidden"), aliases=("why it is hidden", "reason", "motivo")),
)

FIELDS: tuple[Field, ...] = (
    Field("decision", _("Question"), is_required=True, is_shared=True, aliases=("question", "decision", "pregunta")),
    Field("title", _("Proposal"), is_required=True, aliases=("proposal", "title", "idea", "propuesta")),
    Field("text", _("More about it"), aliases=("text", "description", "texto", "descripcion")),
    Field("author", _("Proposed by"), aliases=("author", "proposed by", "name", "autor", "nombre")),
    Field("person", _("Who it is in the directory"), aliases=("who it is in the directory", "person", "quien es en el directorio", "persona")),
    *MODERATED,
)  # fmt: skip
_TEXTS = (("decision", 200), ("title", 200), ("text", 4000), ("author", 80), ("person", 300), ("reason", 300))
_Line = tuple[int, str]


class Proposals(AddedOnly):
    """The noun "proposals" for imports."""

    name = "proposals"
    list_url_name = "decisions:proposals"
    kind = PROPOSAL
    title: Any = _("Proposals")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("decision", "title")
    fills: Mapping[str, Any] = {"state": State.SHOWN.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its question and title."""
        return f"{fold(str(document['decision']))}|{fold(str(document['title']))}"[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The proposal of this title, None for a new one; Bad when its question is not open here."""
        lines, known, called = _lines(documents), _known(documents), _people(documents)
        found: list[int | None | Bad] = []
        seen: set[_Line] = set()
        for document, line in zip(documents, lines, strict=True):
            if line is None:
                found.append(_bad("decision", str(document["decision"]), NO_DECISION))
            elif line in seen:
                found.append(_bad("title", str(document["title"]), TWICE))
            else:
                seen.add(line)
                row = known.get(line)
                theirs = "" if row is None or row.by_id else _changed_words(document, row)
                said = str(document.get("person") or "")
                if theirs:
                    found.append(_bad(theirs, str(document[theirs]), THEIRS))
                elif said and len(called[said]) != 1:
                    found.append(_bad("person", said, SEVERAL if called[said] else NOBODY))
                else:
                    found.append(moderated(document, row) or (row.pk if row else None))
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
        news, called = [], _people([*creates, *(one for _key, one in updates)])
        for document, line in zip(creates, _lines(creates), strict=True):
            if line is None:
                raise TypeError("A row about what is not here is refused, never written.")
            texts = {name: document.get(name) or "" for name in ("title", "text", "author", "reason")}
            news.append(
                {
                    "decision_id": line[0],
                    "state": document["state"] or State.SHOWN,
                    **texts,
                    **_respondent(document, called),
                }
            )
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=PROPOSAL, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changed = [(key, {**_plain(one), **_respondent(one, called)}) for key, one in updates]
        changes += amend_said(models.Proposal, changed, at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = models.Proposal.objects.filter(pk__in=keys)
        names = ("text", "author", "state", "reason")
        known = proposers(rows)
        return {
            row.pk: {
                **{name: getattr(row, name) for name in names},
                "person": known[row.respondent].title if row.respondent in known else "",
            }
            for row in rows
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The proposals."""
        return [str(one["title"]) for one in documents]


def _people(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Keys of people by what these rows call them, none for whom nobody is called so. Two queries."""
    said = {str(one["person"]) for one in documents if one.get("person")}
    return {**{text: [] for text in said}, **(people.named_many(said) if said else {})}


def _respondent(one: Document, known: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The reference of the person a row names, as a proposal keeps it; nothing where it names nobody."""
    said = str(one.get("person") or "")
    return {"respondent": str(Ref("people", "person", known[said][0]))} if said else {}


def _plain(one: Document) -> dict[str, Any]:
    """What a row gives of the fields a proposal has as they are."""
    return {name: value for name, value in given(one).items() if name != "person"}


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
    out["state"] = values.get("state") or ""
    return out


def moderated(one: Document, row: models.Proposal | models.Comment | None) -> Bad | None:
    """Why this row cannot be shown or hidden as the document says."""
    is_hidden = (one["state"] or (row.state if row else "")) == State.HIDDEN
    if one["reason"] and not is_hidden:
        return _bad("state", str(one["state"]), NOT_HIDDEN)
    if is_hidden and not one["reason"] and not (row and row.reason):
        return _bad("reason", "", NO_REASON)
    return None


def _changed_words(one: Document, row: models.Proposal) -> str:
    """The field in which a row changes what somebody said themselves, "" where it does not."""
    return next(
        (name for name in ("text", "author") if one[name] not in ("", squeeze(getattr(row, name)))), ""
    )


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


def _known(documents: Sequence[Document]) -> dict[_Line, models.Proposal]:
    folded = {fold(str(one["title"]))[:200] for one in documents}
    rows = models.Proposal.objects.filter(title_folded__in=folded)
    return {(row.decision_id, row.title_folded): row for row in rows}
