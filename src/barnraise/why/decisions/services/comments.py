"""Say something about a proposal; change and take away what one has written oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record, take_away

from ..models import Comment, Decision, Proposal
from ..models.proposal import State
from .proposals import first_state

Stage = Decision.Stage


def add_comment(
    proposal: Proposal, *, text: str, author: str = "", by: Any = None, respondent: Ref | None = None
) -> Comment:
    """What somebody says about a proposal, or (with `by`) what the team writes. Raises ValidationError by field."""
    text, author = text.strip(), squeeze(author)
    decision = proposal.decision
    errors = _faults(text, author)
    today = timezone.localdate()
    if by is None and not (decision.takes(Stage.PROPOSING, today) or decision.takes(Stage.VOTING, today)):
        errors["text"] = _("Nothing is discussed now.")
    if by is None and proposal.state != State.SHOWN:
        errors["text"] = _("This proposal is not shown.")
    if errors:
        raise ValidationError(errors)
    now = timezone.now()
    with transaction.atomic():
        row = Comment.objects.create(
            proposal=proposal,
            text=text,
            author=author,
            state=first_state(decision, by),
            respondent=str(respondent) if respondent else "",
            by=by if getattr(by, "pk", None) else None,
            created_at=now,
            updated_at=now,
        )
        about = [decision, *([respondent] if respondent else [])]
        if by is None:
            record(by=by, verb="decisions.commented", about=about)
        else:
            record(by=by, verb="decisions.comment_noted", about=about, details=_told(row))
    return row


def change_comment(comment: Comment, *, by: Any, **values: Any) -> Comment:
    """Set the given of text and author. Raises ValidationError by field; then nothing is changed."""
    with transaction.atomic():
        row = (
            Comment.objects.select_for_update(of=("self",))
            .select_related("proposal__decision")
            .get(pk=comment.pk)
        )
        text, author = values.get("text", row.text).strip(), squeeze(values.get("author", row.author))
        if errors := _faults(text, author):
            raise ValidationError(errors)
        new = {"text": text, "author": author}
        told = {
            name: (getattr(row, name), value) for name, value in new.items() if getattr(row, name) != value
        }
        if told:
            row.text, row.author, row.updated_at = text, author, timezone.now()
            row.save(update_fields=["text", "author", "updated_at"])
            about = [row.proposal.decision]
            record(by=by, verb="decisions.comment_changed", about=about, changes=told, details=_told(row))
    return row


def remove_comment(comment: Comment, *, by: Any) -> ChangeSet:
    """Take it away; an undo brings it back."""
    with transaction.atomic():
        about = [comment.proposal.decision]
        return take_away(
            comment, by=by, verb="decisions.comment_removed", about=about, details=_told(comment)
        )


def bring_comments(given: Sequence[Mapping[str, Any]], *, by: Any, at: datetime) -> list[Comment]:
    """Add these comments that the team noted, checked already, without a sentence, in the caller's transaction."""
    key = getattr(by, "pk", None)
    rows = [Comment(by_id=key, created_at=at, updated_at=at, **one) for one in given]
    return Comment.objects.bulk_create(rows)


def _faults(text: str, author: str) -> dict[str, Any]:
    if not text or len(text) > 2000 or len(author) > 80 or "\x00" in f"{text}{author}":
        return {"text": _("Write what you think, in at most 2,000 characters.")}
    return {}


def _told(row: Comment) -> dict[str, str]:
    return {"said": row.text[:80], "proposal": row.proposal.title[:80]}
