"""Answers to many as imports see them: you said, we did, one row each.

    {"you_said": "Buses are late", "we_did": "We asked the city for more of them.", "state": "public", "why": ""}

An answer is told by what people said; the rest of a row changes the one that is here, makes it public, or withdraws it with the
reason. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.ui.faults import refuse

from .faults import MOST, answer_faults, personal_faults
from .models import Answer
from .selectors import ANSWER, said_before
from .services import amend_answers, write_answers

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
SEVERAL = gettext_noop("Several answers say “%(said)s”: change them on their pages.")
WAS_PUBLIC = gettext_noop("It was published: it can be withdrawn, with a reason.")
NOT_PUBLIC = gettext_noop("It is not public, so there is nothing to withdraw.")
WITHOUT_REASON = gettext_noop("Say why it is withdrawn.")
WITH_REASON = gettext_noop("A reason stands here: write that it is withdrawn, or leave the reason empty.")

STATES = (("draft", _("Draft")), ("public", _("Public")), ("withdrawn", _("Withdrawn")))
FIELDS: tuple[Field, ...] = (
    Field("you_said", _("You said"), is_required=True, aliases=("you said", "said", "ustedes dijeron")),
    Field("we_did", _("We did"), is_required=True, may_be_blank=True, aliases=("we did", "did", "hicimos")),
    Field("state", _("State"), "choice", is_shared=True, options=STATES, aliases=("state", "estado")),
    Field("why", _("Why it was withdrawn"), aliases=("why it was withdrawn", "why", "reason", "motivo")),
)
_TEXTS = {"you_said": MOST["you_said"], "why": MOST["reason"]}
_LINES = {"we_did": MOST["we_did"]}
VERBS = {"public": "feedback.published", "withdrawn": "feedback.withdrawn"}


class Answers(AddedOnly):
    """The noun "answers_to_many" for imports."""

    name = "answers_to_many"
    list_url_name = "feedback:answers"
    kind = ANSWER
    title: Any = _("Answers to many")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("you_said",)
    fills: Mapping[str, Any] = {"state": "draft"}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(values, texts=_TEXTS, lines=_LINES, choices=("state",))

    def source_key(self, document: Document) -> str:
        """What people said."""
        return fold(str(document["you_said"]))[:300]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The answer to the same, None for a new one, or why it may not be so."""
        there: dict[str, list[Answer]] = {}
        said = {self.source_key(one) for one in documents}
        for row in Answer.objects.filter(you_said_folded__in=said).order_by("pk"):
            there.setdefault(row.you_said_folded, []).append(row)
        seen: set[str] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = self.source_key(one)
            rows = there.get(key, [])
            if key in seen or len(rows) > 1:
                details = {"said": str(one["you_said"])[:80]}
                reason = TWICE if key in seen else SEVERAL
                found.append(Bad(0, "you_said", str(one["you_said"]), reason, details))
            else:
                found.append(_refused(one, *rows) or (rows[0].pk if rows else None))
            seen.add(key)
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
        """See Noun. What becomes public, or is withdrawn, is told in the journal."""
        at = timezone.now()
        made = write_answers(creates, by=by, at=at)
        changes = [Change(kind=ANSWER, key=row.pk, action=Change.Action.CREATED) for row in made]
        changes += amend_answers([(key, _amended(one)) for key, one in updates], by=by, at=at)
        add_changes(change_set=change_set, changes=changes)
        new = [(row.pk, one) for row, one in zip(made, creates, strict=True)]
        self._tell([*new, *updates], by, change_set)
        return [row.pk for row in made]

    def _tell(self, given: Sequence[tuple[int, Document]], by: Any, change_set: Any) -> None:
        told = {key: str(one.get("state") or "") for key, one in given}
        for row in Answer.objects.filter(pk__in=[key for key, state in told.items() if state in VERBS]):
            details = {"reason": row.withdrawn_reason} if row.withdrawn_reason else None
            record(by=by, verb=VERBS[told[row.pk]], about=[row], details=details, change_set=change_set)

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {"we_did": row.we_did, "state": state_of(row), "why": row.withdrawn_reason}
            for row in Answer.objects.filter(pk__in=keys)
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What people said."""
        return [str(one.get("you_said") or "") for one in documents]


def state_of(row: Answer) -> str:
    """One of STATES."""
    if row.withdrawn_on is not None:
        return "withdrawn"
    return "public" if row.published_on is not None else "draft"


def _amended(one: Document) -> dict[str, Any]:
    out = {name: one[name] for name in ("we_did", "state") if one.get(name)}
    return {**out, "withdrawn_reason": one["why"]} if one.get("why") else out


def _refused(one: Document, there: Answer | None = None) -> Bad | None:
    """Why it may not be said, published or withdrawn so."""
    before = state_of(there) if there is not None else "draft"
    state = str(one["state"]) or before
    bad = _state_fault(one, before, state, there.withdrawn_reason if there is not None else "")
    if bad is not None:
        return bad
    row = Answer(
        pk=there.pk if there is not None else None,
        you_said=str(one["you_said"]),
        we_did=str(one["we_did"]) or (there.we_did if there is not None else ""),
    )

    def check() -> None:
        found = answer_faults(row)
        if state == "public":
            found += personal_faults(row, *(said_before(row) if row.pk else ([], [])))
        refuse(found)

    return refusal(one, check)


def _state_fault(one: Document, before: str, state: str, reason: str) -> Bad | None:
    if state == "draft" and before != "draft":
        return Bad(0, "state", state, WAS_PUBLIC)
    if state == "withdrawn" and before == "draft":
        return Bad(0, "state", state, NOT_PUBLIC)
    if state == "withdrawn":
        return None if one["why"] or reason else Bad(0, "why", "", WITHOUT_REASON)
    return Bad(0, "state", state, WITH_REASON) if one["why"] and one["why"] != reason else None
