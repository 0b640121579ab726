"""Begin a story, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import story_faults
from ..models import Story
from ..selectors import KIND, about_refs, one_by_key


@dataclass(frozen=True, slots=True)
class New:
    """A story to write, checked already; the owner is a key, `state` "draft" or "published"."""

    title: str
    language: str
    summary: str = ""
    text: str = ""
    owner_id: int | None = None
    cites: str = ""
    state: str = Story.State.DRAFT.value


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


def write(
    given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False, change_set: Any = None
) -> list[Story]:
    """Add these in the caller's transaction, without a sentence, but for those that are published."""
    rows = Story.objects.bulk_create(
        [
            Story(
                **asdict(one),
                title_folded=fold(one.title)[:160],
                published_at=at if one.state == Story.State.PUBLISHED else None,
                is_sample=is_sample,
                created_at=at,
                updated_at=at,
            )
            for one in given
        ]
    )
    search.index(KIND, [row.pk for row in rows])
    tell([row for row in rows if row.state == Story.State.PUBLISHED], by=by, change_set=change_set)
    return rows


def amend_stories(
    given: Sequence[tuple[int, Mapping[str, Any]]], *, by: Any, at: datetime, change_set: Any
) -> list[Change]:
    """Set these fields, checked already, in the caller's transaction; the changes for an undo.

    "state" publishes a story, or takes it back; both are told in the journal.
    """
    states = {key: values["state"] for key, values in given if "state" in values}

    def follow(row: Story) -> None:
        if states.get(row.pk) == Story.State.PUBLISHED:
            row.published_at, row.ended_at, row.ended_why, row.ended_note = at, None, "", ""
        elif states.get(row.pk) == Story.State.ENDED:
            row.ended_at, row.ended_why = at, Story.Why.HAND.value

    found = amend(Story, given, at=at, settle=follow)
    keys = [change.key for change in found]
    search.index(KIND, keys)
    tell(
        list(Story.objects.filter(pk__in=[key for key in keys if key in states])),
        by=by,
        change_set=change_set,
    )
    return found


def tell(rows: Sequence[Story], *, by: Any, change_set: Any) -> None:
    """A sentence about each of these that became public, or was taken back."""
    for row in rows:
        verb = "stories.published" if row.state == Story.State.PUBLISHED else "stories.ended"
        details = {"reason": row.ended_note} if row.ended_note else None
        record(by=by, verb=verb, about=told(row), details=details, change_set=change_set)
