"""What partners say to goals as imports see it; nobody is written to.

    {"goal": "Every child eats", "organisation": "Mill Bakery", "state": "endorsed", "words": "With our ovens.", "signed_by": "Rosa Vega"}

There is one row for a goal and an organisation: what else a row says changes it. *Taken away* takes a question back that nobody answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.imports.sockets.leaving import STATE, TAKEN_AWAY, leaving, parted
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from . import services
from .intake import NO_GOAL, goals_of
from .models import Endorsement, Goal
from .selectors import ENDORSEMENT

NO_BODY = gettext_noop("There is no organisation “%(said)s”, or there are several. Write one of its numbers.")
ANSWERED = gettext_noop("They have answered, and that stays.")
ENDED = gettext_noop("The goal “%(said)s” has ended. Reopen it first.")
ASKED = Endorsement.State.ASKED.value


class Endorsements(AddedOnly):
    """The noun "endorsements" for imports."""

    name = "endorsements"
    list_url_name = "goals:endorsements"
    kind = ENDORSEMENT
    title: Any = _("Endorsements of goals")
    only_adds = False
    told_by = ("goal", "organisation")
    fills: Mapping[str, Any] = {"state": ASKED}
    fields: Sequence[Field] = (
        Field("goal", _("Goal"), is_required=True, is_shared=True, aliases=("goal", "meta")),
        Field("organisation", _("Organisation"), is_required=True, aliases=("organisation", "organization", "partner", "organizacion")),
        Field("state", _("State"), "choice", options=(*Endorsement.State.choices, *STATE.options), aliases=("state", "answer", "estado")),
        Field("words", _("In their words"), aliases=("in their words", "words", "palabras")),
        Field("signed_by", _("Who signs"), aliases=("who signs", "signed by", "name", "firma")),
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        texts = {"goal": 200, "organisation": 300, "signed_by": 200}
        return partial(built, texts=texts, lines={"words": 1000}, choices=("state",))

    def source_key(self, document: Document) -> str:
        """The goal and the organisation."""
        return "|".join(fold(str(document[name])) for name in self.told_by)[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """What this organisation said to this goal, None for nothing yet, or why it cannot be taken."""
        found: list[int | None | Bad] = []
        for one, pair in zip(documents, _pairs(documents), strict=True):
            if isinstance(pair, Bad):
                found.append(pair)
                continue
            goal, body = pair
            row = Endorsement.objects.filter(goal=goal, organisation_id=body).first()
            found.append(_judged(one, goal, row))
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
        keys = []
        for one, pair in zip(creates, _pairs(creates), strict=True):
            if isinstance(pair, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            body = Organisation.objects.get(pk=pair[1])
            said = {"state": one["state"] or ASKED, "words": one["words"], "signed_by": one["signed_by"]}
            made = services.bring_endorsement(
                pair[0], organisation=body, by=by, change_set=change_set, **said
            )
            keys.append(made.pk)
        gone, left = parted(updates)
        for row in Endorsement.objects.filter(pk__in=gone):
            services.take_back(row, by=by, change_set=change_set)
        changes = services.amend_endorsements([(key, given(one)) for key, one in left], at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who says something to which goal."""
        return [f"{one['organisation']}: {one['goal']}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = Endorsement.objects.filter(pk__in=keys)
        return {
            row.pk: {name: getattr(row, name) for name in ("state", "words", "signed_by")} for row in rows
        }


def _judged(one: Document, goal: Goal, row: Endorsement | None) -> int | None | Bad:
    key = row.pk if row else None
    if one["state"] == TAKEN_AWAY:
        return leaving(key, ANSWERED if row and row.state != ASKED else "")
    said = {name: one[name] or (getattr(row, name) if row else "") for name in ("words", "signed_by")}
    state, before = one["state"] or (row.state if row else ASKED), row.state if row else ASKED
    if row is not None and all(one[name] in ("", getattr(row, name)) for name in ("state", *said)):
        return key
    if state == ASKED and before == ASKED and not said["words"] and not said["signed_by"]:
        return Bad(0, "goal", goal.name, ENDED, {"said": goal.name[:80]}) if goal.is_ended else key
    return refusal(one, partial(services.check_answer, goal, before=before, state=state, **said)) or key


def _pairs(documents: Sequence[Document]) -> list[tuple[Goal, int] | Bad]:
    """(goal, key of the organisation) of each row by their names, or why one of them is not known."""
    goals = goals_of({str(one["goal"]) for one in documents})
    bodies = {said: organisations.named(said) for said in {str(one["organisation"]) for one in documents}}
    found: list[tuple[Goal, int] | Bad] = []
    for one in documents:
        name, body = str(one["goal"]), str(one["organisation"])
        goal, keys = goals.get(fold(name)[:200]), bodies[body]
        if goal is None:
            found.append(Bad(0, "goal", name, NO_GOAL, {"said": name[:80]}))
        elif len(keys) != 1:
            found.append(Bad(0, "organisation", body, NO_BODY, {"said": body[:80]}))
        else:
            found.append((goal, keys[0]))
    return found
