"""Decisions about candidates as imports see them: a list of whom to keep in view or put off, one row each.

    {"organisation": "Oak Hill Pantry", "verdict": "not_now", "reason": "Their board is new", "until": "2027-01-31"}

The organisation is named by its name or one of its numbers. One that was decided about is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships.models import Partnership

from .faults import judging_faults
from .models import Candidate
from .selectors import KIND
from .services import New, write
from .services.judge import ALREADY, CLOSED, OURSELVES

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")

FIELDS: tuple[Field, ...] = (
    Field("organisation", _("Organisation"), is_required=True, aliases=("organisation", "organization", "name", "organizacion")),
    Field(
        "verdict", _("Decision"), "choice", is_required=True, is_shared=True, aliases=("decision", "verdict", "decision as noted"),
        options=tuple(pair for pair in Candidate.Verdict.choices if pair[0] in {"watch", "not_now"}),
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

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """The organisation."""
        return fold(str(document.get("organisation") or ""))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The decision about the same organisation, None for a new one; Bad when it cannot be a candidate."""
        bodies = _bodies(documents)
        keys = [body.pk for body in bodies if isinstance(body, Organisation)]
        known = dict(Candidate.objects.filter(organisation_id__in=keys).values_list("organisation_id", "pk"))
        rows = Partnership.objects.filter(organisation_id__in=keys)
        partners = set(rows.values_list("organisation_id", flat=True))
        seen: set[int] = set()
        found: list[int | None | Bad] = []
        for document, body in zip(documents, bodies, strict=True):
            said = str(document["organisation"])
            if isinstance(body, Bad):
                found.append(body)
            elif body.pk in seen:
                found.append(_bad(said, TWICE))
            elif fault := _fault(body, partners):
                found.append(_bad(said, str(fault)))
            else:
                found.append(known.get(body.pk))
            if isinstance(body, Organisation):
                seen.add(body.pk)
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
        """See Noun. Those decided about before are left as they are."""
        now = timezone.now()
        news = [
            New(
                body.pk,
                str(document["verdict"]),
                str(document["reason"]),
                _day(document["until"]),
                judged_by=getattr(by, "pk", None),
            )
            for document, body in zip(creates, _bodies(creates), strict=True)
            if isinstance(body, Organisation)
        ]
        rows = write(news, at=now)
        changes = [
            Change(
                kind=KIND, key=row.pk, action=Change.Action.CREATED, after={"at": row.updated_at.isoformat()}
            )
            for row in rows
        ]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """The organisations."""
        return [str(one.get("organisation") or "") for one in documents]


def _bad(said: str, reason: Any) -> Bad:
    return Bad(0, "organisation", said, reason, {"said": said[:80]})


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"verdict": values.get("verdict") or ""}
    for name in ("organisation", "reason"):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > 300:
            raise FieldRefused(name, out[name], TOO_LONG, most=300)
    day = values.get("until")
    out["until"] = day.isoformat() if isinstance(day, date) else day or None
    until = _day(out["until"])
    for field, reason in judging_faults(out["verdict"], out["reason"], until, "", timezone.localdate()):
        raise FieldRefused(field, str(out.get(field) or ""), str(reason))
    return out


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
        found.append(rows[there[0]] if len(there) == 1 else _bad(name, SEVERAL if there else NOT_HERE))
    return found
