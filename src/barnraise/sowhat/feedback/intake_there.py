"""What is here of the comments, people and answers that rows of a file name, and what a row may not make of a comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import Bad, Document
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .faults import comment_faults
from .models import Answer, Comment
from .selectors import listed

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


def bad_cell(field: str, said: str, reason: Any) -> Bad:
    """A row refused for this cell."""
    return Bad(0, field, said, reason, {"said": said[:80]})


class There:
    """What is here of what some rows name."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.sayers, self.answers = sayers_of(documents), answers_of(documents)
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
            return self.rows[key] if key is not None else bad_cell("uuid", str(one["uuid"]), NO_ID)
        keys = self.by_words.get((str(one["said_on"]), fold(str(one["text"]))), [])
        if len(keys) > 1:
            return bad_cell("text", str(one["text"]), SAME_WORDS)
        return self.rows[keys[0]] if keys else None

    def fault(self, one: Document, row: Comment | None) -> Bad | None:
        """Why it may not be said, or become, so."""
        said = str(one["said_by"])
        refs = self.sayers.get(said, [])
        if said and len(refs) != 1:
            return bad_cell("said_by", said, SEVERAL if refs else NOT_HERE)
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
    return bad_cell(field, str(one[field]), OTHER_WORDS) if field else None


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
            return bad_cell("answer", said, SEVERAL_ANSWERS if keys else NO_ANSWER)
        if state != states.ANSWERED:
            return bad_cell("state", state, WITH_ANSWER)
    if state == states.ANSWERED and not said and not kept:
        return bad_cell("answer", said, WITHOUT_ANSWER)
    if state == states.ASIDE:
        if before.state == states.ANSWERED:
            return bad_cell("state", state, IS_ANSWERED)
        return None if reason or before.aside_reason else bad_cell("aside_reason", reason, WITHOUT_REASON)
    return bad_cell("state", state, WITH_REASON) if reason and reason != before.aside_reason else None


def _fault(one: Document, today: date) -> Bad | None:
    row = Comment(text=str(one["text"]), said_on=date.fromisoformat(str(one["said_on"])))
    for field, reason in comment_faults(row, today):
        return Bad(0, field, str(one.get(field) or ""), str(reason))
    return None


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


def sayers_of(documents: Sequence[Document]) -> dict[str, list[Ref]]:
    """People and organisations by what they are called in these rows."""
    texts = {str(one["said_by"]) for one in documents if one["said_by"]}
    bodies = organisations.named_many(texts)
    persons = people.named_many(texts - set(bodies))
    found = {
        said: [Ref("organisations", "organisation", key) for key in keys] for said, keys in bodies.items()
    }
    return found | {said: [Ref("people", "person", key) for key in keys] for said, keys in persons.items()}


def answers_of(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Answers to many by folded words."""
    said = {fold(str(one["answer"]))[:300] for one in documents if one.get("answer")}
    found: dict[str, list[int]] = {}
    rows = Answer.objects.filter(you_said_folded__in=said).order_by("pk") if said else Answer.objects.none()
    for folded, key in rows.values_list("you_said_folded", "pk"):
        found.setdefault(folded, []).append(key)
    return found
