"""Cite an observation in a story, or no longer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import Fault, refuse, text_faults
from barnraise.sowhat.indicators.models import Observation

from ..faults import MOST
from ..models import Story, StoryFigure
from .change import locked, only_published_stays, touch
from .make import told

FIGURES = 40


def cite(story: Story, *, by: Any, observation: Observation, words: str = "") -> StoryFigure:
    """The observation gets the next number, {1}, {2}, … Raises ValidationError: no value, cited already, too many."""
    words = squeeze(words)
    found: list[Fault] = text_faults(MOST, words=words)
    if observation.value is None:
        found.append(("observation", _("It has no value: cite another period.")))
    refuse(found)
    with transaction.atomic():
        row = locked(story)
        rows = StoryFigure.objects.filter(story=row)
        if rows.filter(observation=observation).exists():
            raise ValidationError({"observation": _("The story cites it already.")})
        if rows.count() >= FIGURES:
            raise ValidationError(
                {"observation": _("A story cites at most %(most)s figures.") % {"most": FIGURES}}
            )
        last = rows.aggregate(last=Max("number"))["last"] or 0
        figure = StoryFigure.objects.create(
            story=row, observation=observation, number=last + 1, words=words, created_at=timezone.now()
        )
        touch(row, [])
        record(by=by, verb="stories.cited", about=[*told(row), observation])
    return figure


def uncite(figure: StoryFigure, *, by: Any) -> None:
    """It is cited no more; numbers of the others stay. Refused while a public story's text names it."""
    with transaction.atomic():
        row = locked(figure.story)
        observation = figure.observation
        StoryFigure.objects.filter(pk=figure.pk).delete()
        only_published_stays(row, _("The text still cites {%(number)s}.") % {"number": figure.number})
        touch(row, [])
        record(by=by, verb="stories.uncited", about=[*told(row), observation])
