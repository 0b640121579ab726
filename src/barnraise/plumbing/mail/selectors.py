"""Named reads of mail, fully joined."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.lists.opaque import tested
from barnraise.plumbing.ui.prepared import prepared

from . import paths, pictures
from .addresses import digests, tidy
from .models import Message, Notice, Suppression

KIND = "mail.message"
SUPPRESSION = "mail.suppression"
NOTICE = "mail.notice"
STUCK = timedelta(minutes=30)


CITED = ("projects.project", "goals.objective", "goals.goal", "needs.need", "events.event")
"""Kinds of things that a single mail may serve."""


pictures_in, with_pictures = pictures.pictures_in, pictures.shown
"""Pictures that HTML of a mail names, and the HTML for a browser with them in it."""


def messages_listed(actor: Any = None) -> QuerySet[Message]:
    """All mails with their text and writer."""
    return Message.objects.select_related("body", "by")


def one(uuid: Any) -> Message:
    """One mail. Raises Message.DoesNotExist."""
    return messages_listed().get(uuid=uuid)


def one_by_key(key: int) -> Message:
    """One mail by its key. Raises Message.DoesNotExist."""
    return messages_listed().get(pk=key)


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Subject by key."""
    return dict(Message.objects.filter(pk__in=keys).values_list("pk", "body__subject"))


def notices_of(message: Message) -> list[Notice]:
    """What came back about a mail, newest first."""
    return list(Notice.objects.filter(message=message).order_by("-id")[:50])


def again(message: Message) -> list[Message]:
    """Mails that were made of this one."""
    return list(Message.objects.filter(again_of=message).order_by("-id")[:20])


_LINE = ("uuid", "state", "transport", "created_at", "body__subject", "by__name", "by__email")
"""What a line about a mail says."""


def to_recipient(ref: Ref, *, after: tuple[datetime, int] | None = None, most: int = 50) -> list[Message]:
    """Mails to somebody as lines, newest first; `after` is (created_at, id) of the last one seen."""
    if after is None:
        return list(_latest(str(ref), most=most))
    at, key = after
    rows = _lines(str(ref)).filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
    return list(rows[:most])


def _lines(recipient: str) -> QuerySet[Message]:
    rows = messages_listed().filter(recipient=recipient).only(*_LINE)
    return rows.order_by("-created_at", "-id")


_latest = prepared(lambda recipient, *, most: _lines(recipient)[:most])


def about(ref: Ref) -> QuerySet[Message]:
    """Mails about a thing."""
    return messages_listed().filter(about=str(ref))


def serving(ref: Ref) -> list[Ref]:
    """Single mails about a thing, newest first."""
    rows = about(ref).filter(is_bulk=False).order_by("-pk").values_list("pk", flat=True)[:50]
    return [Ref("mail", "message", key) for key in rows]


def served(ref: Ref) -> list[Ref]:
    """What a mail is about."""
    found = Message.objects.filter(pk=ref.id).exclude(about="").values_list("about", flat=True)
    return [Ref.parse(text) for text in found]


def states_about(ref: Ref) -> dict[str, int]:
    """How many mails about a thing are in which state; states with none are left out. One query."""
    rows = Message.objects.filter(about=str(ref)).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def due(now: datetime) -> QuerySet[Message]:
    """Mails whose time has come, in the order in which they go: single ones first."""
    rows = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now)
    return rows.order_by("is_bulk", "due_at", "id")


def stuck(now: datetime) -> QuerySet[Message]:
    """Mails that should have gone long ago and were not even tried."""
    return Message.objects.filter(
        state__in=[Message.State.QUEUED, Message.State.SENDING], due_at__lt=now - STUCK
    )


def refused_lately(now: datetime) -> QuerySet[Message]:
    """Mails that wait because the server refused them for now or was away."""
    return Message.objects.filter(state=Message.State.QUEUED, attempts__gt=0).order_by("-updated_at")


def complaint_counts(since: datetime) -> tuple[int, int]:
    """(mails handed over since then that did not come back, those of them whose readers complained)."""
    rows = Message.objects.filter(
        state=Message.State.HANDED_OVER,
        handed_at__gte=since,
        is_sample=False,
        transport=Message.Transport.SMTP,
    )
    found = rows.aggregate(all=Count("pk"), bad=Count("pk", filter=Q(complained_at__isnull=False)))
    return found["all"], found["bad"]


def by_identity(identity: str) -> Message | None:
    """The mail whose Message-ID this is."""
    from uuid import UUID

    local = identity.strip("<> ").partition("@")[0]
    try:
        return messages_listed().filter(uuid=UUID(local)).first()
    except ValueError:
        return None


