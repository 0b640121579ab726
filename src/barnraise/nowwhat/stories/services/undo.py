"""Take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Story, StoryFigure, StoryPerson
from ..selectors import KIND
from .cite import uncite
from .name import unname_person
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed stories, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Story.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            search.index(KIND, [row.pk])
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept


@transaction.atomic
def restore_figures(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo what a file let stories cite; a figure that the text of a public story names is kept."""
    kept: dict[int, str] = {}
    for change in changes:
        figure = StoryFigure.objects.select_related("story", "observation").filter(pk=change.key).first()
        if figure is None:
            continue
        try:
            with transaction.atomic():
                uncite(figure, by=by)
        except ValidationError:
            kept[change.key] = "in_use"
    return kept


@transaction.atomic
def restore_named(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo whom a file named in stories; in a story that was published since they stay: it tells of them."""
    kept: dict[int, str] = {}
    for change in changes:
        named = StoryPerson.objects.select_related("story", "person").filter(pk=change.key).first()
        if named is None:
            continue
        if named.story.state != Story.State.DRAFT:
            kept[change.key] = "in_use"
        else:
            unname_person(named, by=by)
    return kept
