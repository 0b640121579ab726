"""What a file may change of a concern that is here: what its page lets people change, by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from barnraise.plumbing.imports.sockets import Bad, Document

from .faults import issue_faults
from .intake_cells import ENDINGS, day_of, instant
from .models import Issue
from .services import Amended, Said

NO_ANSWER = gettext_noop("It is over, so write what they were answered.")
NO_OUTCOME = gettext_noop("It is over, so write what came of it.")
NO_END = gettext_noop("Write “resolved” or “declined” as its state, too.")
NO_WORDS = gettext_noop("Write what they were answered on that day.")
ANSWERED = gettext_noop("What was answered stays with its day. Write the day of this answer, or none.")
BEFORE_ROUND = gettext_noop("It was opened again after this day.")
ENDED_BEFORE = gettext_noop("This is before they were answered.")
OVER = gettext_noop("It is over here. Open it again on its page, with the reason, or leave this empty.")
STAYS = gettext_noop("This was noted when it was raised, and stays. Leave it empty.")
SHOWN = {"asker_name": "name", "asker_email": "email", "raised_at": "raised_on"}
"""Where a fault of the concern stands in the file."""
PLAIN = ("what", "detail", "severity", "language", "is_confidential")
NAMED = {"name": "asker_name", "email": "asker_email"}


def bad(field: str, said: Any, reason: Any) -> Bad:
    """The refusal of a row at this field."""
    text = str(said or "")
    return Bad(0, field, text, str(reason), {"said": text[:80]})


def as_document(row: Issue) -> Document:
    """A concern as a file says it; its last answer stands for all."""
    last = max(row.answers.all(), key=lambda one: (one.at, one.pk), default=None)
    return {
        "uuid": str(row.uuid),
        "what": row.what,
        "origin": row.origin,
        "raised_on": day_of(row.raised_at),
        "severity": row.severity,
        "organisation": row.organisation.name if row.organisation else "",
        "about": row.about.name if row.about else "",
        "name": row.asker_name,
        "email": row.asker_email,
        "language": row.language,
        "owner": row.owner.email if row.owner else "",
        "detail": row.detail.replace("\r\n", "\n"),
        "answer": last.text.replace("\r\n", "\n") if last else "",
        "answered_on": day_of(row.answered_at),
        "state": row.state if row.is_over else "",
        "outcome": row.outcome.replace("\r\n", "\n"),
        "ended_on": day_of(row.ended_at),
        "is_confidential": row.is_confidential,
    }


def ending_fault(one: Document, there: Issue | None) -> Bad | None:
    """Why it cannot end like that: the answer comes first, and what came of it is said. A reason for declining is the answer."""
    if one["outcome"] and one["state"] not in ENDINGS and not (there and there.is_over):
        return bad("state", one["state"], NO_END)
    if there is not None and there.is_over:
        return None
    is_answered = bool(one["answer"]) or (there is not None and there.answered_at is not None)
    if one["state"] == "declined" and not one["outcome"]:
        return bad("outcome", "", NO_OUTCOME)
    if one["state"] in ("answered", "resolved") and not is_answered:
        return bad("answer", "", NO_ANSWER)
    if one["state"] == "resolved" and not one["outcome"]:
        return bad("outcome", "", NO_OUTCOME)
    return None


def known_fault(one: Document, there: Issue, bodies: Mapping[str, Any]) -> Bad | None:
    """The first thing that its page would refuse."""
    return _fixed(one, there) or _over(one, there) or _answer(one, there) or _faults(one, there, bodies)


def _fixed(one: Document, there: Issue) -> Bad | None:
    said = as_document(there)
    wrong = [name for name in ("raised_on", "origin") if one[name] and one[name] != said[name]]
    return bad(wrong[0], one[wrong[0]], STAYS) if wrong else None


def _over(one: Document, there: Issue) -> Bad | None:
    if not there.is_over:
        if one["ended_on"] and str(one["ended_on"]) < str(day_of(there.answered_at) or ""):
            return bad("ended_on", one["ended_on"], ENDED_BEFORE)
        return None
    said = as_document(there)
    differ = [name for name in ("state", "outcome", "ended_on") if one[name] and one[name] != said[name]]
    if not differ and one["answer"] and one["answer"] not in _told(there):
        differ = ["answer"]
    return bad(differ[0], one[differ[0]], OVER) if differ else None


def _told(there: Issue) -> dict[str, str | None]:
    """The day of each answer, by its text."""
    return {one.text.replace("\r\n", "\n"): day_of(one.at) for one in there.answers.all()}


def _answer(one: Document, there: Issue) -> Bad | None:
    told, said = _told(there), one["answered_on"]
    if not said:
        return None
    if one["answer"] and one["answer"] not in told:
        if said == day_of(there.answered_at):
            return bad("answered_on", said, ANSWERED)
        return bad("answered_on", said, BEFORE_ROUND) if said < str(day_of(there.clock_from)) else None
    if said in {*told.values(), day_of(there.answered_at)}:
        return None
    return bad("answered_on", said, ANSWERED if one["answer"] else NO_WORDS)


def _faults(one: Document, there: Issue, bodies: Mapping[str, Any]) -> Bad | None:
    values = plain_values({name: value for name, value in one.items() if value not in (None, "")})
    kept = {name: getattr(there, name) for name in (*values, *bodies)}
    try:
        for name, value in {**values, **bodies}.items():
            setattr(there, name, value)
        found = issue_faults(there, timezone.now())
    finally:
        for name, value in kept.items():
            setattr(there, name, value)
    for field, reason in found:
        name = SHOWN.get(field, field)
        return bad(name, one.get(name), reason)
    return None


def plain_values(one: Document) -> dict[str, Any]:
    """Fields of a concern that hold what the file says, as it is."""
    out = {name: one[name] for name in PLAIN if name in one}
    return out | {field: one[name] for name, field in NAMED.items() if name in one}


def amended(one: Document, bodies: Mapping[str, Any], owners: Mapping[str, int]) -> Amended:
    """What to change, by the fields that a row gives another value."""
    values = plain_values(one) | dict(bodies)
    if "owner" in one:
        values["owner_id"] = owners.get(str(one["owner"]))
    state, outcome = str(one.get("state") or ""), str(one.get("outcome") or "")
    text = str(one.get("answer") or "") or (outcome if state == "declined" else "")
    at = instant(one.get("answered_on")) or timezone.now()
    return Amended(
        values=values,
        answer=Said(text, at) if text else None,
        ends=state if state in ENDINGS else "",
        ended_at=instant(one.get("ended_on")),
        outcome=outcome,
    )
