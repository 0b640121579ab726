"""Comments as imports see them: one row each.

    {"text": "The bus is always late.", "said_on": "2026-03-01", "said_by": "ana@example.org", "language": "en", "theme": "Buses; Roads",
     "state": "answered", "aside_reason": "", "answer": "Buses are late", "uuid": ""}

A comment is told by its id, else by its words and its day. What it is about and what became of it changes; who said what does not.
A theme that is new is added. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import TOO_LONG, built
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .facing import themes_text
from .faults import MOST, comment_faults
from .models import Answer, Comment, Theme
from .selectors import COMMENT, THEME, listed
from .services import New, add_theme, amend_comments, amend_marks, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
NO_ID = gettext_noop("There is no comment with this id here.")
SAME_WORDS = gettext_noop("Several comments of this day say this: name the one you mean by its id.")
OTHER_WORDS = gettext_noop(
    "What was said, when and by whom does not change: remove the comment, and note it anew."
)
NO_ANSWER = gettext_noop("There is no answer “%(said)s” here. Take it in first.")
SEVERAL_ANSWERS = gettext_noop("Several answers say “%(said)s”: choose one on the page of the comment.")
WITHOUT_ANSWER = gettext_noop("Say with which answer.")
WITH_ANSWER = gettext_noop("An answer stands here: write that it is answered, or leave the answer empty.")
WITHOUT_REASON = gettext_noop("Say why nobody answers it.")
WITH_REASON = gettext_noop("A reason stands here: write that it is set aside, or leave the reason empty.")
IS_ANSWERED = gettext_noop("It is answered. Let it wait again first.")

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
    fills: Mapping[str, Any] = {"state": Comment.State.WAITING.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        names = dict(Theme.objects.values_list("name_folded", "name"))
        return lambda values: _built(values, names)

    def source_key(self, document: Document) -> str:
        """Its id, else its words and its day."""
        return str(document["uuid"]) or fold(f"{document.get('said_on')} {document.get('text')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same comment, None for a new one; Bad when nobody is called so, or several, or it may not become so."""
        there = _There(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            row = there.row_of(one)
            key = row.pk if isinstance(row, Comment) else (str(one["said_on"]), fold(str(one["text"])))
            if not isinstance(row, Bad) and key in seen:
                row = _bad("text", str(one["text"]), TWICE)
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
        sayers, answers = _sayers(creates), _answers(every)
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


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


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


@dataclass(init=False)
class _There:
    """What is here of what some rows name."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.sayers, self.answers = _sayers(documents), _answers(documents)
        self.by_words = _known(documents)
        self.today = timezone.localdate()
        ids = [one["uuid"] for one in documents if one["uuid"]]
        self.by_id = dict(Comment.objects.filter(uuid__in=ids).values_list("uuid", "pk")) if ids else {}
        keys = {key for keys in self.by_words.values() for key in keys} | set(self.by_id.values())
        self.rows = {row.pk: row for row in listed().filter(pk__in=keys)}

    def row_of(self, one: Document) -> Comment | None | Bad:
        """The comment, None for a new one, or why that is not known."""
        if one["uuid"]:
            key = self.by_id.get(UUID(str(one["uuid"])))
            return self.rows[key] if key is not None else _bad("uuid", str(one["uuid"]), NO_ID)
        keys = self.by_words.get((str(one["said_on"]), fold(str(one["text"]))), [])
        if len(keys) > 1:
            return _bad("text", str(one["text"]), SAME_WORDS)
        return self.rows[keys[0]] if keys else None

    def fault(self, one: Document, row: Comment | None) -> Bad | None:
        """Why it may not be said, or become, so."""
        said = str(one["said_by"])
        refs = self.sayers.get(said, [])
        if said and len(refs) != 1:
            return _bad("said_by", said, SEVERAL if refs else NOT_HERE)
        sayer = str(refs[0]) if refs else ""
        bad = _changed(one, row, sayer or row.said_by) if row is not None else _fault(one, self.today)
        return bad or _state_fault(one, row, self.answers)


def _changed(one: Document, row: Comment, said_by: str) -> Bad | None:
    """What a comment that is here would say otherwise."""
    same = {
        "text": fold(str(one["text"])) == fold(squeeze(row.text)),
        "said_on": one["said_on"] == row.said_on.isoformat(),
        "said_by": said_by == row.said_by,
    }
    field = next((name for name, is_same in same.items() if not is_same), None)
    return _bad(field, str(one[field]), OTHER_WORDS) if field else None


def _state_fault(one: Document, row: Comment | None, answers: Mapping[str, Sequence[int]]) -> Bad | None:
    """Why it may not become answered, set aside or waiting as the row says."""
    states = Comment.State
    before = row or Comment(state=states.WAITING)
    kept = before.answer.you_said if before.answer else ""
    said, reason = str(one["answer"]), str(one["aside_reason"])
    state = str(one["state"]) or (states.ANSWERED.value if said else before.state)
    if said and fold(said) != fold(kept):
        keys = answers.get(fold(said)[:300], [])
        if len(keys) != 1:
            return _bad("answer", said, SEVERAL_ANSWERS if keys else NO_ANSWER)
        if state != states.ANSWERED:
            return _bad("state", state, WITH_ANSWER)
    if state == states.ANSWERED and not said and not kept:
        return _bad("answer", said, WITHOUT_ANSWER)
    if state == states.ASIDE:
        if before.state == states.ANSWERED:
            return _bad("state", state, IS_ANSWERED)
        return None if reason or before.aside_reason else _bad("aside_reason", reason, WITHOUT_REASON)
    return _bad("state", state, WITH_REASON) if reason and reason != before.aside_reason else None


def _fault(one: Document, today: date) -> Bad | None:
    row = Comment(text=str(one["text"]), said_on=date.fromisoformat(str(one["said_on"])))
    for field, reason in comment_faults(row, today):
        return Bad(0, field, str(one.get(field) or ""), str(reason))
    return None


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


def _known(documents: Sequence[Document]) -> dict[Any, list[int]]:
    """Comments by day and folded words, of those rows that name none by its id."""
    wanted = {
        (str(one["said_on"]), fold(str(one["text"])))
        for one in documents
        if one["said_on"] and not one["uuid"]
    }
    days = {day for day, _text in wanted}
    found: dict[Any, list[int]] = {}
    rows = Comment.objects.filter(said_on__in=days).order_by("pk")
    for day, text, key in rows.values_list("said_on", "text", "pk").iterator(chunk_size=2000):
        told = (day.isoformat(), fold(squeeze(text)))
        if told in wanted:
            found.setdefault(told, []).append(key)
    return found


def _sayers(documents: Sequence[Document]) -> dict[str, list[Ref]]:
    texts = {str(one["said_by"]) for one in documents if one["said_by"]}
    bodies = organisations.named_many(texts)
    persons = people.named_many(texts - set(bodies))
    found = {
        said: [Ref("organisations", "organisation", key) for key in keys] for said, keys in bodies.items()
    }
    return found | {said: [Ref("people", "person", key) for key in keys] for said, keys in persons.items()}


def _answers(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Answers to many by folded words."""
    said = {fold(str(one["answer"]))[:300] for one in documents if one.get("answer")}
    found: dict[str, list[int]] = {}
    rows = Answer.objects.filter(you_said_folded__in=said).order_by("pk") if said else Answer.objects.none()
    for folded, key in rows.values_list("you_said_folded", "pk"):
        found.setdefault(folded, []).append(key)
    return found


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
