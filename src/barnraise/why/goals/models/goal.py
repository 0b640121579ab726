"""What a partnership aims at, and what that rests on."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.refs import Ref


class Goal(models.Model):
    """One thing a partnership wants to be true. `name_folded` is unique.

    A draft is talked about, an agreed goal is worked on; a goal ends reached or dropped, with the reason.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Dropped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    about = models.TextField(_("what changes, and for whom"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("why it ended"), max_length=1000, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        indexes = [
            models.Index(fields=["updated_at", "id"], name="goals_goal_updated"),
            models.Index(fields=["state", "id"], name="goals_goal_state"),
            models.Index(fields=["ends_on", "id"], name="goals_goal_ends"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("goals:goal", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """Reached or dropped."""
        return self.state in {self.State.REACHED, self.State.DROPPED}


class Citation(models.Model):
    """A need or a decision that a goal rests on, by typed reference."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="citations")
    cited_kind = models.CharField(max_length=60)
    cited_key = models.BigIntegerField()
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("what a goal rests on")
        verbose_name_plural = _("what goals rest on")
        constraints = [
            models.UniqueConstraint(fields=["goal", "cited_kind", "cited_key"], name="goals_cited_once")
        ]
        indexes = [models.Index(fields=["cited_kind", "cited_key"], name="goals_cited")]

    def __str__(self) -> str:
        return f"{self.goal_id} ← {self.cited_kind}:{self.cited_key}"

    @property
    def ref(self) -> Ref:
        """What is cited."""
        label, _dot, model = self.cited_kind.partition(".")
        return Ref(label, model, self.cited_key)
