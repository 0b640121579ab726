"""Looking back at something that was done, and what was learnt."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """An after-action review of an event, a project, an objective or a goal (`about`, its typed reference): what was expected,
    what happened, why it differed. What was learnt stands in its lessons."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = models.CharField(_("what is looked back at"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False)
    held_on: models.DateField[date, date] = models.DateField(_("held on"))
    expected = models.TextField(_("what was expected"), max_length=4000, blank=True)
    happened = models.TextField(_("what happened"), max_length=4000)
    difference = models.TextField(_("why it differed"), max_length=4000, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("after-action review")
        verbose_name_plural = _("after-action reviews")
        indexes = [
            models.Index(fields=["updated_at", "id"], name="adaptation_review_updated"),
            models.Index(fields=["title_folded", "id"], name="adaptation_review_title"),
            models.Index(fields=["held_on", "id"], name="adaptation_review_held"),
            models.Index(fields=["about"], name="adaptation_review_about"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("adaptation:review", args=[self.uuid])


class Lesson(models.Model):
    """One thing that was learnt. It becomes a next step or a promise (`became`, its typed reference), or is set aside with a reason;
    until then it is a loose end."""

    class State(models.TextChoices):
        OPEN = "open", _("Without a next step")
        FOLLOWED = "followed", _("Has a next step")
        SET_ASIDE = "set_aside", _("Set aside")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="lessons")
    text = models.CharField(_("what was learnt"), max_length=500)
    text_folded = models.CharField(max_length=500, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.OPEN, editable=False
    )
    became = models.CharField(_("what became of it"), max_length=80, blank=True, editable=False)
    settled_note = models.CharField(_("why it was set aside"), max_length=300, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", became="", settled_note="")
                | (Q(state="followed") & ~Q(became=""))
                | (Q(state="set_aside", became="") & ~Q(settled_note="")),
                name="adaptation_lesson_state",
                violation_error_message=_("A lesson becomes a next step, or is set aside with a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="adaptation_les_updated"),
            models.Index(fields=["text_folded", "id"], name="adaptation_les_text"),
            models.Index(fields=["state", "updated_at", "id"], name="adaptation_les_state"),
            models.Index(fields=["became"], name="adaptation_les_became", condition=~Q(became="")),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Its place on the page of its review."""
        return f"{reverse('adaptation:review', args=[self.review.uuid])}#lesson-{self.pk}"
