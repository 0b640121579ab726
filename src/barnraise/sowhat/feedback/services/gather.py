"""Bring comments together from their channels, and note one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import comment_faults
from ..models import Comment, Mark, Theme
from ..selectors import COMMENT, TYPED, last_key, one_by_key
from ..sockets import Said, channels
from ..topics import tone

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class New:
    """A comment to write, checked already. `themes` are keys."""

    text: str
    said_on: date
    said_by: str = ""
    source: str = ""
    language: str = ""
    themes: Sequence[int] = ()
    state: str = Comment.State.WAITING.value
    aside_reason: str = ""
    answer: int | None = None


def gather(*, now: datetime, most: int = AT_ONCE) -> int:
    """Take in what is new in every channel, at most so many of each. How many came."""
    return sum(_of_channel(name, now, most) for name, _one in channels.items())


def _of_channel(name: str, now: datetime, most: int) -> int:
    after = last_key(name)
    found = list(channels.get(name).after(after, most))
    with transaction.atomic():
        rows = Comment.objects.bulk_create([_row(name, one, now) for one in found], ignore_conflicts=True)
        keys = Comment.objects.filter(channel=name, key__in=[one.key for one in found])
        search.index(COMMENT, list(keys.values_list("pk", flat=True)))
    return len(rows)


def _row(name: str, one: Said, now: datetime) -> Comment:
    language = one.language or installation().default_language
    text = one.text.strip()[:4000]
    return Comment(
        channel=name,
        key=one.key,
        source=str(one.source),
        text=text,
        said_on=one.on,
        said_by=str(one.by) if one.by else "",
        language=language[:10],
        sentiment=tone(text, language),
        is_sample=one.is_sample,
        created_at=now,
        updated_at=now,
    )


def sweep(*, now: datetime) -> int:
    """Take away comments whose source is gone, or may no longer be read. How many went."""
    gone = 0
    for name, channel in channels.items():
        after = 0
        while True:
            rows = Comment.objects.filter(channel=name, pk__gt=after).order_by("pk")
            page = list(rows.values_list("pk", "key")[:AT_ONCE])
            if not page:
                break
            after = page[-1][0]
            alive = set(channel.alive([key for _pk, key in page if key is not None]))
            lost = [pk for pk, key in page if key not in alive]
            take_away(lost)
            gone += len(lost)
    return gone


def take_away(keys: Sequence[int]) -> None:
    """Delete these, without a sentence."""
    if keys:
        with transaction.atomic():
            search.remove(COMMENT, list(keys))
            Comment.objects.filter(pk__in=list(keys)).delete()


def note_comment(
    *,
    by: Any,
    text: str,
    said_on: date | None = None,
    said_by: Ref | None = None,
    source: str = "",
    language: str = "",
) -> Comment:
    """Something that was said to one of the team. `source` is the typed reference of where: an event.

    Raises ValidationError by field (text, said_on); then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    row = Comment(
        channel=TYPED,
        text=text.strip(),
        said_on=said_on or today,
        said_by=str(said_by) if said_by else "",
        source=source,
        language=language or installation().default_language,
        created_at=now,
        updated_at=now,
    )
    refuse(comment_faults(row, today))
    row.sentiment = tone(row.text, row.language)
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="feedback.noted", about=[row])
        search.index(COMMENT, [row.pk])
    return one_by_key(row.pk)


def write(given: Sequence[New], *, at: datetime, is_sample: bool = False) -> list[Comment]:
    """Add these without a sentence, in the caller's transaction."""
    home = installation().default_language
    rows = Comment.objects.bulk_create(
        Comment(
            channel=TYPED,
            text=one.text,
            said_on=one.said_on,
            said_by=one.said_by,
            source=one.source,
            language=one.language or home,
            sentiment=tone(one.text, one.language or home),
            state=one.state,
            aside_reason=one.aside_reason,
            answer_id=one.answer,
            is_sample=is_sample,
            created_at=at,
            updated_at=at,
        )
        for one in given
    )
    Mark.objects.bulk_create(
        Mark(comment=row, theme_id=theme, created_at=at)
        for row, one in zip(rows, given, strict=True)
        for theme in one.themes
    )
    search.index(COMMENT, [row.pk for row in rows])
    return rows


def remove_comment(comment: Comment, *, by: Any) -> None:
    """Take away one that was typed by mistake. Raises ValidationError for one that came from a channel: its source is kept there."""
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    if comment.channel != TYPED:
        raise ValidationError(_("It stands in what somebody sent: set it aside, or remove that."))
    with transaction.atomic():
        record(by=by, verb="feedback.removed", about=[])
        take_away([comment.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's comments, themes and answers go. How many comments."""
    from ..models import Answer

    keys = list(Comment.objects.filter(is_sample=True).values_list("pk", flat=True))
    search.remove(COMMENT, keys)
    Comment.objects.filter(is_sample=True).delete()
    answers = list(Answer.objects.filter(is_sample=True).values_list("pk", flat=True))
    search.remove("feedback.answer", answers)
    Answer.objects.filter(is_sample=True).delete()
    themes = Theme.objects.filter(is_sample=True)
    search.remove("feedback.theme", list(themes.values_list("pk", flat=True)))
    themes.delete()
    if keys or answers:
        record(by=by, verb="feedback.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
