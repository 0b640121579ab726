"""A playbook, and where it was installed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Playbook(models.Model):
    """A goal or project as a file without personal data, made here from one, or taken in from another Barnraise.

    `document` is what the file says (see document.py), `digest` the SHA-256 of the file: the same file is there once. `source` is
    the typed reference of what it was made from. One that nobody should install any more is retired, with the reason.
    """

    class Way(models.TextChoices):
        MADE = "made", _("Made here")
        TAKEN_IN = "taken_in", _("Taken in")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False)
    about = models.TextField(_("what it is about"), max_length=4000, blank=True)
    note = models.TextField(_("our note"), max_length=2000, blank=True)
    way = models.CharField(_("where it comes from"), max_length=8, choices=Way.choices, editable=False)
    source = models.CharField(_("made from"), max_length=80, blank=True, editable=False)
    file_name = models.CharField(_("file"), max_length=200, blank=True, editable=False)
    document: models.JSONField[Any, Any] = models.JSONField(editable=False)
    digest = models.CharField(
        _("digest"),
        max_length=64,
        unique=True,
        editable=False,
        error_messages={"unique": _("This playbook is here already.")},
    )
    retired_on: models.DateField[date | None, date | None] = models.DateField(
        _("retired on"), null=True, editable=False
    )
    retired_note = models.CharField(_("why it was retired"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retired_note="")
                | (Q(retired_on__isnull=False) & ~Q(retired_note="")),
                name="playbooks_retired_with_reason",
                violation_error_message=_("Say why."),
            )
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="playbooks_updated"),
            models.Index(fields=["title_folded", "id"], name="playbooks_title"),
            models.Index(fields=["way", "updated_at", "id"], name="playbooks_way"),
            models.Index(fields=["source"], name="playbooks_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("playbooks:one", args=[self.uuid])


class Installation(models.Model):
    """A playbook that was installed: `made` are the typed references of what it made, in the order in which it was made."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    playbook = models.ForeignKey(Playbook, models.PROTECT, related_name="installations")
    starts_on: models.DateField[date, date] = models.DateField(_("from"))
    total = models.BigIntegerField(_("costs of each project"))
    made: models.JSONField[Any, Any] = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("installed by")
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        verbose_name = _("installation of a playbook")
        verbose_name_plural = _("installations of playbooks")
        indexes = [models.Index(fields=["created_at", "id"], name="playbooks_installed")]

    def __str__(self) -> str:
        return f"{self.playbook_id} {self.starts_on}"
