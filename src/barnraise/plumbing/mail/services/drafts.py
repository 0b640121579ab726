"""Mails that nobody has put into the outbox yet: kept, changed, released, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.mail.placeholders import unknown_in
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import fields_of, is_as_it_came, record, reset, update
from barnraise.plumbing.search import services as search

from ..addresses import tidy
from ..faults import address_fault, text_faults
from ..models import Body, Message
from ..selectors import KIND, suppressed
from .deliver import deliver_soon
from .following import hand_back

SAID = ("subject", "text")


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as somebody planned it; without `due_at` it goes out as soon as it is released."""

    to_address: str
    subject: str
    text: str
    to_name: str = ""
    reply_to: str = ""
    due_at: datetime | None = None
    is_cancelled: bool = False


def draft_faults(draft: Draft) -> dict[str, Any]:
    """By field, what is wrong with it. Its reader is no record, so that there are no values for placeholders."""
    found = text_faults(draft.subject, draft.text)
    for name, text in (("subject", draft.subject), ("text", draft.text)):
        if name not in found and (strange := unknown_in((), text)):
            found[name] = _("Nobody knows what to put for {{%(name)s}} here.") % {"name": strange[0][:60]}
    if fault := address_fault(draft.to_address):
        found["to_address"] = fault
    if draft.reply_to and (fault := address_fault(draft.reply_to)):
        found["reply_to"] = fault
    return found


def keep_drafts(drafts: Sequence[Draft], *, by: Any, at: datetime) -> list[Message]:
    """These mails, checked already, as drafts: nothing is sent. In the caller's transaction, without a sentence."""
    made = []
    for one in drafts:
        body = Body.objects.create(subject=one.subject.strip(), text=one.text, created_at=at)
        row = Message(
            to_address=tidy(one.to_address),
            to_name=one.to_name,
            reply_to=one.reply_to,
            body=body,
            due_at=one.due_at or at,
            by=by if getattr(by, "pk", None) else None,
            state=Message.State.CANCELLED if one.is_cancelled else Message.State.DRAFT,
            reason="" if one.is_cancelled else Message.State.DRAFT,
            created_at=at,
            updated_at=at,
        )
        row.save(force_insert=True)
        made.append(row)
    search.index(KIND, [row.pk for row in made])
    return made


def amend_drafts(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields of drafts, `subject` and `text` among them, checked already, in the caller's transaction. What is no draft any more
    is left as it is."""
    rows = {
        row.pk: row
        for row in Message.objects.select_for_update(of=("self",))
        .select_related("body")
        .filter(pk__in=[key for key, _values in given], state=Message.State.DRAFT)
    }
    found = []
    for key, values in given:
        if (row := rows.get(key)) is None:
            continue
        before, said = fields_of(row), {name: getattr(row.body, name) for name in SAID}
        for name in values.keys() - set(SAID):
            setattr(row, name, values[name])
        change = update(row, before)
        after = said | {name: values[name] for name in SAID if name in values}
        if after != said:
            change = change or Change(kind=KIND, key=key, action=Change.Action.UPDATED, before={}, after={})
            change.before = {**(change.before or {}), **said}
            change.after = {**(change.after or {}), **after}
            Body.objects.filter(pk=row.body_id).update(**after)
        if change is not None:
            row.updated_at = at
            row.save()
            found.append(change)
    search.index(KIND, [change.key for change in found])
    return found


@transaction.atomic
def release(message: Message, *, by: Any) -> Message:
    """A draft goes out, at once or at its time. Raises ValidationError when it is none, or nothing is sent to its reader."""
    row = Message.objects.select_for_update(of=("self",)).select_related("body").get(pk=message.pk)
    if row.state != Message.State.DRAFT:
        raise ValidationError(_("It is no draft: %(state)s.") % {"state": row.get_state_display()})
    if blocked := suppressed([row.to_address]).get(row.to_address):
        raise ValidationError(
            _("Nothing is sent to this address: %(why)s.") % {"why": blocked.get_reason_display()}
        )
    row.state, row.reason, row.updated_at = Message.State.QUEUED, "", timezone.now()
    row.save(update_fields=["state", "reason", "updated_at"])
    record(by=by, verb="mail.released", about=[row])
    deliver_soon()
    return row


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo drafts that were kept and changed, and mails that a merge handed on, in the caller's transaction.

    Drafts changed or released since stay ("touched").
    """
    merged = [change for change in changes if "mails" in (change.before or {})]
    kept: dict[int, str] = dict(hand_back(merged, by=by))
    for change in changes:
        if change in merged:
            continue
        rows = Message.objects.select_for_update(of=("self",)).select_related("body")
        row = rows.filter(pk=change.key).first()
        if row is None:
            if change.action == Change.Action.UPDATED:
                kept[change.key] = "gone"
        elif change.action == Change.Action.UPDATED:
            if reason := _reset(change, row):
                kept[change.key] = reason
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            row.delete()
            row.body.delete()
            search.remove(KIND, [change.key])
    return kept


def _reset(change: Change, row: Message) -> str:
    before, after = dict(change.before or {}), dict(change.after or {})
    said = {name: before.pop(name) for name in SAID if name in before}
    if any(getattr(row.body, name) != after.pop(name) for name in said):
        return "touched"
    plain = Change(kind=KIND, key=row.pk, action=change.action, before=before, after=after)
    if reason := reset(plain, row):
        return reason
    if said:
        Body.objects.filter(pk=row.body_id).update(**said)
    Message.objects.filter(pk=row.pk).update(updated_at=timezone.now())
    search.index(KIND, [row.pk])
    return ""
