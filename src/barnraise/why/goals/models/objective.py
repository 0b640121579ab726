"""A measurable step towards a goal."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .goal import Goal


class Objective(models.Model):
    """A step towards a goal. What makes it SMART stands here (owner, date), at its indicators and at what its goal rests on."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Dropped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="objectives", verbose_name=_("goal"))
    name = models.CharField(_("objective"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    about = models.TextField(_("how"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.TextField(_("why it ended"), max_length=1000, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [models.UniqueConstraint(fields=["goal", "name_folded"], name="goals_objective_once")]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="goals_objective_updated"),
            models.Index(fields=["name_folded", "id"], name="goals_objective_name"),
            models.Index(fields=["state", "id"], name="goals_objective_state"),
            models.Index(fields=["due_on", "id"], name="goals_objective_due"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("goals:objective", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """Reached or dropped."""
        return self.state in {self.State.REACHED, self.State.DROPPED}
