"""What somebody said, and what it is about."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .answer import Answer


class Theme(models.Model):
    """What many comments are about. Ended ones are no longer offered."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("theme"), max_length=120)
    name_folded = models.CharField(max_length=120, unique=True, editable=False)
    about = models.CharField(_("what belongs to it"), max_length=500, blank=True)
    ended_on: models.DateField[date | None, date | None] = models.DateField(_("ended"), null=True, editable=False)  # fmt: skip
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("feedback:theme", args=[self.uuid])


class Comment(models.Model):
    """One thing somebody said.

    `channel` is a name of the socket feedback.channels, or "typed"; `key` its place there and `source` the typed reference of
    what it stands in. `said_by` is the typed reference of a person or organisation, never shown outside the team. `sentiment` is
    a heuristic of its words. It waits until it is answered or set aside with the reason.
    """

    class Sentiment(models.TextChoices):
        POSITIVE = "positive", _("Rather positive")
        NEUTRAL = "neutral", _("Neutral")
        NEGATIVE = "negative", _("Rather negative")
        UNSCORED = "unscored", _("Not scored")

    class State(models.TextChoices):
        WAITING = "waiting", _("Unanswered")
        ANSWERED = "answered", _("Answered")
        ASIDE = "aside", _("Set aside")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(_("how it came"), max_length=40)
    key: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True, editable=False)
    source = models.CharField(_("stands in"), max_length=80, blank=True)
    text = models.TextField(_("what was said"), max_length=4000)
    said_on: models.DateField[date, date] = models.DateField(_("said on"))
    said_by = models.CharField(_("who said it"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    sentiment = models.CharField(
        _("tone"), max_length=8, choices=Sentiment.choices, default=Sentiment.UNSCORED, editable=False
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.WAITING, editable=False
    )
    aside_reason = models.CharField(_("why it was set aside"), max_length=300, blank=True, editable=False)
    answer = models.ForeignKey(
        Answer, models.SET_NULL, null=True, editable=False, related_name="comments", verbose_name=_("answer")
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "key"], name="feedback_once", condition=Q(key__isnull=False)
            ),
            models.CheckConstraint(
                condition=~Q(state="aside") | ~Q(aside_reason=""),
                name="feedback_aside_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        indexes = [
            models.Index(fields=["said_on", "id"], name="feedback_said_on"),
            models.Index(fields=["updated_at", "id"], name="feedback_updated"),
            models.Index(fields=["state", "said_on", "id"], name="feedback_state"),
            models.Index(fields=["channel", "said_on", "id"], name="feedback_channel"),
            models.Index(fields=["sentiment", "said_on", "id"], name="feedback_sentiment"),
            models.Index(fields=["said_by"], name="feedback_said_by", condition=~Q(said_by="")),
            models.Index(fields=["source"], name="feedback_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        words = " ".join(self.text.split())
        return words if len(words) <= 80 else f"{words[:79]}…"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("feedback:one", args=[self.uuid])


class Mark(models.Model):
    """A comment is about a theme: somebody said so, or took over what was suggested."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="marks", db_index=False)
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="marks", db_index=False)
    is_suggested = models.BooleanField(default=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("comment about a theme")
        verbose_name_plural = _("comments about themes")
        constraints = [models.UniqueConstraint(fields=["comment", "theme"], name="feedback_marked_once")]
        indexes = [models.Index(fields=["theme", "comment"], name="feedback_of_theme")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.theme_id}"


class Suggestion(models.Model):
    """Comments that a topic model puts together, with the words that tell them apart. Replaced as a whole when made anew.

    `method` says how it was made ("nmf k=5 seed=0 n=120"); `keys` are the comments.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    terms: models.JSONField[Sequence[str], Sequence[str]] = models.JSONField(default=list)
    keys: models.JSONField[Sequence[int], Sequence[int]] = models.JSONField(default=list)
    method = models.CharField(max_length=80)
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("suggested theme")
        verbose_name_plural = _("suggested themes")

    def __str__(self) -> str:
        return ", ".join(self.terms)
