"""A leadership: whom a person speaks for, and until when; and what we think it weighs."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community
from barnraise.who.organisations.models import Organisation

from .person import Person


class Leadership(models.Model):
    """A community leader's standing. The term is open where `term_ends_on` is null."""

    class Kind(models.TextChoices):
        ELECTED = "elected", _("Elected official")
        FAITH = "faith", _("Faith leader")
        EDUCATOR = "educator", _("Educator")
        GRASSROOTS = "grassroots", _("Grassroots leader")
        BUSINESS = "business", _("Business leader")
        YOUTH = "youth", _("Youth leader")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="leaderships")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    constituency = models.CharField(_("constituency"), max_length=200, blank=True)
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    term_started_on = models.DateField(_("in office since"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)
    ended_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("leadership")
        verbose_name_plural = _("leaderships")
        constraints = [
            models.CheckConstraint(
                condition=Q(term_started_on__isnull=True)
                | Q(term_ends_on__isnull=True)
                | Q(term_started_on__lte=F("term_ends_on")),
                name="people_term_in_order",
                violation_error_message=_("A term cannot end before it began."),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "person"], name="people_leader_kind"),
            models.Index(
                fields=["term_ends_on", "id"],
                name="people_leader_term",
                condition=Q(term_ends_on__isnull=False),
            ),
            models.Index(fields=["updated_at", "id"], name="people_leader_updated"),
        ]

    def __str__(self) -> str:
        return self.constituency or str(self.get_kind_display())

    def is_current(self, today: date) -> bool:
        """The term has not ended."""
        return self.term_ends_on is None or self.term_ends_on >= today


class LeaderNote(models.Model):
    """What somebody of the team thinks a leader's reach or influence is; older notes stay."""

    class Aspect(models.TextChoices):
        REACH = "reach", _("Reach")
        INFLUENCE = "influence", _("Influence")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    leadership = models.ForeignKey(Leadership, models.CASCADE, related_name="notes")
    aspect = models.CharField(_("aspect"), max_length=9, choices=Aspect.choices)
    level = models.PositiveSmallIntegerField(_("level from 1 to 5"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    noted_on = models.DateField(_("noted on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("noted by")
    )
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("note about a leader")
        verbose_name_plural = _("notes about leaders")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=5), name="people_level_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["updated_at", "id"], name="people_leader_note_updated")]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()} {self.level or ''}".strip()
