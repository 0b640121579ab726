"""Change what a story says, in its own and in further languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST, publishing_faults, story_faults
from ..models import Story
from ..selectors import KIND
from .make import told

FIELDS = ("title", "summary", "text", "language", "cites", "owner")


def locked(story: Story) -> Story:
    """The row as it stands now, held until the end of the transaction."""
    return Story.objects.select_for_update(of=("self",)).get(pk=story.pk)


def touch(row: Story, fields: list[str]) -> None:
    """Save these fields and when it changed."""
    row.updated_at = timezone.now()
    row.save(update_fields=[*fields, "updated_at"])
    search.index(KIND, [row.pk])


def change_story(story: Story, *, by: Any, **values: Any) -> Story:
    """Set the given fields (of FIELDS). One that is public must stay fit to be so. Raises ValidationError by field; then nothing changes."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A story has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = locked(story)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, _clean(name, value))
        refuse(story_faults(row))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.title_folded = fold(row.title)[:160]
            row.texts = {code: one for code, one in row.texts.items() if code != row.language}
            if row.state == Story.State.PUBLISHED:
                refuse(publishing_faults(row, timezone.localdate()))
            touch(row, [*differ, "title_folded", "texts"])
            record(by=by, verb="stories.changed", about=told(row))
    return row


def _clean(name: str, value: Any) -> Any:
    if name in ("title", "summary"):
        return squeeze(value)
    return value.strip() if isinstance(value, str) else value


def translate_story(
    story: Story, *, by: Any, language: str, title: str, summary: str = "", text: str = ""
) -> Story:
    """Tell it in a further language; all empty takes that language away. Raises ValidationError by field; then nothing changes."""
    words = {"title": squeeze(title), "summary": squeeze(summary), "text": text.strip()}
    with transaction.atomic():
        row = locked(story)
        found = text_faults(MOST, **words)
        if language not in dict(settings.LANGUAGES) or language == row.language:
            found.append(("language", _("Choose one of the other languages.")))
        if any(words.values()):
            found += [
                (name, _("Write this too: a story is told whole in every language."))
                for name in ("title", "text")
                if not words[name]
            ]
        refuse(found)
        before = row.texts
        others = {code: one for code, one in before.items() if code != language}
        row.texts = {**others, language: words} if any(words.values()) else others
        if row.texts != before:
            if row.state == Story.State.PUBLISHED:
                refuse(publishing_faults(row, timezone.localdate()))
            touch(row, ["texts"])
            record(by=by, verb="stories.translated", about=told(row), details={"language": language})
    return row


def only_published_stays(row: Story, problem: str) -> None:
    """Raise ValidationError where taking something from a public story would leave it unfit."""
    found = publishing_faults(row, timezone.localdate()) if row.state == Story.State.PUBLISHED else []
    if found:
        raise ValidationError(problem)
