"""What mail servers and readers send back about a mail: reports of non-delivery (RFC 3464), of abuse (RFC 5965), answers of
machines (RFC 3834). Nothing here raises for what a report may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice
from typing import Any, Literal

from flufl.bounce import all_failures

from . import headers
from .automatic import judge
from .parts import content_of
from .shapes import Address

Kind = Literal["failed", "delayed", "delivered", "complaint", "reply", "unreadable"]

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_GONE = re.compile(
    r"user (name )?(is )?unknown|unknown (user|recipient|address|local part|mailbox)"
    r"|no such (user|mailbox|person|recipient|address|local user|domain)"
    r"|(user|recipient|mailbox|address|account|domain|email)s?( \S+| account)? "
    r"(does(n.t| not) exist|not found|not exist|unknown|is not known|has moved)"
    r"|does(n.t| not) (exist|have an account|like recipient)|not a (valid|known) (user|mailbox|recipient|account)"
    r"|invalid (recipient|mailbox|user|address)|(host|domain|name server)( name)?( or domain name)? (not found|unknown)"
    r"|host unknown|unknown host|unrouteable|no mx|null ?mx|bad destination|has moved"
    r"|no longer (available|valid|on server|in use|works)|recipientnotfound|does not accept (mail|email)"
    r"|not our customer|no account|there is no|cannot find (your|the) hosts?|address unknown"
    r"|domain is not reachable|(find|have) a mail exchanger|nothing was found at",
    re.IGNORECASE,
)
"""Words of servers for a mailbox or a domain that is not there."""
_ELSE = re.compile(
    r"quota|mailbox (is )?full|full mailbox|over ?limit|too (large|big|long|many)|spam|virus|blocked|blacklist"
    r"|block ?list|reputation|policy|denied|relay|dmarc|spf|dkim|dns ?ptr|reverse dns|rdns|authenticat|suspend"
    r"|disabled|inactive|content|timed? ?out|rate|sender|rejected for|temporar|retry|try again|loop|hop count|expired",
    re.IGNORECASE,
)
"""Words that say something else than that the mailbox is not there."""
_LATE = re.compile(
    r"(still|keep|continue to|will be) (re)?(try|trying|tried|attempt)|not (yet )?been delivered yet|delayed|do not need to resend",
    re.IGNORECASE,
)
_BAD = {"1.1", "1.2", "1.3", "1.6", "1.10"}


@dataclass(frozen=True, slots=True)
class Report:
    """What one notice says about one mail to one reader.

    `message_id` is the identity of the mail it is about, without angle brackets; empty when the notice does not show it.
    `is_address_bad` is True only for a failure that says that there is no such mailbox or domain. `feedback` is what an
    abuse report calls it ("abuse", "opt-out", …).
    """

    kind: Kind
    address: str = ""
    status: str = ""
    said: str = ""
    message_id: str = ""
    is_address_bad: bool = False
    feedback: str = ""


def reports(content: bytes) -> tuple[Report, ...]:
    """All that a notice says; one "unreadable" when it is none, or nobody understands it."""
    message = message_from_bytes(content, policy=compat32)
    identity = _about(message)
    parts = list(islice(message.walk(), 200))
    kinds = {part.get_content_type() for part in parts}
    found: list[Report] = []
    if "message/feedback-report" in kinds:
        found = _complaints(message, parts)
    elif "message/delivery-status" in kinds:
        found = _deliveries(parts)
    if not found:
        found = _otherwise(message)
    return tuple(replace(one, message_id=one.message_id or identity) for one in found) or (
        Report("unreadable", message_id=identity),
    )


def _deliveries(parts: list[Message]) -> list[Report]:
    found: list[Report] = []
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        blocks = blocks if isinstance(blocks, list) else _blocks(content_of(part))
        found += [one for block in blocks if isinstance(block, Message) and (one := _delivery(block))]
    return found


def _blocks(content: bytes) -> list[Message]:
    """For servers that encode the part, or forget the blank lines of its grammar."""
    return [
        message_from_bytes(part, policy=compat32)
        for part in re.split(rb"\r?\n\s*\r?\n", content)
        if part.strip()
    ]


def _delivery(block: Message) -> Report | None:
    address = _recipient(headers.first(block, "Original-Recipient")) or _recipient(
        headers.first(block, "Final-Recipient")
    )
    address = address or _recipient(headers.first(block, "X-Actual-Recipient"))
    action = headers.first(block, "Action").partition(";")[0].partition("(")[0].strip().lower()
    diagnostic = headers.decoded(headers.first(block, "Diagnostic-Code"))[:1000]
    status = _status(headers.first(block, "Status")) or _status(diagnostic)
    if not action and not address:
        return None
    said = re.sub(r"^\s*(smtp|x-\w+)\s*;\s*", "", diagnostic, flags=re.IGNORECASE)[:500]
    kind = _kind(action, status)
    return Report(
        kind, address, status, said, is_address_bad=kind == "failed" and is_address_bad(status, said)
    )


def _kind(action: str, status: str) -> Kind:
    """By the action first (METHODS: failed is final even when the status says temporary), else by the status."""
    if action.startswith("fail"):
        return "failed"
    if action.startswith("delay"):
        return "delayed"
    if action in {"delivered", "relayed", "expanded"}:
        return "delivered"
    return (
        "failed"
        if status.startswith("5")
        else "delayed"
        if status.startswith("4")
        else "delivered"
        if status
        else "unreadable"
    )


def is_address_bad(status: str, said: str) -> bool:
    """Whether a failure means that there is no such mailbox: what the words say first, since many servers send a status
    that means less (RFC 3463, 3.2), then the status."""
    if _GONE.search(said) and not _ELSE.search(_GONE.sub("", said)):
        return True
    code = status.partition(".")[2]
    return status.startswith("5") and code in _BAD and not _ELSE.search(said)


def _status(text: str) -> str:
    found = _STATUS.search(text)
    return ".".join(found.groups()) if found else ""


def _recipient(value: str) -> str:
    text = headers.decoded(value)
    text = text.partition(";")[2] if ";" in text else text
    found = headers.addresses([text])
    return found[0].folded if found else ""


def _whole(part: Message) -> Message | None:
    payload: Any = part.get_payload()
    return payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else None


def _about(message: Message) -> str:
    """The identity of the mail that a notice returns or names."""
    for part in islice(message.walk(), 200):
        if part is message:
            continue
        kind = part.get_content_type()
        if kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            inside = message_from_bytes(content_of(part).lstrip(), policy=compat32)
        elif kind == "message/rfc822" and (whole := _whole(part)) is not None:
            inside = whole
        else:
            continue
        if found := headers.ids(headers.written(inside, "Message-ID")):
            return found[0]
    named = headers.ids(headers.written(message, "In-Reply-To") + headers.written(message, "References"))
    if named:
        return named[-1]
    quoted = re.search(rb"^message-id:\s*<([^<>\s]+)>", _text(message), re.IGNORECASE | re.MULTILINE)
    return quoted[1].decode("ascii", "replace")[:500] if quoted else ""


def _text(message: Message) -> bytes:
    return b"\n".join(
        content_of(part) for part in islice(message.walk(), 50) if part.get_content_maintype() == "text"
    )[:200_000]


def _complaints(message: Message, parts: list[Message]) -> list[Report]:
    """RFC 5965. A report that a signature was wrong is none of a reader's."""
    report = next(part for part in parts if part.get_content_type() == "message/feedback-report")
    payload = report.get_payload()
    block = (
        payload[0]
        if isinstance(payload, list) and payload
        else message_from_bytes(content_of(report), policy=compat32)
    )
    if not isinstance(block, Message):
        return []
    feedback = headers.first(block, "Feedback-Type").lower()[:40] or "abuse"
    if feedback in {"auth-failure", "dkim", "not-spam", "virus"}:
        return [Report("unreadable", feedback=feedback, said=feedback)]
    named = headers.written(block, "Original-Rcpt-To") + headers.written(block, "Removal-Recipient")
    found = [one.folded for one in headers.addresses(value.partition(";")[2] or value for value in named)]
    return [Report("complaint", address, said=feedback, feedback=feedback) for address in found or [""]]


