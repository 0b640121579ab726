"""One meeting: its agenda with minutes and decisions, and who came."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.who.organisations.models import Organisation

from .series import Series


class Meeting(models.Model):
    """Planned until its minutes are closed (`held_at`) or it is cancelled. `cites` is the typed reference of what it is about.

    `is_shared`: partners that are asked to it may read agenda and minutes in the portal.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        db_index=False,
        verbose_name=_("series"),
    )
    title = models.CharField(_("title"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False)
    starts_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("begins"))
    ends_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("ends"), null=True, blank=True
    )
    place = models.CharField(_("place"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), max_length=10000, blank=True)
    cites = models.CharField(_("what it is about"), max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    is_shared = models.BooleanField(_("partners may read it"), default=True)
    held_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("minutes closed"), null=True, editable=False
    )
    cancelled_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("cancelled"), null=True, editable=False
    )
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="meetings_held_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
                name="meetings_cancelled_with_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meetings_ends_after_it_begins",
                violation_error_message=_("It would end before it begins."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="meetings_starts"),
            models.Index(fields=["updated_at", "id"], name="meetings_updated"),
            models.Index(fields=["title_folded", "id"], name="meetings_title"),
            models.Index(fields=["series", "starts_at", "id"], name="meetings_of_series"),
            models.Index(fields=["owner", "starts_at", "id"], name="meetings_owner"),
            models.Index(
                fields=["starts_at", "id"],
                name="meetings_open",
                condition=Q(held_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(fields=["cites"], name="meetings_cites", condition=~Q(cites="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:one", args=[self.uuid])

    @property
    def on(self) -> date:
        """The day it begins, by the clocks of the house."""
        return timezone.localdate(self.starts_at)

    @property
    def is_open(self) -> bool:
        """Neither held nor cancelled: everything of it may be changed."""
        return self.held_at is None and self.cancelled_at is None


class AgendaItem(models.Model):
    """One point of the agenda, what was said about it (`note`) and what was decided."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes planned"), null=True, blank=True)
    note = models.TextField(_("what was said"), max_length=4000, blank=True)
    decided = models.TextField(_("what was decided"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="meetings_item_position")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """An organisation that was asked to a meeting, whether it came, and with how many people."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("meeting", "Asked")
        CAME = "came", _("Came")
        EXCUSED = "excused", _("Excused")
        ABSENT = "absent", _("Did not come")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", db_index=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("organisation")
    )
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.INVITED)
    people = models.PositiveSmallIntegerField(_("people"), default=0)

    class Meta:
        verbose_name = _("attendance of an organisation")
        verbose_name_plural = _("attendances of organisations")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="meetings_attendance_once"),
            models.CheckConstraint(
                condition=Q(state="came", people__gte=1) | (~Q(state="came") & Q(people=0)),
                name="meetings_came_with_people",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "meeting"], name="meetings_attended_by")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"
