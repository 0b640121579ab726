"""Comments as imports see them: one row each.

    {"text": "The bus is always late.", "said_on": "2026-03-01", "said_by": "ana@example.org", "language": "en", "theme": "Buses; Roads",
     "state": "answered", "aside_reason": "", "answer": "Buses are late", "uuid": ""}

A comment is told by its id, else by its words and its day. What it is about and what became of it changes; who said what does not.
A theme that is new is added. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.policy import Policy
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import TOO_LONG, built
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from .facing import themes_text
from .faults import MOST
from .intake_there import NO_ID, There, answers_of, bad_cell, sayers_of
from .models import Comment, Theme
from .policies import may_see
from .selectors import COMMENT, MARKS, THEME, listed
from .services import New, add_theme, amend_comments, amend_marks, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")

FIELDS: tuple[Field, ...] = (
    Field("text", _("What was said"), is_required=True, aliases=("text", "comment", "what was said", "comentario")),
    Field("said_on", _("Said on"), "date", is_required=True, is_shared=True, aliases=("said on", "date", "day", "fecha")),
    Field("said_by", _("Who said it"), aliases=("who said it", "said by", "by", "person", "organisation", "quien lo dijo")),
    Field("language", _("Language"), is_shared=True, aliases=("language", "idioma")),
    Field(
        "theme", _("Themes"), is_shared=True, aliases=("theme", "themes", "tema", "temas"),
        hint=_("Several are parted by semicolons. What stands here is all that it is about."),
    ),
    Field("state", _("State"), "choice", options=tuple(Comment.State.choices), aliases=("state", "estado")),
    Field("aside_reason", _("Why it was set aside"), aliases=("why it was set aside", "reason", "motivo")),
    Field(
        "answer", _("Answered with"), is_shared=True, aliases=("answer", "answered with", "respuesta"),
        hint=_("What the answer says that people said."),
    ),
    Field("uuid", _("Id"), aliases=("id", "uuid")),
)  # fmt: skip
_TEXTS = {"text": 4000, "said_by": 300, "language": 10, "theme": 1000, "aside_reason": MOST["reason"]}
_TEXTS |= {"answer": MOST["you_said"], "uuid": 36}


class Comments(AddedOnly):
    """The noun "comments" for imports."""

    name = "comments"
    list_url_name = "feedback:list"
    kind = COMMENT
    title: Any = _("Comments")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    finds_the_same = True
    told_by = ("text", "said_on", "said_by", "uuid")
    hangs = (MARKS,)
    fills: Mapping[str, Any] = {"state": Comment.State.WAITING.value}
    may_read: Policy = staticmethod(may_see)

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        names = dict(Theme.objects.values_list("name_folded", "name"))
        return lambda values: _built(values, names)

    def source_key(self, document: Document) -> str:
        """Its id, else its words and its day."""
        return str(document["uuid"]) or fold(f"{document.get('said_on')} {document.get('text')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same comment, None for a new one; Bad when nobody is called so, or several, or it may not become so."""
        there = There(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            row = there.row_of(one)
            key = row.pk if isinstance(row, Comment) else (str(one["said_on"]), fold(str(one["text"])))
            if not isinstance(row, Bad) and key in seen:
                row = bad_cell("text", str(one["text"]), TWICE)
            seen.add(key)
            bad = row if isinstance(row, Bad) else there.fault(one, row)
            found.append(bad or (row.pk if isinstance(row, Comment) else None))
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
        at = timezone.now()
        every = [*creates, *(one for _key, one in updates)]
        sayers, answers = sayers_of(creates), answers_of(every)
        themes, changes = _themes(every, by, change_set)
        rows = write([_new(one, sayers, themes, answers) for one in creates], at=at)
        changes += [Change(kind=COMMENT, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend_comments([(key, _amended(one, answers)) for key, one in updates], at=at)
        marks = {
            key: [themes[fold(name)[:120]] for name in _named(one)]
            for key, one in updates
            if one.get("theme")
        }
        changes += amend_marks(marks, at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        return {
            row.pk: {
                "language": row.language,
                "theme": themes_text(row),
                "state": row.state,
                "aside_reason": row.aside_reason,
                "answer": row.answer.you_said if row.answer else "",
            }
            for row in listed().filter(pk__in=keys)
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their words."""
        return [str(one.get("text") or "")[:80] for one in documents]


def _built(values: Mapping[str, Any], names: Mapping[str, str]) -> Document:
    """The document of mapped cells, with themes as they are called here, in order. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, days=("said_on",), choices=("state",))
    called = {fold(name)[:120]: name for name in _named(out)}
    if long := next((name for name in called.values() if len(name) > MOST["name"]), None):
        raise FieldRefused("theme", long, TOO_LONG, most=MOST["name"])
    out["theme"] = "; ".join(names.get(key, name) for key, name in sorted(called.items()))
    if out["uuid"]:
        try:
            out["uuid"] = str(UUID(out["uuid"]))
        except ValueError:
            raise FieldRefused("uuid", out["uuid"], NO_ID) from None
    return out


def _named(one: Mapping[str, Any]) -> list[str]:
    return [name for part in str(one["theme"]).split(";") if (name := squeeze(part))]


def _new(
    one: Document,
    sayers: Mapping[str, Sequence[Ref]],
    themes: Mapping[str, int],
    answers: Mapping[str, Sequence[int]],
) -> New:
    kept = _amended(one, answers)
    return New(
        text=str(one["text"]),
        said_on=date.fromisoformat(str(one["said_on"])),
        said_by=str(sayers[str(one["said_by"])][0]) if one["said_by"] else "",
        language=str(one["language"]),
        themes=[themes[fold(name)[:120]] for name in _named(one)],
        state=kept.get("state", Comment.State.WAITING.value),
        aside_reason=kept.get("aside_reason", ""),
        answer=kept.get("answer_id"),
    )


def _amended(one: Document, answers: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Fields of a comment that a row gives another value."""
    out = {name: one[name] for name in ("language", "state", "aside_reason") if one.get(name)}
    if one.get("answer"):
        out |= {
            "answer_id": answers[fold(str(one["answer"]))[:300]][0],
            "state": Comment.State.ANSWERED.value,
        }
    return out


def _themes(documents: Sequence[Document], by: Any, change_set: Any) -> tuple[dict[str, int], list[Change]]:
    """Themes by folded name; those that are new are added, with the changes for an undo."""
    wanted = {fold(name)[:120]: name for one in documents if one.get("theme") for name in _named(one)}
    held = dict(Theme.objects.filter(name_folded__in=wanted).values_list("name_folded", "pk"))
    made = {
        key: add_theme(by=by, name=name, change_set=change_set).pk
        for key, name in wanted.items()
        if key not in held
    }
    changes = [Change(kind=THEME, key=key, action=Change.Action.CREATED) for key in made.values()]
    return held | made, changes
