"""Answer comments: one answer for many, published as "you said, we did"; or set one aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST, answer_faults, personal_faults
from ..models import Answer, Comment
from ..selectors import ANSWER, COMMENT, one_answer_by_key, said_before


def _about(row: Answer) -> list[Any]:
    return [row, Ref.parse(row.cites)] if row.cites else [row]


def write_answer(*, by: Any, you_said: str, we_did: str, cites: str = "", comments: Collection[Comment] = ()) -> Answer:  # fmt: skip
    """A draft that nobody outside the team sees; the comments it answers are answered. Raises ValidationError by field."""
    now = timezone.now()
    row = Answer(
        you_said=squeeze(you_said), we_did=we_did.strip(), cites=cites, created_at=now, updated_at=now
    )
    row.you_said_folded = fold(row.you_said)[:300]
    refuse(answer_faults(row))
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="feedback.answer_written", about=_about(row))
        answer_comments(row, [one.pk for one in comments], by=by)
        search.index(ANSWER, [row.pk])
    return one_answer_by_key(row.pk)


def change_answer(answer: Answer, *, by: Any, you_said: str, we_did: str, cites: str = "") -> Answer:
    """Set its words. One that is public is checked as when it was published. Raises ValidationError by field."""
    with transaction.atomic():
        row = Answer.objects.select_for_update().get(pk=answer.pk)
        row.you_said, row.we_did, row.cites = squeeze(you_said), we_did.strip(), cites
        row.you_said_folded, row.updated_at = fold(row.you_said)[:300], timezone.now()
        found = answer_faults(row)
        refuse([*found, *_personal(row)] if row.is_public else found)
        row.save(update_fields=["you_said", "you_said_folded", "we_did", "cites", "updated_at"])
        record(by=by, verb="feedback.answer_changed", about=_about(row))
        search.index(ANSWER, [row.pk])
    return one_answer_by_key(row.pk)


def answer_comments(answer: Answer, keys: Sequence[int], *, by: Any) -> int:
    """These are answered by it. How many were."""
    rows = Comment.objects.filter(pk__in=list(keys))
    many = rows.update(
        answer=answer, state=Comment.State.ANSWERED, aside_reason="", updated_at=timezone.now()
    )
    if many:
        refs = [Ref("feedback", "comment", key) for key in keys][:50]
        record(by=by, verb="feedback.answered", about=[answer, *refs], details={"count": many})
    return many


def _personal(row: Answer) -> list[Any]:
    return personal_faults(row, *said_before(row))


def publish(answer: Answer, *, by: Any) -> Answer:
    """Everybody may read it. Raises ValidationError where it tells who said something; then nothing is published."""
    with transaction.atomic():
        row = Answer.objects.select_for_update().get(pk=answer.pk)
        if row.is_public:
            raise ValidationError(_("It is public already."))
        refuse([*answer_faults(row), *_personal(row)])
        row.published_on, row.published_by = timezone.localdate(), by
        row.withdrawn_on, row.withdrawn_reason, row.updated_at = None, "", timezone.now()
        row.save(
            update_fields=["published_on", "published_by", "withdrawn_on", "withdrawn_reason", "updated_at"]
        )
        record(by=by, verb="feedback.published", about=_about(row))
    return row


def withdraw(answer: Answer, *, by: Any, reason: str) -> Answer:
    """Nobody outside the team reads it any more. Raises ValidationError without a reason."""
    reason = reason.strip()
    found = text_faults(MOST, reason=reason)
    if not reason:
        found.append(("reason", _("Say why.")))
    with transaction.atomic():
        row = Answer.objects.select_for_update().get(pk=answer.pk)
        if not row.is_public:
            raise ValidationError(_("It is not public."))
        refuse(found)
        row.withdrawn_on, row.withdrawn_reason, row.updated_at = timezone.localdate(), reason, timezone.now()
        row.save(update_fields=["withdrawn_on", "withdrawn_reason", "updated_at"])
        record(by=by, verb="feedback.withdrawn", about=_about(row), details={"reason": reason})
    return row


def remove_answer(answer: Answer, *, by: Any) -> None:
    """Take away a draft; its comments wait again. Raises ValidationError for one that was published: it is withdrawn."""
    with transaction.atomic():
        row = Answer.objects.select_for_update().get(pk=answer.pk)
        if row.published_on is not None:
            raise ValidationError(_("It was published. Withdraw it with a reason instead."))
        waiting = Comment.objects.filter(answer=row)
        waiting.update(state=Comment.State.WAITING, answer=None, updated_at=timezone.now())
        record(by=by, verb="feedback.answer_removed", about=[], details={"title": row.you_said})
        search.remove(ANSWER, [row.pk])
        row.delete()


def set_aside(comment: Comment, *, by: Any, reason: str) -> ChangeSet:
    """Nobody will answer it, and why. Returns the change set that lets it wait again. Raises ValidationError."""
    reason = reason.strip()
    found = text_faults(MOST, reason=reason)
    if not reason:
        found.append(("reason", _("Say why nobody answers it.")))
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        if row.state != Comment.State.WAITING:
            raise ValidationError(_("It is not waiting."))
        refuse(found)
        before = {"state": row.state, "aside_reason": row.aside_reason}
        row.state, row.aside_reason, row.updated_at = Comment.State.ASIDE, reason, timezone.now()
        row.save(update_fields=["state", "aside_reason", "updated_at"])
        change_set = open_change_set(by=by, verb="feedback.set_aside")
        change = Change(kind=COMMENT, key=row.pk, action=Change.Action.UPDATED, before=before)
        add_changes(change_set=change_set, changes=[change])
        details = {"reason": reason}
        record(by=by, verb="feedback.set_aside", about=[row], details=details, change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def wait_again(comment: Comment, *, by: Any) -> Comment:
    """It waits for an answer again. Raises ValidationError when it does."""
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        if row.state == Comment.State.WAITING:
            raise ValidationError(_("It is waiting."))
        row.state, row.aside_reason, row.answer, row.updated_at = (
            Comment.State.WAITING,
            "",
            None,
            timezone.now(),
        )
        row.save(update_fields=["state", "aside_reason", "answer", "updated_at"])
        record(by=by, verb="feedback.waits_again", about=[row])
    return row
