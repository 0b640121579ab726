"""Concerns as imports see them: a list of what was raised, one row each.

    {"origin": "resident", "what": "The lamp at the corner is out", "raised_on": "2026-03-02", "severity": "medium", "organisation": "",
     "about": "", "name": "Ana Lopez", "email": "ana@example.org", "language": "es", "owner": "bob@example.org", "detail": "",
     "answer": "", "answered_on": null, "state": "open", "outcome": "", "ended_on": null}

`organisation` and `about` are organisations by name or one of their numbers. The same concern (who, what, raised on) found again
is left as it is. Nothing is sent to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
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

from .clock import SEVERITIES
from .faults import issue_faults
from .models import Issue
from .selectors import KIND, owners
from .services import New, Said, write

NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
NOT_COME = gettext_noop("This day has not come yet.")
NO_ANSWER = gettext_noop("It is over, so write what they were answered.")
NO_OUTCOME = gettext_noop("It is over, so write what came of it.")
BEFORE = gettext_noop("This is before it was raised.")

FIELDS: tuple[Field, ...] = (
    Field(
        "what",
        _("The concern"),
        is_required=True,
        aliases=("concern", "what", "issue", "title", "complaint", "inquietud", "queja"),
    ),
    Field(
        "origin",
        _("Who raised it"),
        "choice",
        is_shared=True,
        options=tuple(Issue.Origin.choices),
        aliases=("origin", "raised by", "who raised it", "quien la planteo"),
    ),
    Field(
        "raised_on",
        _("Raised"),
        "date",
        is_required=True,
        aliases=("raised", "raised on", "date", "planteada el", "fecha"),
    ),
    Field(
        "severity",
        _("Severity"),
        "choice",
        is_shared=True,
        options=tuple((name, Issue.Severity(name).label) for name in SEVERITIES),
        aliases=("severity", "priority", "gravedad"),
    ),
    Field(
        "organisation",
        _("Raised by the organisation"),
        aliases=("organisation", "organization", "partner", "organizacion"),
    ),
    Field("about", _("About the organisation"), aliases=("about", "against", "sobre")),
    Field("name", _("Name of whoever raised it"), aliases=("name", "contact", "nombre")),
    Field("email", _("Their e-mail"), aliases=("email", "e-mail", "mail", "correo")),
    Field("language", _("Language of the answer"), is_shared=True, aliases=("language", "idioma")),
    Field(
        "owner",
        _("Who sees to it"),
        is_shared=True,
        aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field("detail", _("More about it"), aliases=("detail", "notes", "more about it", "detalle")),
    Field("answer", _("The answer"), aliases=("answer", "reply", "respuesta")),
    Field("answered_on", _("Answered"), "date", aliases=("answered", "answered on", "respondida el")),
    Field(
        "state",
        _("State"),
        "choice",
        is_shared=True,
        options=tuple(Issue.State.choices),
        aliases=("state", "status", "estado"),
    ),
    Field("outcome", _("What came of it"), aliases=("outcome", "what came of it", "resultado")),
    Field("ended_on", _("Ended"), "date", aliases=("ended", "ended on", "closed on", "terminada el")),
    Field(
        "is_confidential",
        _("Confidential"),
        "choice",
        is_shared=True,
        options=(("yes", _("Yes")), ("no", _("No"))),
        aliases=("confidential", "confidencial"),
    ),
)
_TEXTS = (
    ("what", 300), ("organisation", 300), ("about", 300), ("name", 200), ("email", 254), ("language", 10),
    ("owner", 254), ("detail", 4000), ("answer", 4000), ("outcome", 2000),
)  # fmt: skip
_DAYS = ("raised_on", "answered_on", "ended_on")
_NAMED = ("organisation", "about")
_SHOWN = {"asker_name": "name", "asker_email": "email", "raised_at": "raised_on"}
NOON = time(12)
"""A day without a time is taken as its noon."""

_Bodies = tuple[Organisation | None, Organisation | None]


class Concerns(AddedOnly):
    """The noun "issues" for imports."""

    name = "issues"
    kind = KIND
    title: Any = _("Concerns")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = {one.email for one in owners()}
        return lambda values: _built(values, accounts)

    def source_key(self, document: Document) -> str:
        """Who, what and when."""
        said = (
            document.get("organisation"),
            document.get("email"),
            document.get("what"),
            document.get("raised_on"),
        )
        return fold(" ".join(str(one or "") for one in said))[:200]  # fmt: skip

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same concern, None for a new one; Bad when nobody is called so, or several, or it may not be said like that."""
        known = _known(documents)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for document, bodies in zip(documents, _bodies(documents), strict=True):
            fault = bodies if isinstance(bodies, Bad) else _fault(document, bodies)
            if fault is not None or isinstance(bodies, Bad):
                found.append(fault)
                continue
            key = _identity(document, bodies)
            if key in seen:
                found.append(_bad("what", str(document["what"]), TWICE))
            else:
                seen.add(key)
                found.append(known.get(key))
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
        """See Noun. Concerns found again are left as they are."""
        accounts = {one.email: one.pk for one in owners()}
        news = []
        for document, bodies in zip(creates, _bodies(creates), strict=True):
            if isinstance(bodies, Bad):
                raise TypeError("A row about whom nobody knows is refused, never written.")
            news.append(_new(document, bodies, accounts))
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What the concern is."""
        return [str(one.get("what") or "") for one in documents]


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _built(values: Mapping[str, Any], accounts: Collection[str]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {
        "severity": values.get("severity") or "medium",
        "state": values.get("state") or "",
    }
    for name, most in _TEXTS:
        out[name] = str(values.get(name) or "").replace("\x00", "").strip()
        if name not in {"detail", "answer", "outcome"}:
            out[name] = squeeze(out[name])
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    for name in _DAYS:
        day = values.get(name)
        out[name] = day.isoformat() if isinstance(day, date) else day or None
    out["email"] = out["email"].casefold()
    out["is_confidential"] = values.get("is_confidential") == "yes"
    out["origin"] = values.get("origin") or ("partner" if out["organisation"] else "resident")
    if not out["state"]:
        out["state"] = "answered" if out["answer"] else "open"
    if out["owner"] and out["owner"].casefold() not in accounts:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    _ending_refused(out)
    return out


def _ending_refused(out: Mapping[str, Any]) -> None:
    """Refuse an ending without answer or words, and days out of order."""
    today = timezone.localdate().isoformat()
    for name in _DAYS:
        if out[name] and str(out[name]) > today:
            raise FieldRefused(name, str(out[name]), NOT_COME)
        if out[name] and out["raised_on"] and str(out[name]) < str(out["raised_on"]):
            raise FieldRefused(name, str(out[name]), BEFORE)
    if out["state"] != "open" and not out["answer"]:
        raise FieldRefused("answer", "", NO_ANSWER)
    if out["state"] in {"resolved", "declined"} and not out["outcome"]:
        raise FieldRefused("outcome", "", NO_OUTCOME)


def _instant(said: Any) -> datetime | None:
    if not said:
        return None
    at = timezone.make_aware(datetime.combine(date.fromisoformat(str(said)), NOON))
    return min(at, timezone.now())


def _row(document: Document, bodies: _Bodies) -> Issue:
    return Issue(
        origin=document["origin"],
        severity=document["severity"],
        what=document["what"],
        detail=document["detail"],
        organisation=bodies[0],
        about=bodies[1],
        asker_name=document["name"],
        asker_email=document["email"],
        language=document["language"],
        raised_at=_instant(document["raised_on"]) or timezone.now(),
    )


def _fault(document: Document, bodies: _Bodies) -> Bad | None:
    """The first thing that the services would refuse."""
    for field, reason in issue_faults(_row(document, bodies), timezone.now()):
        name = _SHOWN.get(field, field)
        return _bad(name, str(document.get(name) or ""), str(reason))
    return None


def _new(document: Document, bodies: _Bodies, accounts: Mapping[str, int]) -> New:
    row, state = _row(document, bodies), str(document["state"])
    is_over = state in {"resolved", "declined"}
    answered = _instant(document["answered_on"]) or row.raised_at
    return New(
        origin=row.origin,
        what=row.what,
        raised_at=row.raised_at,
        severity=row.severity,
        detail=row.detail,
        is_confidential=bool(document.get("is_confidential")),
        organisation=row.organisation_id,
        about=row.about_id,
        asker_name=row.asker_name,
        asker_email=row.asker_email,
        language=row.language,
        owner=accounts.get(str(document["owner"]).casefold()),
        answer=Said(str(document["answer"]), answered) if state != "open" else None,
        state=state,
        ended_at=(_instant(document["ended_on"]) or answered) if is_over else None,
        outcome=str(document["outcome"]) if is_over else "",
    )


def _identity(document: Document, bodies: _Bodies) -> Any:
    body = bodies[0].pk if bodies[0] else None
    return (body, str(document["email"]), fold(str(document["what"]))[:300], str(document["raised_on"]))


def _known(documents: Sequence[Document]) -> dict[Any, int]:
    said = {fold(str(one["what"]))[:300] for one in documents}
    rows = Issue.objects.filter(what_folded__in=said)
    values = rows.values_list("organisation_id", "asker_email", "what_folded", "raised_at", "pk")
    return {
        (body, email, what, timezone.localdate(at).isoformat()): key for body, email, what, at, key in values
    }


def _bodies(documents: Sequence[Document]) -> list[_Bodies | Bad]:
    """Which organisations each row names, or why that is not known."""
    texts = {str(one[name]) for one in documents for name in _NAMED if one.get(name)}
    known = organisations.named_many(texts)
    by_key = Organisation.objects.in_bulk([key for keys in known.values() for key in keys])
    found: list[_Bodies | Bad] = []
    for one in documents:
        pair: list[Organisation | None] = []
        for name in _NAMED:
            said = str(one.get(name) or "")
            keys = known.get(said, [])
            if said and len(keys) != 1:
                found.append(_bad(name, said, SEVERAL if keys else NOT_HERE))
                break
            pair.append(by_key.get(keys[0]) if said else None)
        else:
            found.append((pair[0], pair[1]))
    return found
