"""Ballots as imports see them: those that were filled in on paper in a meeting, one row each.

    {"decision": "The old school", "ballot": "17", "choices": ["A kitchen", "Childcare"]}

A ballot of this number that is here already is left as it is: nobody votes twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from .models import Decision, Proposal, Voice
from .models.proposal import State
from .selectors import VOICE
from .services import write_ballots
from .tally import faults

NOT_OPEN = gettext_noop(
    "There is no question “%(said)s” here on which the vote is open. Open the vote first."
)
NO_PROPOSAL = gettext_noop("“%(said)s” is not up for the vote. Write the proposal as it stands on the page.")
NO_BALLOT = gettext_noop("Number the ballots, so that none is counted twice.")
TWICE = gettext_noop("Ballot “%(said)s” stands twice in this file.")

FIELDS: tuple[Field, ...] = (
    Field("decision", _("Question"), is_required=True, is_shared=True, aliases=("question", "decision", "pregunta")),
    Field(
        "ballot", _("Number of the ballot"), is_required=True, aliases=("ballot", "ballot number", "number", "no", "papeleta", "numero"),
        hint=_("Written on the paper, so that none is counted twice."),
    ),
    Field(
        "choices", _("Voted for"), "many", is_required=True,
        aliases=(
            "choices", "choice", "voted for", "vote", "votes", "proposal", "first choice", "second choice", "third choice",
            "fourth choice", "fifth choice", "voto", "votos", "propuesta", "primera opcion", "segunda opcion", "tercera opcion",
        ),
        hint=_("Several proposals stand in columns side by side, or with semicolons between them; where they are ranked, the best first."),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Vote:
    """A question on which the vote is open, with its proposals by folded title."""

    decision: Decision
    offered: Mapping[str, int]


class Ballots(AddedOnly):
    """The noun "ballots" for imports."""

    name = "ballots"
    list_url_name = "decisions:list"
    kind = VOICE
    title: Any = _("Ballots")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its question and number."""
        return f"{fold(str(document['decision']))}|{fold(str(document['ballot']))}"[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The voice of this ballot, None for a new one; Bad when it cannot be counted."""
        votes = _votes(documents)
        known = _known(documents, votes)
        found: list[int | None | Bad] = []
        seen: set[str] = set()
        for document in documents:
            open_vote = votes.get(fold(str(document["decision"]))[:200])
            if open_vote is None:
                found.append(_bad("decision", str(document["decision"]), NOT_OPEN))
                continue
            key = _key(open_vote.decision, document)
            if key in seen:
                found.append(_bad("ballot", str(document["ballot"]), TWICE))
                continue
            seen.add(key)
            ranks = _ranks(open_vote, document)
            found.append(ranks if isinstance(ranks, Bad) else known.get((open_vote.decision.pk, key)))
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
        """See Noun. Ballots found again are left as they are."""
        votes = _votes(creates)
        given = []
        for document in creates:
            open_vote = votes[fold(str(document["decision"]))[:200]]
            ranks = _ranks(open_vote, document)
            if isinstance(ranks, Bad):
                raise TypeError("A ballot that cannot be counted is refused, never written.")
            given.append((open_vote.decision, _key(open_vote.decision, document), ranks))
        rows = write_ballots(given, at=timezone.now())
        changes = [Change(kind=VOICE, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The numbers."""
        return [str(one.get("ballot") or "") for one in documents]


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    decision = squeeze(str(values.get("decision") or "")).replace("\x00", "")[:200]
    ballot = squeeze(str(values.get("ballot") or "")).replace("\x00", "")[:80]
    if not ballot:
        raise FieldRefused("ballot", "", NO_BALLOT)
    choices = [squeeze(str(one)).replace("\x00", "")[:200] for one in values.get("choices") or ()]
    return {"decision": decision, "ballot": ballot, "choices": [one for one in choices if one]}


def _votes(documents: Sequence[Document]) -> dict[str, _Vote]:
    """Votes that are open, by folded question. Two queries."""
    names = {fold(str(one["decision"]))[:200] for one in documents}
    rows = list(Decision.objects.filter(title_folded__in=names, stage=Decision.Stage.VOTING).order_by("-pk"))
    offered: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    shown = Proposal.objects.filter(decision__in=rows, state=State.SHOWN)
    for of, title, key in shown.values_list("decision_id", "title_folded", "pk"):
        offered[of][title] = key
    return {row.title_folded: _Vote(row, offered[row.pk]) for row in rows}


def _ranks(open_vote: _Vote, document: Document) -> dict[int, int] | Bad:
    """The rank of each proposal, 1 for the best; Bad when this is no ballot of this vote."""
    ranks: dict[int, int] = {}
    row = open_vote.decision
    for place, said in enumerate(document["choices"], start=1):
        key = open_vote.offered.get(fold(str(said))[:200])
        if key is None:
            return _bad("choices", str(said), NO_PROPOSAL)
        ranks[key] = place if row.method == Decision.Method.RANK else 1
    wrong = faults(ranks, open_vote.offered.values(), row.method, row.most)
    return Bad(0, "choices", "; ".join(document["choices"])[:200], wrong[0]) if wrong else ranks


def _key(decision: Decision, document: Document) -> str:
    """What tells this ballot from every other voice: 64 characters at most."""
    said = f"{decision.pk}|{fold(str(document['ballot']))}"
    return f"paper-{hashlib.blake2b(said.encode(), digest_size=24).hexdigest()}"


def _known(documents: Sequence[Document], votes: Mapping[str, _Vote]) -> dict[tuple[int, str], int]:
    keys = [
        _key(found.decision, one)
        for one in documents
        if (found := votes.get(fold(str(one["decision"]))[:200])) is not None
    ]
    rows = Voice.objects.filter(key__in=keys)
    return {(of, key): pk for of, key, pk in rows.values_list("decision_id", "key", "pk")}
