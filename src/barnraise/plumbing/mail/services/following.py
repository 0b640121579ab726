"""When people are merged or erased: their mails follow, or what tells who they were goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things
from barnraise.plumbing.search import services as search

from ..addresses import tidy
from ..models import Body, Message, Notice, Suppression
from ..selectors import KIND

MERGED = "mail.message"
"""The kind under which a merge keeps whose mails it took over."""


def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What was written to `absorb` was written to `keep`."""
    keys = list(Message.objects.filter(recipient=str(absorb)).values_list("pk", flat=True))
    if not keys:
        return
    Message.objects.filter(pk__in=keys).update(recipient=str(keep), updated_at=timezone.now())
    stored = {"from": str(absorb), "to": str(keep), "mails": keys}
    add_changes(
        change_set=change_set,
        changes=[Change(kind=MERGED, key=keys[0], action=Change.Action.UPDATED, before=stored)],
    )


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        rows = Message.objects.filter(pk__in=stored["mails"], recipient=stored["to"])
        rows.update(recipient=stored["from"], updated_at=timezone.now())
    return {}


def forget(ref: Ref, *, addresses: Collection[str], by: Any) -> None:
    """Take out of mails, notices, files and the list of suppressed addresses who this was. That there was a mail, when, and
    what became of it stays; of a suppressed address its keyed hash."""
    now = timezone.now()
    rows = Message.objects.filter(recipient=str(ref))
    known = {tidy(one) for one in addresses if one} | {
        tidy(one) for one in rows.values_list("to_address", flat=True) if one
    }
    rows = rows | Message.objects.filter(to_address__in=known, recipient="")
    keys = list(rows.values_list("pk", flat=True))
    waiting = [Message.State.DRAFT, Message.State.QUEUED, Message.State.SENDING]
    Message.objects.filter(pk__in=keys, state__in=waiting).update(state=Message.State.CANCELLED, reason="")
    _forget_bodies(keys)
    Message.objects.filter(pk__in=keys).update(
        recipient="",
        to_address="",
        to_name="",
        reply_to="",
        values={},
        answer="",
        tries=[],
        erased_at=now,
        updated_at=now,
    )
    Notice.objects.filter(message_id__in=keys).update(address="", said="", content="", updated_at=now)
    Notice.objects.filter(address__in=known).update(address="", said="", content="", updated_at=now)
    for address in known:
        Notice.objects.filter(content__icontains=address).update(content="", said="", updated_at=now)
    hidden = list(Suppression.objects.filter(address__in=known).values_list("pk", flat=True))
    Suppression.objects.filter(pk__in=hidden).update(address="", note="", updated_at=now)
    search.remove(KIND, keys)
    forget_things(
        [*(Ref("mail", "message", key) for key in keys), *(Ref("mail", "suppression", key) for key in hidden)]
    )
    forget_files(known)


def _forget_bodies(keys: Collection[int]) -> None:
    """Texts that were written to nobody else."""
    bodies = set(Message.objects.filter(pk__in=keys, is_bulk=False).values_list("body_id", flat=True))
    shared = set(
        Message.objects.filter(body_id__in=bodies).exclude(pk__in=keys).values_list("body_id", flat=True)
    )
    Body.objects.filter(pk__in=bodies - shared).update(subject="", text="", html="")


def forget_files(addresses: Collection[str]) -> int:
    """Remove the mails to these addresses that lie as files because no mail server is set. How many went."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not Path(folder).is_dir() or not addresses:
        return 0
    gone = 0
    wanted = [one.encode() for one in addresses]
    for path in Path(folder).iterdir():
        if path.is_file() and any(one in path.read_bytes().lower() for one in wanted):
            path.unlink(missing_ok=True)
            gone += 1
    return gone
