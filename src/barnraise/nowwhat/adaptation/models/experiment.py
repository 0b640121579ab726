"""Something tried on purpose, with what would prove it wrong."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Experiment(models.Model):
    """A card: the hypothesis, how it is measured, when it is stopped early, and by when it is judged.

    `about` is the typed reference of the goal, objective, project or event it is tried in, empty for none. It runs from
    `starts_on` to `judge_on`; the verdict says what came of it and what follows.
    """

    class Verdict(models.TextChoices):
        HOLDS = "holds", _("It holds")
        FAILS = "fails", _("It does not hold")
        UNCLEAR = "unclear", _("Nobody can tell")
        STOPPED = "stopped", _("Stopped early")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("what is tried"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False)
    about = models.CharField(_("tried in"), max_length=80, blank=True)
    hypothesis = models.TextField(_("hypothesis"), max_length=2000)
    measure = models.TextField(_("how it is measured"), max_length=2000)
    stop_rule = models.TextField(_("when it is stopped early"), max_length=2000)
    starts_on: models.DateField[date, date] = models.DateField(_("from"))
    judge_on: models.DateField[date, date] = models.DateField(_("judged on"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    verdict = models.CharField(
        _("verdict"), max_length=7, choices=Verdict.choices, blank=True, editable=False
    )
    verdict_on: models.DateField[date | None, date | None] = models.DateField(
        _("verdict of"), null=True, editable=False
    )
    verdict_note = models.TextField(_("what came of it"), max_length=2000, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", verdict_on__isnull=True)
                | (
                    Q(verdict__in=("holds", "fails", "unclear", "stopped"), verdict_on__isnull=False)
                    & ~Q(verdict_note="")
                ),
                name="adaptation_verdict_whole",
                violation_error_message=_("A verdict has a day, and says what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("judge_on")),
                name="adaptation_experiment_in_order",
                violation_error_message=_("It would be judged before it begins."),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="adaptation_exp_updated"),
            models.Index(fields=["title_folded", "id"], name="adaptation_exp_title"),
            models.Index(fields=["judge_on", "id"], name="adaptation_exp_judge"),
            models.Index(fields=["verdict", "judge_on", "id"], name="adaptation_exp_verdict"),
            models.Index(fields=["owner", "judge_on", "id"], name="adaptation_exp_owner"),
            models.Index(fields=["about"], name="adaptation_exp_about", condition=~Q(about="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("adaptation:experiment", args=[self.uuid])