def is_return_path(address: str) -> bool:
    """Whether it looks like the return path of a mail of ours."""
    return paths.is_return_path(address)


def message_of_path(address: str) -> Message | None:
    """The mail that a signed return path names; None when it is none of ours, or was changed."""
    key = paths.key_of(address)
    return messages_listed().filter(pk=key).first() if key is not None else None


def latest_to(address: str, *, since: datetime) -> Message | None:
    """The last mail that was handed over to an address since then."""
    rows = messages_listed().filter(to_address=tidy(address), handed_at__gte=since)
    return rows.order_by("-handed_at").first()


def suppressions_listed(actor: Any = None) -> QuerySet[Suppression]:
    """All suppressed addresses, lifted ones too."""
    return Suppression.objects.select_related("by", "lifted_by")


def one_suppression(uuid: Any) -> Suppression:
    """One suppressed address. Raises Suppression.DoesNotExist."""
    return suppressions_listed().get(uuid=uuid)


def one_suppression_by_key(key: int) -> Suppression:
    """The same by its key."""
    return suppressions_listed().get(pk=key)


def suppression_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Address by key."""
    return {row.pk: str(row) for row in Suppression.objects.filter(pk__in=keys)}


def suppressed(addresses: Iterable[str]) -> dict[str, Suppression]:
    """Those of these addresses that nothing is sent to, tidied, with why. One query for each 500."""
    found: dict[str, Suppression] = {}
    wanted = list(digests({tidy(one) for one in addresses if one}).items())
    for begin in range(0, len(wanted), 500):
        part = dict(wanted[begin : begin + 500])
        for row in Suppression.objects.filter(digest__in=list(part), lifted_at__isnull=True):
            found[part[row.digest]] = row
    return found


def history_of(suppression: Suppression) -> list[Suppression]:
    """What stood about the same address before and after, newest first."""
    rows = suppressions_listed().filter(digest=suppression.digest).exclude(pk=suppression.pk)
    return list(rows.order_by("-id")[:20])


def notices_listed(actor: Any = None) -> QuerySet[Notice]:
    """What mail servers told, with the mails."""
    return Notice.objects.select_related("message", "message__body")


def soft_bounces(address: str, *, since: datetime) -> int:
    """How often mails to an address came back since then without its being wrong."""
    rows = Notice.objects.filter(
        address=tidy(address), kind=Notice.Kind.FAILED, created_at__gte=since, message__isnull=False
    )
    return rows.count()


def everything_of(ref: Ref, addresses: Collection[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """All about a person, as JSON values: mails to them, and their addresses that nothing is sent to."""
    from .building import spoken

    mails = []
    for row in messages_listed().filter(recipient=str(ref)).order_by("created_at", "id"):
        subject, text, _html = spoken(row)
        mails.append(
            {
                "to": row.to_address,
                "subject": subject,
                "text": text,
                "state": row.state,
                "written_at": row.created_at.isoformat(),
                "handed_over_at": row.handed_at.isoformat() if row.handed_at else None,
            }
        )
    rows = Suppression.objects.filter(address__in=[tidy(one) for one in addresses if one]).order_by("pk")
    blocked = [
        {
            "address": row.address,
            "reason": row.reason,
            "since": row.since_at.isoformat(),
            "lifted": row.lifted_at.isoformat() if row.lifted_at else None,
        }
        for row in rows
    ]
    return {name: found for name, found in (("mails", mails), ("suppressed", blocked)) if found}


def counts(now: datetime | None = None) -> dict[str, int]:
    """For Today and the doctor: how many wait too long, failed, and came back in the last seven days."""
    now = now or timezone.now()
    week = now - timedelta(days=7)
    real = Message.objects.filter(is_sample=False)
    return {
        "stuck": stuck(now).count(),
        "failed": real.filter(state=Message.State.FAILED, updated_at__gte=week).count(),
        "bounced": real.filter(tested(Q(state=Message.State.BOUNCED)), returned_at__gte=week).count(),
        "complained": real.filter(complained_at__gte=week).count(),
    }


def after(key: int, most: int) -> list[int]:
    """Keys of single mails behind this one, for search: those of campaigns are found by their campaign."""
    rows = Message.objects.filter(pk__gt=key, is_bulk=False, erased_at__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def count_found() -> int:
    """How many mails search knows."""
    return Message.objects.filter(is_bulk=False, erased_at__isnull=True).count()
