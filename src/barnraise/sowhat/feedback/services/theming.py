"""Say what comments are about: by hand, and by taking over what was suggested."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import theme_faults
from ..models import Comment, Mark, Suggestion, Theme
from ..selectors import THEME
from ..topics import ENOUGH, SEED, stripped, topics

LOOKED_AT = 5000


def _others(row: Theme) -> set[str]:
    rows = Theme.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk)
    return set(rows.values_list("name_folded", flat=True))


def add_theme(
    *, by: Any, name: str, about: str = "", is_sample: bool = False, change_set: Any = None
) -> Theme:
    """A new theme. Raises ValidationError by field."""
    now = timezone.now()
    row = Theme(name=squeeze(name), about=about.strip(), is_sample=is_sample, created_at=now, updated_at=now)
    row.name_folded = fold(row.name)[:120]
    refuse(theme_faults(row, others=_others(row)))
    with transaction.atomic():
        row.save(force_insert=True)
        search.index(THEME, [row.pk])
        if not is_sample:
            record(by=by, verb="feedback.theme_added", about=[row], change_set=change_set)
    return row


def change_theme(theme: Theme, *, by: Any, name: str, about: str = "", is_ended: bool = False) -> Theme:
    """Set its words, and whether it is still offered. Raises ValidationError by field."""
    with transaction.atomic():
        row = Theme.objects.select_for_update().get(pk=theme.pk)
        row.name, row.about = squeeze(name), about.strip()
        row.name_folded, row.updated_at = fold(row.name)[:120], timezone.now()
        refuse(theme_faults(row, others=_others(row)))
        row.ended_on = (row.ended_on or timezone.localdate()) if is_ended else None
        row.save(update_fields=["name", "name_folded", "about", "ended_on", "updated_at"])
        search.index(THEME, [row.pk])
        record(by=by, verb="feedback.theme_changed", about=[row])
    return row


def remove_theme(theme: Theme, *, by: Any) -> None:
    """Take a theme away; comments stay, and are no longer about it."""
    with transaction.atomic():
        record(by=by, verb="feedback.theme_removed", about=[], details={"title": theme.name})
        search.remove(THEME, [theme.pk])
        Theme.objects.filter(pk=theme.pk).delete()


def set_themes(comment: Comment, themes: Collection[Theme], *, by: Any) -> Comment:
    """These, and no others, are what it is about."""
    now = timezone.now()
    with transaction.atomic():
        before = set(comment.marks.values_list("theme_id", flat=True))
        wanted = {one.pk for one in themes}
        Mark.objects.filter(comment=comment, theme_id__in=before - wanted).delete()
        Mark.objects.bulk_create(
            [Mark(comment=comment, theme_id=key, created_at=now) for key in sorted(wanted - before)],
            ignore_conflicts=True,
        )
        if before != wanted:
            Comment.objects.filter(pk=comment.pk).update(updated_at=now)
            names = ", ".join(sorted(one.name for one in themes))
            record(by=by, verb="feedback.themed", about=[comment, *themes], details={"themes": names})
    return comment


def suggest(*, now: datetime, names: Sequence[str] = ()) -> int:
    """Make suggestions anew from comments that are about nothing yet. How many there are; none of fewer than 50 comments.

    METHODS 8.3: the same comments give the same topics; `names` and addresses are taken out of them first.
    """
    rows = list(
        Comment.objects.filter(marks__isnull=True).order_by("-said_on", "-pk").values_list("pk", "text")[:LOOKED_AT]
    )  # fmt: skip
    rows.sort()
    found = topics([stripped(text, names) for _key, text in rows]) if len(rows) >= ENOUGH else []
    method = f"nmf k={len(found)} seed={SEED} n={len(rows)}"
    with transaction.atomic():
        Suggestion.objects.all().delete()
        Suggestion.objects.bulk_create(
            Suggestion(
                terms=list(one.terms), keys=[rows[at][0] for at in one.members], method=method, made_at=now
            )
            for one in found
        )
    return len(found)


def take_suggestion(suggestion: Suggestion, *, by: Any, name: str) -> Theme:
    """Make a suggestion a theme (or add it to the one of this name); its comments are about it. Raises ValidationError."""
    now = timezone.now()
    with transaction.atomic():
        held = Suggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
        if held is None:
            raise ValidationError(_("It was taken over or made anew meanwhile."))
        theme = Theme.objects.filter(name_folded=fold(squeeze(name))[:120]).first()
        theme = theme or add_theme(by=by, name=name)
        keys = list(Comment.objects.filter(pk__in=list(held.keys)).values_list("pk", flat=True))
        marks = [Mark(comment_id=key, theme=theme, is_suggested=True, created_at=now) for key in keys]
        Mark.objects.bulk_create(marks, ignore_conflicts=True)
        Comment.objects.filter(pk__in=keys).update(updated_at=now)
        record(by=by, verb="feedback.suggestion_taken", about=[theme], details={"count": len(keys)})
        held.delete()
    return theme