def _otherwise(message: Message) -> list[Report]:
    """Notices of servers that keep to no standard, and answers of machines."""
    author = headers.addresses(headers.written(message, "From"))
    subject = headers.decoded(headers.first(message, "Subject"))
    kind = judge(message, author=author[0].email if author else "", subject=subject)
    if kind == "reply":
        return [Report("reply", author[0].folded if author else "", said=subject[:500])]
    if kind == "complaint":
        return [Report("complaint", said="abuse", feedback="abuse")]
    found = _unusual(message)
    if not found and kind == "bounce":
        named = headers.addresses(headers.written(message, "X-Failed-Recipients"))
        found = [Report("failed", one.folded) for one in named] or _in_prose(message, author)
    words = headers.decode(_text(message))
    return [_worded(one, words) for one in found]


def _in_prose(message: Message, author: Sequence[Address]) -> list[Report]:
    """A server's notice that names its reader in its text alone, above the mail that it returns."""
    text = headers.decode(_text(message))
    above = re.split(
        r"^(?:-{2,}.*(?:original|message|header|copy).*|(?:Return-Path|Received|Message-ID):.*)$",
        text,
        maxsplit=1,
        flags=re.I | re.M,
    )
    ours = {one.folded for one in author}
    named = [one.folded for one in headers.addresses(above[0].splitlines()) if one.folded not in ours]
    kind: Kind = "delayed" if _LATE.search(above[0]) else "failed"
    return [Report(kind, one) for one in named[:1]]


def _worded(one: Report, words: str) -> Report:
    """What such a notice says in prose about its reader."""
    lines = [line.strip(" >\t") for line in words.splitlines()[:200]]
    telling = [
        line
        for line in lines
        if _STATUS.search(line) or _GONE.search(line) or re.search(r"\b[45]\d\d[ -]", line)
    ]
    said = " ".join(telling[:3])[:500] or next((line for line in lines if line), "")[:500]
    bad = one.kind == "failed" and is_address_bad(_status(said), said)
    return replace(one, status=_status(said), said=said, is_address_bad=bad)


def _unusual(message: Message) -> list[Report]:
    if not headers.first(message, "From"):
        return []
    try:
        late, failed = all_failures(message)
    except (
        Exception
    ):  # it reads the notices of fifty kinds of servers by their prose: one more cannot be foreseen
        return []
    told = [(one, "delayed") for one in late] + [(one, "failed") for one in failed]
    found = []
    for address, kind in told:
        text = address.decode("ascii", "replace") if isinstance(address, bytes) else str(address)
        found.append(Report(kind, text.lower()))  # type: ignore[arg-type]
    return sorted(found, key=lambda one: (one.kind, one.address))
