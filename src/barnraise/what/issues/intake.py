"""Concerns as imports see them: a list of what was raised, one row each.

    {"uuid": "", "origin": "resident", "what": "The lamp at the corner is out", "raised_on": "2026-03-02", "severity": "medium",
     "organisation": "", "about": "", "name": "Ana Lopez", "email": "ana@example.org", "language": "es", "owner": "bob@example.org",
     "detail": "", "answer": "", "answered_on": null, "state": "open", "outcome": "", "ended_on": null, "is_confidential": null}

`organisation` and `about` are organisations by name or one of their numbers. A concern is told by its id, or by who raised what when; the
rest of a row changes the one that is there, answers and ends it, as far as its page would. A blank changes nothing, nothing is opened
again, and nothing is sent to anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.policy import Policy, leads
from barnraise.foundation.text import fold
from barnraise.plumbing.accounts.selectors import accounts, addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from .faults import issue_faults
from .intake_cells import ENDINGS, NO_OWNER, built, day_of, instant
from .intake_fields import FIELDS
from .intake_known import SHOWN, amended, as_document, bad, ending_fault, known_fault
from .models import Issue
from .selectors import KIND, owners
from .services import New, Said, amend_issues, write

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
SEVERAL_SO = gettext_noop(
    "Several say “%(said)s”. Give the id of the one you mean, as its list gives it out."
)
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
UNKNOWN = gettext_noop("No concern has this id. Leave it empty to note a new one.")
TOLD = ("uuid", "raised_on", "origin")
TOLD_BY_WORDS = ("what", "organisation", "email")
_NAMED = ("organisation", "about")

Bodies = Mapping[str, Organisation]
"""The organisations that a row names, by the field."""


class Concerns(AddedOnly):
    """The noun "issues" for imports."""

    name = "issues"
    kind = KIND
    title: Any = _("Concerns")
    fields: Sequence[Field] = FIELDS
    only_adds = False
    fills: Mapping[str, Any] = {"severity": "medium", "is_confidential": False}
    may_read: Policy = staticmethod(leads)

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        words = addresses_by_call(accounts())
        return lambda values: built(values, words)

    def told_in(self, document: Document) -> Collection[str]:
        """See AddedOnly. By its id a concern is told whatever it says; a state that is no ending is only how it stood when it was written."""
        told = set(TOLD)
        if not document["uuid"]:
            told.update(TOLD_BY_WORDS)
        if not document["answer"]:
            told.add("answered_on")
        if document["state"] not in ENDINGS:
            told.update(("state", "ended_on"))
        return told

    def source_key(self, document: Document) -> str:
        """Its id, else who, what and when."""
        if document["uuid"]:
            return str(document["uuid"])
        said = (document["organisation"], document["email"], document["what"], document["raised_on"])
        return fold(" ".join(str(one or "") for one in said))[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same concern, None for a new one; Bad when nobody is called so, or several, or it may not be said like that."""
        rows, known = _rows(documents), _known(documents)
        accounts = {one.email for one in owners()}
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one, bodies in zip(documents, _bodies(documents, rows), strict=True):
            there = rows.get(str(one["uuid"]))
            if isinstance(bodies, Bad) or (one["uuid"] and there is None):
                found.append(bodies if isinstance(bodies, Bad) else bad("uuid", one["uuid"], UNKNOWN))
                continue
            key = _identity(one, bodies)
            if there is None and len(known.get(key, ())) > 1:
                found.append(bad("what", one["what"], SEVERAL_SO))
                continue
            there = there or next(iter(known.get(key, ())), None)
            fault = _owner_fault(one, there, accounts) or _fault(one, there, bodies)
            mark = there.pk if there else key
            if fault is None and mark in seen:
                fault = bad("what", one["what"], TWICE)
            if fault is None:
                seen.add(mark)
            found.append(fault or (there.pk if there else None))
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
        pairs = zip(creates, map(_sure, _bodies(creates, {})), strict=True)
        rows = write([_new(one, bodies, accounts) for one, bodies in pairs], by=by, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        said = [one for _key, one in updates]
        given = [
            (key, amended(one, _sure(bodies), accounts))
            for (key, one), bodies in zip(updates, _bodies(said, {}), strict=True)
        ]
        changes += amend_issues(given, at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What the concern is."""
        return [str(one.get("what") or "") for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: as_document(row) for row in _all().filter(pk__in=keys)}


def _all() -> Any:
    return Issue.objects.select_related("organisation", "person", "about", "owner").prefetch_related(
        "answers"
    )


def _rows(documents: Sequence[Document]) -> dict[str, Issue]:
    """Concerns by their id."""
    said = {str(one["uuid"]) for one in documents if one["uuid"]}
    return {str(row.uuid): row for row in _all().filter(uuid__in=said)} if said else {}


def _known(documents: Sequence[Document]) -> dict[Any, list[Issue]]:
    """Concerns by who raised what when."""
    said = {fold(str(one["what"]))[:300] for one in documents}
    found: dict[Any, list[Issue]] = defaultdict(list)
    for row in _all().filter(what_folded__in=said).order_by("pk"):
        found[row.organisation_id, row.asker_email, row.what_folded, day_of(row.raised_at)].append(row)
    return found


def _identity(one: Document, bodies: Bodies) -> Any:
    body = bodies["organisation"].pk if "organisation" in bodies else None
    return (body, str(one["email"]), fold(str(one["what"]))[:300], str(one["raised_on"]))


def _bodies(documents: Sequence[Document], rows: Mapping[str, Issue]) -> list[Bodies | Bad]:
    """Which organisations each row names, or why that is not known. One that its concern names already is that one."""
    texts = {str(one[name]) for one in documents for name in _NAMED if one.get(name)}
    known = organisations.named_many(texts)
    by_key = Organisation.objects.in_bulk([key for keys in known.values() for key in keys])
    found: list[Bodies | Bad] = []
    for one in documents:
        pair: dict[str, Organisation] = {}
        fault = None
        for name in _NAMED:
            said, keys = str(one.get(name) or ""), known.get(str(one.get(name) or ""), [])
            has = getattr(rows.get(str(one.get("uuid") or "")), name, None)
            if has is not None and said and fold(said) == fold(has.name):
                pair[name] = has
            elif said and len(keys) != 1:
                fault = fault or bad(name, said, SEVERAL if keys else NOT_HERE)
            elif said:
                pair[name] = by_key[keys[0]]
        found.append(fault or pair)
    return found


def _sure(bodies: Bodies | Bad) -> Bodies:
    if isinstance(bodies, Bad):
        raise TypeError("A row about whom nobody knows is refused, never written.")
    return bodies


def _owner_fault(one: Document, there: Issue | None, accounts: Collection[str]) -> Bad | None:
    """Whoever may not log in any more keeps what they saw to, and is given nothing new."""
    kept = there.owner.email if there is not None and there.owner is not None else ""
    return (
        bad("owner", one["owner"], NO_OWNER)
        if one["owner"] and one["owner"] not in {*accounts, kept}
        else None
    )


def _fault(one: Document, there: Issue | None, bodies: Bodies) -> Bad | None:
    """The first thing that the services would refuse."""
    if there is not None:
        return ending_fault(one, there) or known_fault(one, there, bodies)
    for field, reason in issue_faults(_row(one, bodies), timezone.now()):
        name = SHOWN.get(field, field)
        return bad(name, one.get(name), reason)
    return ending_fault(one, None)


def _row(one: Document, bodies: Bodies) -> Issue:
    return Issue(
        origin=one["origin"] or ("partner" if "organisation" in bodies else "resident"),
        severity=one["severity"] or "medium",
        what=one["what"],
        detail=one["detail"],
        organisation=bodies.get("organisation"),
        about=bodies.get("about"),
        asker_name=one["name"],
        asker_email=one["email"],
        language=one["language"],
        raised_at=instant(one["raised_on"]) or timezone.now(),
    )


def _new(one: Document, bodies: Bodies, accounts: Mapping[str, int]) -> New:
    row, is_over = _row(one, bodies), one["state"] in ENDINGS
    text = str(one["answer"]) or (str(one["outcome"]) if one["state"] == "declined" else "")
    state = str(one["state"]) if is_over else "answered" if text else "open"
    answered = instant(one["answered_on"]) or row.raised_at
    return New(
        origin=row.origin,
        what=row.what,
        raised_at=row.raised_at,
        severity=row.severity,
        detail=row.detail,
        is_confidential=bool(one["is_confidential"]),
        organisation=row.organisation_id,
        about=row.about_id,
        asker_name=row.asker_name,
        asker_email=row.asker_email,
        language=row.language,
        owner=accounts.get(str(one["owner"])),
        answer=Said(text, answered) if text else None,
        state=state,
        ended_at=(instant(one["ended_on"]) or answered) if is_over else None,
        outcome=str(one["outcome"]) if is_over else "",
    )
