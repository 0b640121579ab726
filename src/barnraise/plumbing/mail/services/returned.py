"""Take in what mail servers and readers send back, and what follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.mail.reports import Report, reports
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..addresses import tidy
from ..models import Message, Notice, Suppression
from ..paths import key_of
from ..selectors import by_identity, latest_to
from ..sockets import Return, returns
from .suppress import note_bad_address, note_soft_bounce, suppress

KEPT = 65_536
LATELY = timedelta(days=30)
"""A notice that names only an address is taken to be about the last mail to it within this time."""
TRUSTED = frozenset({"upload", "command", "api"})
"""Ways by which somebody of ours vouches for a notice, so that an address alone may tell which mail it is about."""


@transaction.atomic
def take_returns(
    content: bytes, *, way: str, by: Any = None, return_path: str = "", now: datetime | None = None
) -> list[Notice]:
    """What a notice says, with what followed from it; the same notice twice is once.

    `way` is one of Notice.Way. The mail it is about is the one that a signed `return_path` names, else the one whose
    Message-ID it returns, else, from a trusted way, the last one to its address. Of no mail of ours nothing follows.
    """
    at = now or timezone.now()
    digest = hashlib.sha256(content).hexdigest()
    there = list(Notice.objects.filter(digest=digest).select_related("message").order_by("position"))
    if there:
        return there
    by_path = key_of(return_path) if return_path else None
    found = reports(content)
    rows = []
    for position, report in enumerate(found):
        message = _about(report, by_path, way, at)
        rows.append(_kept(report, message, digest, position, way, content, at))
        if message is not None:
            _follow(report, message, by, at)
    return rows


def _about(report: Report, by_path: int | None, way: str, at: datetime) -> Message | None:
    if by_path is not None:
        return Message.objects.select_related("body").filter(pk=by_path).first()
    if report.message_id and (row := by_identity(report.message_id)):
        return row
    if way in TRUSTED and report.address:
        return latest_to(report.address, since=at - LATELY)
    return None


def _kept(
    report: Report,
    message: Message | None,
    digest: str,
    position: int,
    way: str,
    content: bytes,
    at: datetime,
) -> Notice:
    is_unread = report.kind == "unreadable"
    address = message.to_address if message is not None else tidy(report.address)
    return Notice.objects.create(
        digest=digest,
        position=position,
        kind=report.kind,
        way=way,
        message=message,
        address=address,
        status=report.status[:12],
        is_address_bad=report.is_address_bad,
        said=report.said.replace("\x00", "")[:500],
        content=content[:KEPT].decode("utf-8", "replace").replace("\x00", "") if is_unread else "",
        created_at=at,
        updated_at=at,
    )


def _follow(report: Report, message: Message, by: Any, at: datetime) -> None:
    if report.kind == "failed":
        _bounced(report, message, by, at)
    elif report.kind == "complaint":
        _complained(report, message, by, at)
    elif report.kind == "reply":
        _tell("reply", message, at, report.said)


def _bounced(report: Report, message: Message, by: Any, at: datetime) -> None:
    changed = Message.objects.filter(
        pk=message.pk, state__in=[Message.State.HANDED_OVER, Message.State.SENDING]
    ).update(
        state=Message.State.BOUNCED,
        reason="no_mailbox" if report.is_address_bad else "bounced",
        status=report.status[:12],
        answer=report.said.replace("\x00", "")[:500],
        returned_at=at,
        job_key=None,
        updated_at=at,
    )
    if report.is_address_bad:
        note_bad_address(message, text=report.said, at=at)
    else:
        note_soft_bounce(message, at=at)
    if changed:
        record(by=by, verb="mail.bounced", about=_named(message))
        _tell("bounce", message, at, report.said)


def _complained(report: Report, message: Message, by: Any, at: datetime) -> None:
    changed = Message.objects.filter(pk=message.pk, complained_at__isnull=True).update(
        complained_at=at, updated_at=at
    )
    if message.to_address:
        suppress(
            message.to_address, reason=Suppression.Reason.COMPLAINT, by=None, note=report.said[:300], at=at
        )
    if changed:
        record(by=by, verb="mail.complained", about=_named(message))
        _tell("complaint", message, at, report.said)


def _named(message: Message) -> Sequence[Any]:
    return [message, *([Ref.parse(message.recipient)] if message.recipient else [])]


def _tell(what: Any, message: Message, at: datetime, text: str = "") -> None:
    for plug in returns:
        plug(Return(what, message, at, text))


@transaction.atomic
def unsubscribed(message: Message, *, at: datetime | None = None) -> None:
    """The reader wants no more of what this mail was sent for. Done twice it changes nothing more.

    A mail with a purpose: whoever keeps consents is told, and notes it. One without: nothing more is sent to the address.
    """
    now = at or timezone.now()
    if not message.purpose:
        if message.to_address:
            suppress(message.to_address, reason=Suppression.Reason.ASKED, by=None, at=now)
        return
    _tell("unsubscribe", message, now)
