"""Something people come to at a time and a place."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """A workshop, booth, volunteer day or gathering.

    With `is_public` it has a page of its own on which people register, until it begins or `closes_at`; `capacity` is how many
    of them get a place, null for as many as come. `cites` is the typed reference of the project, objective or goal it serves,
    empty for none. `came_version` counts up whenever who came, or for how long, changes. `cancelled_at` and `closed_at` end it
    one way or the other; `outcome` is said when it is closed.
    """

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        BOOTH = "booth", _("Booth")
        VOLUNTEER = "volunteer", _("Volunteer day")
        GATHERING = "gathering", _("Gathering")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    title_folded = models.CharField(max_length=160, editable=False)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    about = models.TextField(_("what happens there"), max_length=4000, blank=True)
    starts_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("begins"))
    ends_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    cites = models.CharField(_("serves"), max_length=80, blank=True)
    is_public = models.BooleanField(_("people register on its page"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    closes_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("registration closes"), null=True, blank=True
    )
    cancelled_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, editable=False
    )
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    closed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, editable=False
    )
    outcome = models.TextField(_("what came of it"), max_length=4000, blank=True, editable=False)
    came_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="events_in_order",
                violation_error_message=_("It would end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                name="events_cancelled_with_reason",
                violation_error_message=_("Say why it is cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(closed_at__isnull=True),
                name="events_one_end",
                violation_error_message=_("A cancelled event is not closed out."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="events_start"),
            models.Index(fields=["title_folded", "id"], name="events_title"),
            models.Index(fields=["kind", "starts_at", "id"], name="events_kind"),
            models.Index(fields=["owner", "starts_at", "id"], name="events_owner"),
            models.Index(fields=["updated_at", "id"], name="events_updated"),
            models.Index(fields=["cites"], name="events_cites", condition=~Q(cites="")),
            models.Index(
                fields=["ends_at", "id"],
                name="events_open",
                condition=Q(cancelled_at__isnull=True, closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("events:one", args=[self.uuid])

    def state(self, now: datetime) -> str:
        """ "cancelled", "closed", "over" (needs close-out), "now" or "planned"."""
        if self.cancelled_at is not None:
            return "cancelled"
        if self.closed_at is not None:
            return "closed"
        if self.ends_at <= now:
            return "over"
        return "now" if self.starts_at <= now else "planned"

    def takes_registrations(self, now: datetime) -> bool:
        """Whether people may register on its page."""
        until = min(self.starts_at, self.closes_at) if self.closes_at else self.starts_at
        return self.is_public and self.cancelled_at is None and self.closed_at is None and now < until
