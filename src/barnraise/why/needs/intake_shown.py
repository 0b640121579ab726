"""Evidence of needs and scores of raters as imports see them: one row each, about a need that is here.

    {"need": "Evening buses", "community": "", "said": "Forty wait.", "source": "Count at the stop", "dated_on": "2026-02-01"}
    {"need": "Evening buses", "community": "", "rater": "Alice", "size": "7.5", "seriousness": "12", "effectiveness": "6", "propriety": "yes",
     "economics": "yes", "acceptability": "yes", "resources": "no", "legality": "yes", "reason": "No drivers"}

Evidence is told by need and words: another source or day changes the one that this file brought. The same rater again replaces their score. What is
*Taken away* goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, given, refusal
from barnraise.plumbing.imports.sockets.leaving import STATE, leaving, parted
from barnraise.plumbing.journal.services import add_changes, take_out

from .hanlon import COMPONENTS, PEARL
from .intake import NO_NUMBER, places_and_cycles
from .models import Evidence, Need, Score
from .models.need import LETTERS
from .selectors import EVIDENCE, SCORE
from .services import (
    add_evidence,
    amend_evidence,
    amend_scores,
    check_evidence,
    check_score,
    score_need,
    take_out_evidence,
)

NO_NEED = gettext_noop("There is no need “%(said)s” here. Add it first.")
SEVERAL = gettext_noop("Several needs are called “%(said)s”: name the community too.")
NEED_FIELDS = (
    Field("need", _("Need"), is_required=True, is_shared=True, aliases=("need", "problem", "necesidad", "problema")),
    Field("community", _("Community"), is_shared=True, aliases=("community", "place", "comunidad", "lugar")),
)  # fmt: skip
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class _AboutNeeds(AddedOnly):
    """What both nouns share."""

    texts: Mapping[str, int]

    @property
    def _most(self) -> Mapping[str, int]:
        return {"need": 200, "community": 200, **self.texts}


class EvidenceRows(_AboutNeeds):
    """The noun "evidence" for imports."""

    name = "evidence"
    list_url_name = "needs:evidence"
    kind = EVIDENCE
    title: Any = _("Evidence")
    only_adds = False
    finds_the_same = True
    told_by = ("need", "community", "said")
    texts: Mapping[str, int] = {"said": 1000, "source": 300}
    fields: Sequence[Field] = (
        *NEED_FIELDS,
        Field("said", _("What it says"), is_required=True, aliases=("what it says", "evidence", "said", "evidencia", "dato")),
        Field("source", _("Source"), is_required=True, is_shared=True, aliases=("source", "fuente")),
        Field("dated_on", _("Of which day"), "date", is_required=True, is_shared=True, aliases=("date", "day", "of which day", "fecha")),
        STATE,
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return lambda values: built(values, texts=self._most, days=("dated_on",), choices=("state",))

    def source_key(self, document: Document) -> str:
        """The need, and what is said; the same words of several sources are counted."""
        return ("~" + "|".join(fold(str(document[name])) for name in self.told_by))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same evidence, None for new, or why it cannot be taken."""
        found: list[int | None | Bad] = []
        for one, need in zip(documents, needs_of(documents), strict=True):
            if isinstance(need, Bad):
                found.append(need)
                continue
            rows = Evidence.objects.filter(need=need, said=one["said"], source=one["source"])
            same = rows.values_list("pk", flat=True).first()
            if one["state"]:
                found.append(leaving(same))
                continue
            found.append(refusal(one, partial(check_evidence, **self._values(one), cites=None)) or same)
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
        for one, need in zip(creates, needs_of(creates), strict=True):
            if isinstance(need, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            keys.append(add_evidence(need, **self._values(one), by=by, change_set=change_set).pk)
        gone, left = parted(updates)
        for evidence in Evidence.objects.filter(pk__in=gone):
            take_out_evidence(evidence, change_set=change_set)
        changed = [(key, given(one, days=("dated_on",))) for key, one in left]
        add_changes(change_set=change_set, changes=amend_evidence(changed, at=timezone.now()))
        return keys

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {
                "need": row.need.title,
                "said": row.said,
                "source": row.source,
                "dated_on": row.dated_on.isoformat(),
                "state": "",
            }
            for row in Evidence.objects.select_related("need").filter(pk__in=keys)
        }

    def _values(self, one: Document) -> dict[str, Any]:
        day = date.fromisoformat(str(one["dated_on"]))
        return {"said": str(one["said"]), "source": str(one["source"]), "dated_on": day}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they say."""
        return [str(one.get("said") or "") for one in documents]


class Scores(_AboutNeeds):
    """The noun "scores" for imports."""

    name = "scores"
    list_url_name = "needs:scores"
    kind = SCORE
    title: Any = _("Scores of needs")
    only_adds = False
    told_by = ("need", "community", "rater")
    texts: Mapping[str, int] = {"rater": 120, "reason": 300}
    fields: Sequence[Field] = (
        *NEED_FIELDS,
        Field("rater", _("Rater"), is_required=True, is_shared=True, aliases=("rater", "who", "name", "quien", "nombre")),
        Field("size", _("Size"), "number", is_required=True, aliases=("size", "tamano")),
        Field("seriousness", _("Seriousness"), "number", is_required=True, aliases=("seriousness", "gravedad")),
        Field("effectiveness", _("Effectiveness"), "number", is_required=True, aliases=("effectiveness", "eficacia")),
        *(
            Field(letter, LETTERS[letter], "choice", is_required=True, is_shared=True, options=YES_NO, aliases=(letter,))
            for letter in PEARL
        ),
        Field("reason", _("Why not"), aliases=("why not", "reason", "motivo")),
        STATE,
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""

        def build(values: Mapping[str, Any]) -> Document:
            numbers = {name: _tenths(name, values.get(name)) for name in COMPONENTS}
            return {**built(values, texts=self._most, choices=(*PEARL, "state")), **numbers}

        return build

    def source_key(self, document: Document) -> str:
        """The need, and who scores it."""
        return "|".join(fold(str(document[name])) for name in ("need", "community", "rater"))[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The score of this rater for this need, None for a new one, or why it cannot be taken."""
        found: list[int | None | Bad] = []
        for one, need in zip(documents, needs_of(documents), strict=True):
            if isinstance(need, Bad):
                found.append(need)
                continue
            bad = refusal(one, partial(check_score, need, **self._values(one)))
            rows = Score.objects.filter(need=need, rater_folded=fold(str(one["rater"]))[:120])
            same = rows.values_list("pk", flat=True).first()
            found.append(bad or (leaving(same) if one["state"] else same))
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
        for one, need in zip(creates, needs_of(creates), strict=True):
            if isinstance(need, Bad):
                raise TypeError("A row about what is not here is refused, never written.")
            keys.append(score_need(need, **self._values(one), by=by, change_set=change_set).pk)
        gone, left = parted(updates)
        for score in Score.objects.filter(pk__in=gone):
            take_out(score, change_set=change_set)
        changed = [(key, _given(one)) for key, one in left]
        add_changes(change_set=change_set, changes=amend_scores(changed, at=timezone.now()))
        return keys

    def _values(self, one: Document) -> dict[str, Any]:
        return {
            "rater": str(one["rater"]),
            "values": {name: Decimal(str(one[name] or 0)) for name in COMPONENTS},
            "pearl": {letter: one[letter] == "yes" for letter in PEARL if one[letter]},
            "reason": str(one["reason"]),
        }

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        return {
            row.pk: {
                **{name: f"{getattr(row, name):.1f}" for name in COMPONENTS},
                **{letter: "yes" if getattr(row, letter) else "no" for letter in PEARL},
                "reason": row.reason,
                "state": "",
            }
            for row in Score.objects.filter(pk__in=keys)
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who scores what."""
        return [f"{one.get('need', '')}: {one.get('rater', '')}" for one in documents]


def _given(one: Document) -> dict[str, Any]:
    """Fields of a score that a row gives another value."""
    out: dict[str, Any] = {name: Decimal(str(one[name])) for name in COMPONENTS if one.get(name)}
    out |= {letter: one[letter] == "yes" for letter in PEARL if one.get(letter)}
    return {**out, **({"reason": one["reason"]} if "reason" in one else {})}


def _tenths(name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value)).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise FieldRefused(name, str(value), NO_NUMBER) from None
    if abs(number) > 1000:
        raise FieldRefused(name, str(value), NO_NUMBER)
    return f"{number:f}"


def needs_of(documents: Sequence[Document]) -> list[Need | Bad]:
    """The need that each row names, or why that is not known."""
    folded = {fold(str(one["need"]))[:200] for one in documents}
    rows: dict[str, list[Need]] = {}
    for row in Need.objects.select_related("cycle").filter(title_folded__in=folded).order_by("pk"):
        rows.setdefault(row.title_folded, []).append(row)
    found: list[Need | Bad] = []
    for one, about in zip(documents, places_and_cycles(documents), strict=True):
        if isinstance(about, Bad):
            found.append(about)
            continue
        said = str(one["need"])
        same = rows.get(fold(said)[:200], [])
        if about[0] is not None:
            same = [row for row in same if row.community_id == about[0]]
        if len(same) == 1:
            found.append(same[0])
        else:
            found.append(Bad(0, "need", said, SEVERAL if same else NO_NEED, {"said": said[:80]}))
    return found
