"""Take the next mail in hand, and write down what the mail server said to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import start

from ..addresses import tidy
from ..backoff import next_try
from ..models import Message
from ..selectors import due, suppressed
from ..sockets import permissions
from ..transport import Answer
from .suppress import note_bad_address

HANDLER = "mail.deliver"
ACTIVE = (Job.State.WAITING, Job.State.RUNNING)
LOOKED_AT = 50
"""Mails that are found not to be sent, in one step."""
KEPT_TRIES = 10


@transaction.atomic
def deliver_soon(*, now: datetime | None = None) -> Job | None:
    """Start the job that empties the outbox, unless one is at work or nothing is due. The one at work sees what is due."""
    at = now or timezone.now()
    if not due(at).exists():
        return None
    # Locked: a job that is just ending has either seen what is due, or is over once we get the lock.
    active = Job.objects.select_for_update(of=("self",)).filter(handler=HANDLER, state__in=ACTIVE)
    if active.exists():
        return None
    return start(handler=HANDLER, title=_("Send mails"), by=None)


def take_next(job: Job, *, now: datetime) -> tuple[Message | None, bool]:
    """Mark the next mail that may go as being sent: (it, whether there may be more). In the job's transaction.

    What may not go any more is marked so on the way: its address is suppressed, or its reader no longer agrees.
    """
    for _turn in range(LOOKED_AT):
        row = due(now).select_for_update(skip_locked=True).select_related(None).first()
        if row is None:
            return None, False
        reason, words = _obstacle(row, now)
        if not reason:
            Message.objects.filter(pk=row.pk).update(
                state=Message.State.SENDING, job_key=job.pk, attempts=F("attempts") + 1, updated_at=now
            )
            return row, True
        Message.objects.filter(pk=row.pk).update(
            state=Message.State.SUPPRESSED, reason=reason, answer=words[:500], updated_at=now
        )
    return None, True


def _obstacle(row: Message, now: datetime) -> tuple[str, str]:
    if row.is_sample:
        return "sample", ""
    if not row.to_address:
        return "erased", ""
    blocked = suppressed([row.to_address]).get(tidy(row.to_address))
    if blocked is not None:
        return "suppressed", str(blocked.get_reason_display())
    if row.purpose:
        permission = permissions.find(Ref.parse(row.purpose).kind)
        refusal = permission.refusal(row.purpose, row.recipient, now) if permission else ""
        if refusal:
            return "consent", refusal
    return "", ""


def finish(key: int, answer: Answer, *, job: Job, now: datetime, is_repeat: bool) -> None:
    """Write down what came of the mail that was in this job's hands. In the job's transaction."""
    row = Message.objects.select_for_update(of=("self",)).filter(pk=key, state=Message.State.SENDING).first()
    if row is None or row.job_key != job.pk:
        return
    row.repeats += is_repeat
    row.transport, row.answer, row.status = answer.transport, answer.text, answer.status
    row.job_key, row.updated_at = None, now
    told = {"at": now.isoformat(), "code": answer.code, "kind": answer.kind, "text": answer.text}
    # The first stays: it says since when it has been tried.
    row.tries = [*row.tries[:1], *row.tries[1:][2 - KEPT_TRIES :], told]
    _conclude(row, answer, now)
    row.save(
        update_fields=[
            "state", "reason", "repeats", "transport", "answer", "status", "job_key", "tries", "handed_at",
            "due_at", "updated_at",
        ]
    )  # fmt: skip
    if row.state == Message.State.FAILED and answer.is_address_bad:
        note_bad_address(row, text=answer.text, at=now)


def _conclude(row: Message, answer: Answer, now: datetime) -> None:
    if answer.kind == "accepted":
        row.state, row.reason, row.handed_at = Message.State.HANDED_OVER, "", now
        return
    if answer.kind == "never":
        row.state = Message.State.FAILED
        row.reason = "no_mailbox" if answer.is_address_bad else "refused"
        return
    again = next_try(attempts=row.attempts, created_at=max(row.created_at, _first_due(row)), now=now)
    if again is None:
        row.state, row.reason = Message.State.FAILED, "given_up"
    else:
        row.state, row.due_at = Message.State.QUEUED, again
        row.reason = "away" if answer.kind == "away" else "later"


def _first_due(row: Message) -> datetime:
    """When it was tried first, for a mail that was written long before it was to go."""
    if len(row.tries) > 1:
        return datetime.fromisoformat(row.tries[0]["at"])
    return row.due_at


@transaction.atomic
def collect_orphans(*, now: datetime) -> int:
    """Mails in the hands of a job that is over wait again: whether the server took them is not known, and they say so."""
    rows = Message.objects.filter(state=Message.State.SENDING, updated_at__lt=now - timedelta(seconds=30))
    held = dict(rows.values_list("pk", "job_key"))
    alive = set(
        Job.objects.filter(pk__in=[key for key in held.values() if key], state__in=ACTIVE).values_list(
            "pk", flat=True
        )
    )
    lost = [key for key, job in held.items() if job not in alive]
    return Message.objects.filter(pk__in=lost, state=Message.State.SENDING).update(
        state=Message.State.QUEUED, repeats=F("repeats") + 1, job_key=None, due_at=now, updated_at=now
    )
