"""A long-term initiative."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.why.goals.models import Objective


class Project(models.Model):
    """What several organisations build together over months or years. `name_folded` is unique; money is in `currency`."""

    class Kind(models.TextChoices):
        INFRASTRUCTURE = "infrastructure", _("Infrastructure")
        EMPOWERMENT = "empowerment", _("Empowerment")
        ENVIRONMENT = "environment", _("Environment")
        EDUCATION = "education", _("Education")
        SKILLS = "skills", _("Skills and work")
        HEALTH = "health", _("Health")
        AWARENESS = "awareness", _("Awareness")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, unique=True, editable=False)
    about = models.TextField(_("what is done, and for whom"), max_length=4000, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.OTHER)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    objective = models.ForeignKey(
        Objective, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("objective served")
    )
    starts_on: models.DateField[date | None, date | None] = models.DateField(_("from"), null=True, blank=True)
    ends_on: models.DateField[date | None, date | None] = models.DateField(_("until"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    currency = models.CharField(_("currency"), max_length=3, editable=False)
    ended_on: models.DateField[date | None, date | None] = models.DateField(
        _("ended"), null=True, blank=True, editable=False
    )
    end_reason = models.TextField(_("why it ended"), max_length=1000, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        indexes = [
            models.Index(fields=["updated_at", "id"], name="projects_updated"),
            models.Index(fields=["state", "id"], name="projects_state"),
            models.Index(fields=["kind", "id"], name="projects_kind"),
            models.Index(fields=["ends_on", "id"], name="projects_ends"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("projects:project", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """Finished or stopped."""
        return self.state in {self.State.FINISHED, self.State.STOPPED}
