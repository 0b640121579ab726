"""Decisions about candidates as imports see them: whom to keep in view, put off, or approach, one row each.

    {"organisation": "Oak Hill Pantry", "verdict": "not_now", "reason": "Their board is new", "until": "2027-01-31"}

The organisation is named by its name or one of its numbers. A row decides again about one that was decided about; a blank changes nothing.
Approaching begins a partnership. After that the partnership tells what came of it, and its row changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships.models import Partnership

from . import facing
from .faults import judging_faults
from .models import Candidate
from .selectors import KIND
from .services import New, bring
from .services.judge import ALREADY, APPROACHED, CLOSED, OURSELVES

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_END = gettext_noop("Only “not now” has an end.")
_UNDECIDED = {"proposed": "", facing.AGAIN: Candidate.Verdict.NOT_NOW.value}
"""What a list shows of a decision, as it is noted."""

FIELDS: tuple[Field, ...] = (
    Field("organisation", _("Organisation"), is_required=True, aliases=("organisation", "organization", "name", "organizacion")),
    Field(
        "verdict", _("Decision"), "choice", is_shared=True, aliases=("decision", "verdict", "decision as noted"),
        options=facing.STATES, hint=_("Proposed says that nobody decided yet."),
    ),
    Field("reason", _("Why"), aliases=("reason", "why", "motivo")),
    Field("until", _("Not before"), "date", aliases=("until", "not before", "hasta")),
)  # fmt: skip


class Candidates(AddedOnly):
    """The noun "candidates" for imports."""

    name = "candidates"
    list_url_name = "discovery:list"
    kind = KIND
    title: Any = _("Candidates")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = ("organisation",)

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """The organisation."""
        return fold(str(document.get("organisation") or ""))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """What was decided about the same organisation, None for a new one; Bad when it cannot be decided like that."""
        bodies = _bodies(documents)
        keys = [body.pk for body in bodies if isinstance(body, Organisation)]
        known = {row.organisation_id: row for row in Candidate.objects.filter(organisation_id__in=keys)}
        rows = Partnership.objects.filter(organisation_id__in=keys)
        partners = set(rows.values_list("organisation_id", flat=True))
        seen: set[int] = set()
        found: list[int | None | Bad] = []
        for document, body in zip(documents, bodies, strict=True):
            said = str(document["organisation"])
            if isinstance(body, Bad):
                found.append(body)
                continue
            row = known.get(body.pk)
            if body.pk in seen:
                found.append(_bad("organisation", said, TWICE))
            else:
                found.append(_refused(document, body, row, partners) or (row.pk if row else None))
            seen.add(body.pk)
        return found

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _said(row) for row in Candidate.objects.filter(pk__in=keys)}

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun. Whoever was approached meanwhile is left as it is."""
        news = [
            _new(document, body.pk, by)
            for document, body in zip(creates, _bodies(creates), strict=True)
            if isinstance(body, Organisation)
        ]
        made = bring(news, by=by, change_set=change_set)
        rows = Candidate.objects.in_bulk([key for key, _one in updates])
        again = [
            replace(_new(_whole(document, rows[key]), rows[key].organisation_id, by), cites=rows[key].cites)
            for key, document in updates
            if rows[key].verdict != Candidate.Verdict.APPROACHED
        ]
        bring(again, by=by, change_set=change_set)
        return [row.pk for row in made]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The organisations."""
        return [str(one.get("organisation") or "") for one in documents]


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    verdict = str(values.get("verdict") or "")
    out: dict[str, Any] = {"verdict": _UNDECIDED.get(verdict, verdict)}
    for name in ("organisation", "reason"):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > 300:
            raise FieldRefused(name, out[name], TOO_LONG, most=300)
    day = values.get("until")
    out["until"] = day.isoformat() if isinstance(day, date) else day or None
    return out


def _said(row: Candidate) -> dict[str, Any]:
    """A decision as a file says it."""
    return {
        "verdict": "" if row.verdict == Candidate.Verdict.PROPOSED else row.verdict,
        "reason": row.reason,
        "until": row.until.isoformat() if row.until else None,
    }


def _whole(document: Document, row: Candidate | None) -> dict[str, Any]:
    """What a document says, with what stands where it says nothing. Only “not now” keeps its day."""
    given = {name: value for name, value in document.items() if value not in (None, "")}
    out = {**(_said(row) if row is not None else {"verdict": "", "reason": "", "until": None}), **given}
    if out["verdict"] != Candidate.Verdict.NOT_NOW and "until" not in given:
        out["until"] = None
    return out


def _new(document: Document, organisation: int, by: Any) -> New:
    verdict = str(document["verdict"])
    if verdict == Candidate.Verdict.APPROACHED:
        return New(organisation, verdict, judged_by=getattr(by, "pk", None))
    until, reason = _day(document["until"]), str(document["reason"])
    return New(organisation, verdict, reason, until, judged_by=getattr(by, "pk", None))


def _refused(document: Document, body: Organisation, row: Candidate | None, partners: set[int]) -> Bad | None:
    """Why it cannot be decided like that; None when it can, and when nothing is decided otherwise."""
    said = _said(row) if row is not None else {}
    differ = [name for name in said if document[name] not in (None, "", said[name])]
    if row is not None and not differ:
        return None
    if row is not None and row.verdict == Candidate.Verdict.APPROACHED:
        return _bad(differ[0], str(document[differ[0]]), str(APPROACHED))
    if fault := _fault(body, partners):
        return _bad("organisation", str(document["organisation"]), str(fault))
    whole = _whole(document, row)
    if whole["verdict"] == Candidate.Verdict.APPROACHED:
        is_late = document["until"] not in (None, said.get("until"))
        return _bad("until", str(document["until"]), NO_END) if is_late else None
    faults = judging_faults(whole["verdict"], whole["reason"], _day(whole["until"]), "", timezone.localdate())
    return next((_bad(field, str(whole[field] or ""), str(reason)) for field, reason in faults), None)


def _fault(body: Organisation, partners: set[int]) -> Any:
    """Why it cannot be a candidate; empty when it can."""
    if body.is_own:
        return OURSELVES
    if body.is_closed:
        return CLOSED
    return ALREADY if body.pk in partners else ""


def _bodies(documents: Sequence[Document]) -> list[Organisation | Bad]:
    """The organisation of each row, or why nobody knows it."""
    said = {str(one["organisation"]) for one in documents}
    keys = organisations.named_many(said)
    rows = Organisation.objects.in_bulk([key for some in keys.values() for key in some])
    found: list[Organisation | Bad] = []
    for one in documents:
        name = str(one["organisation"])
        there = keys.get(name, [])
        found.append(
            rows[there[0]] if len(there) == 1 else _bad("organisation", name, SEVERAL if there else NOT_HERE)
        )
    return found
