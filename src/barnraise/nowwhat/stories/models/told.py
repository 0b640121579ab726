"""What a story rests on: the figures it cites and the people it tells of."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.sowhat.indicators.models import Observation
from barnraise.who.consent.models import Purpose
from barnraise.who.people.models import Person

from .story import Story


class StoryFigure(models.Model):
    """A number of a story: an observation, cited as {number} in its text, with the words that say what it counts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="figures", db_index=False)
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.CharField(_("what it counts"), max_length=200, blank=True)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("figure of a story")
        verbose_name_plural = _("figures of stories")
        constraints = [
            models.UniqueConstraint(fields=["story", "observation"], name="stories_figure_once"),
            models.UniqueConstraint(fields=["story", "number"], name="stories_figure_number"),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} {{{self.number}}}"


class StoryPerson(models.Model):
    """Somebody whom a story names or shows, and what they have to agree to: a purpose, for publication.

    Without a purpose nobody can agree, so the story is not public.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="people", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    purpose = models.ForeignKey(
        Purpose, models.SET_NULL, null=True, related_name="+", verbose_name=_("agreed to")
    )
    named_as = models.CharField(_("named in the story as"), max_length=120)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("person in a story")
        verbose_name_plural = _("people in stories")
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="stories_person_once"),
        ]

    def __str__(self) -> str:
        return self.named_as
