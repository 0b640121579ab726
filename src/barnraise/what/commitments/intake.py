"""Promises as imports see them: a list of who promised what by when, one row each.

    {"direction": "theirs", "partner": "Oak Hill Pantry", "to": "", "what": "Forty boxes", "due_on": "2026-03-31",
     "promised_on": "2026-01-15", "kind": "pledge", "owner": "bob@example.org", "detail": "", "settled": "", "settled_on": null, "note": "",
     "made_at": "Food table, 2026-01-15"}

`partner` is an organisation (its name or one of its numbers) or a person (name or e-mail); `to` an organisation. The same promise
(who, what, due on) found again gets what else the row says of it, and may be settled by it. A blank changes nothing. Where it was
made is said once, when it is new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.accounts.selectors import addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import given
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .faults import commitment_faults, settling_faults
from .intake_parties import Parties, bad, made_fault, made_of, parties_of
from .models import Commitment
from .selectors import KIND, owners
from .services import New, amend_commitments, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NO_DAY = gettext_noop("Write until when it was promised.")

FIELDS: tuple[Field, ...] = (
    Field(
        "direction", _("Who promised"), "choice", is_required=True, is_shared=True,
        options=tuple(Commitment.Direction.choices), aliases=("direction", "who promised", "quien prometio"),
    ),
    Field("partner", _("Partner"), aliases=("partner", "organisation", "organization", "person", "organizacion", "aliado")),
    Field("to", _("Promised to"), aliases=("to", "promised to", "taker", "prometido a")),
    Field("what", _("What was promised"), is_required=True, aliases=("what", "promise", "what was promised", "commitment", "promesa")),
    Field("due_on", _("Due on"), "date", is_required=True, aliases=("due", "due on", "until", "deadline", "vence el")),
    Field("promised_on", _("Promised on"), "date", aliases=("promised on", "since", "prometido el")),
    Field("kind", _("Kind"), "choice", is_shared=True, options=tuple(Commitment.Kind.choices), aliases=("kind", "type", "tipo")),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field("detail", _("More about it"), aliases=("detail", "notes", "more about it", "detalle")),
    Field("settled", _("Outcome"), "choice", options=tuple(Commitment.Settled.choices), aliases=("outcome", "settled", "resultado")),
    Field("settled_on", _("Settled on"), "date", aliases=("settled on", "kept on", "resuelto el")),
    Field("note", _("What came of it"), aliases=("note", "reason", "what came of it", "motivo")),
    Field(
        "made_at", _("Made at"), is_shared=True, aliases=("made at", "meeting", "promised at", "prometido en", "reunion"),
        hint=_("A meeting: its title, with the day behind a comma where several are called so, or its id."),
    ),
)  # fmt: skip
_TEXTS = (
    ("partner", 300),
    ("to", 300),
    ("what", 300),
    ("owner", 254),
    ("detail", 2000),
    ("note", 300),
    ("made_at", 220),
)
PARTIES = ("direction", "partner", "to")
"""What is known only when everybody named in the file was looked up."""
_DAYS = ("due_on", "promised_on", "settled_on")


class Commitments(AddedOnly):
    """The noun "commitments" for imports."""

    name = "commitments"
    kind = KIND
    title: Any = _("Promises")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    told_by = (*PARTIES, "what", "due_on", "made_at")
    fills: Mapping[str, Any] = {"kind": Commitment.Kind.PROMISE.value}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = addresses_by_call(owners())
        return lambda values: _built(values, accounts)

    def source_key(self, document: Document) -> str:
        """Who, what and by when."""
        said = (document.get("partner"), document.get("to"), document.get("what"), document.get("due_on"))
        return fold(" ".join(str(one or "") for one in said))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same promise, None for a new one; Bad when nobody is called so, or several, or it may not be said like that."""
        known, made = _known(documents), made_of(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for document, parties in zip(documents, parties_of(documents), strict=True):
            if isinstance(parties, Bad):
                found.append(parties)
                continue
            fault = _fault(document, parties)
            if fault is not None:
                found.append(fault)
                continue
            key = _identity(document, parties)
            there = known.get(key)
            if key in seen:
                found.append(bad("what", str(document["what"]), TWICE))
            else:
                seen.add(key)
                found.append(made_fault(document, made, there) or (there.pk if there else None))
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
        accounts = {one.email: one.pk for one in owners()}
        news, made = [], made_of(creates)
        for document, parties in zip(creates, parties_of(creates), strict=True):
            if isinstance(parties, Bad):
                raise TypeError("A row about whom nobody knows is refused, never written.")
            news.append(_new(document, parties, accounts, made))
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changed = [(key, _amended(one, accounts)) for key, one in updates]
        changes += amend_commitments(changed, at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {
                "what": row.what,
                "kind": row.kind,
                "owner": row.owner.email if row.owner else "",
                "detail": row.detail,
                "promised_on": row.promised_on.isoformat(),
                "settled": row.settled,
                "settled_on": row.settled_on.isoformat() if row.settled_on else None,
                "note": row.settled_note,
            }
            for row in Commitment.objects.select_related("owner").filter(pk__in=keys)
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What was promised."""
        return [str(one.get("what") or "") for one in documents]


def _built(values: Mapping[str, Any], accounts: Mapping[str, str]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {
        "direction": values.get("direction") or "",
        "kind": values.get("kind") or "",
        "settled": values.get("settled") or "",
    }
    for name, most in _TEXTS:
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in _DAYS:
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    if not out["due_on"]:
        raise FieldRefused("due_on", "", NO_DAY)
    email = accounts.get(out["owner"].casefold(), "")
    if out["owner"] and not email:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    out["owner"] = email
    for field, reason in _faults(out, (None, None)):
        if field not in PARTIES:
            raise FieldRefused(field, str(out.get(field) or ""), str(reason))
    return out


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None


def _row(document: Document, parties: Parties) -> Commitment:
    partner, taker = parties
    due_on = _day(document["due_on"]) or timezone.localdate()
    settled_on = _day(document["settled_on"]) or due_on
    return Commitment(
        direction=document["direction"],
        kind=document["kind"] or Commitment.Kind.PROMISE.value,
        organisation=partner if isinstance(partner, Organisation) else None,
        person=partner if isinstance(partner, Person) else None,
        to_organisation=taker,
        what=document["what"],
        detail=document["detail"],
        promised_on=_day(document["promised_on"]) or min(due_on, settled_on, timezone.localdate()),
        due_on=due_on,
    )


def _faults(document: Document, parties: Parties) -> list[tuple[str, Any]]:
    """What the services would refuse."""
    today = timezone.localdate()
    row = _row(document, parties)
    found = commitment_faults(row, today)
    if document["settled"]:
        day = _day(document["settled_on"]) or row.due_on
        found += settling_faults(row, document["settled"], day, document["note"], today)
    return found


def _fault(document: Document, parties: Parties) -> Bad | None:
    """The first thing that is wrong with who promised whom."""
    for field, reason in _faults(document, parties):
        return bad(field, str(document.get(field) or ""), str(reason))
    return None


def _new(
    document: Document, parties: Parties, accounts: Mapping[str, int], made: Mapping[str, Sequence[str]]
) -> New:
    row = _row(document, parties)
    settled = str(document["settled"])
    return New(
        direction=row.direction,
        kind=row.kind,
        organisation=row.organisation_id,
        person=row.person_id,
        to_organisation=row.to_organisation_id,
        what=row.what,
        detail=row.detail,
        promised_on=row.promised_on,
        due_on=row.due_on,
        owner=accounts.get(str(document["owner"]).casefold()),
        settled=settled,
        settled_on=(_day(document["settled_on"]) or row.due_on) if settled else None,
        settled_note=str(document["note"]) if settled else "",
        made_at=next(iter(made.get(str(document["made_at"]), ())), ""),
    )


def _amended(document: Document, accounts: Mapping[str, int]) -> dict[str, Any]:
    """Fields of a promise that a row gives another value."""
    out = given(document, days=("promised_on", "settled_on"))
    if "note" in out:
        out["settled_note"] = out.pop("note")
    if "owner" in out:
        out["owner_id"] = accounts.get(str(out.pop("owner")).casefold())
    return out


def _identity(document: Document, parties: Parties) -> Any:
    partner, taker = parties
    is_body = isinstance(partner, Organisation)
    key = partner.pk if partner is not None else None
    ends = (key if is_body else None, None if is_body else key, taker.pk if taker else None)
    return (*ends, fold(str(document["what"]))[:300], str(document["due_on"]))


def _known(documents: Sequence[Document]) -> dict[Any, Commitment]:
    said = {fold(str(one["what"]))[:300] for one in documents}
    return {
        (
            one.organisation_id,
            one.person_id,
            one.to_organisation_id,
            one.what_folded,
            one.due_on.isoformat(),
        ): one
        for one in Commitment.objects.filter(what_folded__in=said)
    }
