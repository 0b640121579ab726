"""A story: what came of it, told."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Story(models.Model):
    """What came of the work, told for the public. `texts` holds further languages: {"es": {"title": …, "summary": …, "text": …}}.

    The text is plain: a blank line begins a paragraph, {1} stands for the figure of that number. `cites` is the typed reference of
    what it tells about. Whether a published story is public at a moment is told by the consents of its people
    (selectors.live); `ended_why` says why it stopped.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ENDED = "ended", _("Taken back")

    class Why(models.TextChoices):
        CONSENT = "consent", _("A consent ended or was withdrawn")
        ERASED = "erased", _("Somebody in it was erased")
        HAND = "hand", _("Taken back by hand")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    title_folded = models.CharField(max_length=160, editable=False)
    summary = models.CharField(_("in two sentences"), max_length=400, blank=True)
    text = models.TextField(_("the story"), max_length=20000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    texts: Any = models.JSONField(
        default=dict, editable=False, help_text="language -> title, summary and text"
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    cites = models.CharField(_("tells about"), max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    published_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("published"), null=True, editable=False
    )
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("taken back"), null=True, editable=False
    )
    ended_why = models.CharField(_("why"), max_length=8, choices=Why.choices, blank=True, editable=False)
    ended_note = models.CharField(_("a word about it"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, ended_at__isnull=True)
                | Q(state="published", published_at__isnull=False, ended_at__isnull=True)
                | Q(state="ended", published_at__isnull=False, ended_at__isnull=False) & ~Q(ended_why=""),
                name="stories_state_with_its_days",
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="stories_updated"),
            models.Index(fields=["title_folded", "id"], name="stories_title"),
            models.Index(fields=["published_at", "id"], name="stories_published"),
            models.Index(fields=["state", "published_at", "id"], name="stories_state"),
            models.Index(fields=["state", "updated_at", "id"], name="stories_state_updated"),
            models.Index(fields=["owner", "updated_at", "id"], name="stories_owner"),
            models.Index(fields=["cites"], name="stories_cites", condition=~Q(cites="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("stories:one", args=[self.uuid])

    @property
    def public_path(self) -> str:
        """Where everybody reads it while it is public."""
        return reverse("stories:read", args=[self.uuid])

    @property
    def languages(self) -> list[str]:
        """In which languages it is told, its own first."""
        return [self.language, *sorted(code for code in self.texts if code != self.language)]

    def told(self, language: str) -> dict[str, str]:
        """Title, summary and text in this language, else in its own; "language" says in which."""
        words = self.texts.get(language) if language != self.language else None
        if words:
            return {"language": language, **words}
        return {"language": self.language, "title": self.title, "summary": self.summary, "text": self.text}
