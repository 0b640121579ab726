"""Begin a story, or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import story_faults
from ..models import Story
from ..selectors import KIND, about_refs, one_by_key


@dataclass(frozen=True, slots=True)
class New:
    """A draft to write, checked already; the owner is a key."""

    title: str
    language: str
    summary: str = ""
    text: str = ""
    owner: int | None = None
    cites: str = ""


def make_story(
    *,
    by: Any,
    title: str,
    language: str,
    summary: str = "",
    text: str = "",
    cites: str = "",
    owner: Any = None,
) -> Story:
    """A new draft. `cites` is the typed reference of what it tells about. Raises ValidationError by field; then nothing is written."""
    now = timezone.now()
    row = Story(
        title=squeeze(title),
        summary=squeeze(summary),
        text=text.strip(),
        language=language,
        cites=cites,
        owner=owner,
        created_at=now,
        updated_at=now,
    )
    refuse(story_faults(row))
    row.title_folded = fold(row.title)[:160]
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="stories.made", about=told(row))
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def told(row: Story) -> list[Any]:
    """What a sentence about a story is about: the story first, then what it tells about."""
    return [row, *about_refs(row)]


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Story]:
    """Add these drafts without a sentence, in the caller's transaction."""
    rows = Story.objects.bulk_create(
        [
            Story(
                title=one.title,
                title_folded=fold(one.title)[:160],
                summary=one.summary,
                text=one.text,
                language=one.language,
                cites=one.cites,
                owner_id=one.owner,
                is_sample=is_sample,
                created_at=at,
                updated_at=at,
            )
            for one in given
        ]
    )
    search.index(KIND, [row.pk for row in rows])
    return rows
