"""Openings of a project, and the people who take them."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.people.models import Person

from .project import Project


class Opening(models.Model):
    """A role that people can take: standing volunteers, trainees, mentor pairs, scholarships."""

    class Kind(models.TextChoices):
        VOLUNTEER = "volunteer", _("Volunteer role")
        TRAINEE = "trainee", _("Trainee place")
        MENTOR = "mentor", _("Mentor pair")
        SCHOLARSHIP = "scholarship", _("Scholarship")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="openings")
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    name = models.CharField(_("role"), max_length=200)
    about = models.TextField(_("what it asks and gives"), max_length=2000, blank=True)
    places = models.PositiveIntegerField(_("places"), default=1)
    closes_on: models.DateField[date | None, date | None] = models.DateField(
        _("closes"), null=True, blank=True
    )
    is_closed = models.BooleanField(_("closed"), default=False)
    is_public = models.BooleanField(_("people apply on its page"), default=False)
    forget_after_days = models.PositiveSmallIntegerField(
        _("applications that were not taken are removed after so many days"), default=180
    )
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("projects:opening", args=[self.uuid])

    def takes_applications(self, today: date) -> bool:
        """Somebody may still apply. `project` must be loaded."""
        return (
            not self.is_closed
            and not self.project.is_ended
            and (self.closes_on is None or self.closes_on >= today)
        )


class Placement(models.Model):
    """A person and an opening, from applying to the follow-up.

    `person` is empty once they were erased, and of whoever applied on the opening's page and is not in the directory: `name` and
    `email` are theirs until they are matched. `said` is why they apply, in their words.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        MATCHED = "matched", _("Matched")
        STARTED = "started", _("Started")
        FINISHED = "finished", _("Finished")
        LEFT = "left", _("Left early")
        DECLINED = "declined", _("Not taken")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="placements")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    said = models.CharField(_("why they apply"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    mentor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mentor")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.APPLIED)
    applied_on: models.DateField[date, date] = models.DateField(_("applied"))
    matched_on: models.DateField[date | None, date | None] = models.DateField(
        _("matched"), null=True, blank=True
    )
    started_on: models.DateField[date | None, date | None] = models.DateField(
        _("started"), null=True, blank=True
    )
    ended_on: models.DateField[date | None, date | None] = models.DateField(_("ended"), null=True, blank=True)
    hours: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("hours"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    follow_up_on: models.DateField[date | None, date | None] = models.DateField(
        _("follow-up"), null=True, blank=True
    )
    outcome = models.CharField(_("what became of it"), max_length=500, blank=True)
    followed_up_on: models.DateField[date | None, date | None] = models.DateField(
        _("followed up"), null=True, blank=True
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        indexes = [
            models.Index(fields=["state", "applied_on", "id"], name="projects_placement_state"),
            models.Index(fields=["applied_on", "id"], name="projects_placement_applied"),
            models.Index(fields=["started_on", "id"], name="projects_placement_started"),
            models.Index(
                fields=["follow_up_on", "id"],
                name="projects_placement_follow",
                condition=models.Q(followed_up_on__isnull=True, follow_up_on__isnull=False),
            ),
            models.Index(fields=["updated_at", "id"], name="projects_placement_updated"),
        ]

    def __str__(self) -> str:
        return self.person.display_name if self.person else self.name or str(_("erased"))
