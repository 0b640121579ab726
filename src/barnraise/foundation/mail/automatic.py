"""Did a person type this? By the headers that RFC 3834, 3464, 5965, 2369 and the mail programs of "
"the world set."""

from __future__ import annotations

import re
from email.message import Message
from itertools import islice

from . import headers
from .shapes import Automatic

_DAEMONS = re.compile(r"^(mailer-daemon|postmaster|mail[-.]daemon|mdaemon)\\?@", re.IGNORECASE)
_ANSWERS = re.compile(
    r"^\W*(auto[- ]?(matic |matische |matisk |matiskt )?(reply|response|antwort|antwoord|svar)"
    r"|respuesta autom[aá]tica"
    r"|r[eé]ponse automatique|resposta autom[aá]tica|risposta automatica|automaattinen vastaus|автоответ"
    r"|odpowied[zź] automatyczna|自动回复|自動返信|自動回覆|자동 회신)",
    re.IGNORECASE,
)
"""Subjects that only machines write."""
_ABSENT = re.compile(
    r"^\W*(out of (the )?office|fuera de (la )?oficina|absence du bureau|abwesen|fora do escrit[oó]rio"
    r"|fuori sede"
    r"|afwezig|fr[aå]nvarande|ikke til stede|poissa|отсутств|nieobecno|부재중)",
    re.IGNORECASE,
)
"""Subjects that people write too: they count when another sign of a machine is there."""
_UNDELIVERED = re.compile(
    r"^\W*(undeliver(able|ed)( mail)?\s*:|undelivered mail returned|mail delivery (failed|failure"
    r"|subsystem|status|warning|problem)"
    r"|delivery (status notification|failure|has failed|notification)|mail could not be delivered"
    r"|message not delivered"
    r"|returned mail\s*:|failure notice|unzustellbar\s*:|no se puede entregar\s*:|non remis\s*:"
    r"|there was an error sending your mail)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|noresponder|nepasrepondre)([-+.].*)?@", re.IGNORECASE
)
_COMPLAINT = re.compile(r"^\W*(complaint about message|abuse report|email feedback report)", re.IGNORECASE)


def judge(message: Message, *, author: str, subject: str) -> Automatic:
    """Which kind of machine wrote it; "" when a person did. `author` is the address of From, "
    "possibly blank."""
    return (
        _report(message)
        or _failed(message, author, subject)
        or _answered(message, subject)
        or _listed(message)
        or ("notice" if _NOBODY.match(author) else "")
    )


def _report(message: Message) -> Automatic:
    if message.get_content_type() != "multipart/report":
        return ""
    kind = str(message.get_param("report-type", "")).strip("\"' ").lower()
    if kind == "feedback-report":
        return "complaint"
    return "reply" if kind == "disposition-notification" else "bounce"


def _failed(message: Message, author: str, subject: str) -> Automatic:
    if headers.first(message, "X-Failed-Recipients"):
        return "bounce"
    told = {part.get_content_type() for part in islice(message.walk(), 100)}
    if "message/feedback-report" in told:
        return "complaint"
    if _COMPLAINT.match(subject) and "message/rfc822" in told:
        return "complaint"
    is_failure = "message/delivery-status" in told or _DAEMONS.match(author) or _UNDELIVERED.match(subject)
    return "bounce" if is_failure else ""


def _answered(message: Message, subject: str) -> Automatic:
    submitted = headers.first(message, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = headers.first(message, "Precedence").lower()
    marks = (
        "X-Autoreply",
        "X-Autorespond",
        "X-AutoReply-From",
        "X-Mail-Autoreply",
        "X-Apple-Action",
        "X-Vacation",
    )
    if (
        submitted.startswith("auto-replied")
        or precedence == "auto_reply"
        or any(headers.first(message, mark).lower() not in {"", "no"} for mark in marks)
        or _ANSWERS.match(subject)
        or (
            _ABSENT.match(subject)
            and (_is_null(message) or headers.first(message, "X-Auto-Response-Suppress"))
        )
    ):
        return "reply"
    if submitted not in {"", "no"} or _is_null(message):
        return "notice"
    return ""


def _listed(message: Message) -> Automatic:
    precedence = headers.first(message, "Precedence").lower()
    if precedence in {"bulk", "junk", "list"}:
        return "list"
    return "list" if any(headers.first(message, name) for name in ("List-Id", "List-Unsubscribe")) else ""


def _is_null(message: Message) -> bool:
    """The envelope had no sender: what RFC 5321 demands of every answer by a machine."""
    paths = headers.written(message, "Return-Path")
    return bool(paths) and paths[0].replace(" ", "") in {"<>", ""}
