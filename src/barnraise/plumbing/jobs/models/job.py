"""A job: long work as a row, so that it survives whoever works on it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Long work with a cursor. Each step commits its rows and this cursor in one transaction, so work counts once.

    `lease_until` says how long its worker is believed alive; when it has passed, the sweep hands the job to another.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handler = models.CharField(max_length=120, help_text="a name in the socket jobs.handlers")
    title = models.CharField(max_length=200)
    subject = models.CharField(
        max_length=120, blank=True, db_index=True, help_text="typed reference to what it works on"
    )
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(
        max_length=120, blank=True, help_text="what it is doing now, a key the page translates"
    )
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    cursor = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    attempts = models.IntegerField(default=0, help_text="failures since the last step that succeeded")
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    not_before_at = models.DateTimeField(null=True)
    is_cancel_wanted = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_job_sweep"),
            models.Index(fields=["-id", "state"], name="jobs_job_list"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Done, failed or cancelled: nothing more will happen."""
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}
