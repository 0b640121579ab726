"""A change of the plan, and the money it moves."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.what.projects.models import BudgetLine, Project


class Revision(models.Model):
    """What of a plan changes, why, and on what evidence.

    `about` is the typed reference of the goal, objective or project that is revised; `before` and `after` say how the plan read and
    how it reads. `evidence` are typed references. A draft is approved, by whom is noted, or dropped with a reason; approving
    it makes its budget moves.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        DROPPED = "dropped", _("Dropped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    about = models.CharField(_("what is revised"), max_length=80)
    title = models.CharField(_("what changes"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False)
    why = models.TextField(_("why"), max_length=4000)
    before = models.TextField(_("the plan before"), max_length=4000, blank=True)
    after = models.TextField(_("the plan after"), max_length=4000, blank=True)
    evidence: models.JSONField[Any, Any] = models.JSONField(_("evidence"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    settled_on: models.DateField[date | None, date | None] = models.DateField(
        _("settled on"), null=True, editable=False
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        editable=False,
        verbose_name=_("approved by"),
    )
    settled_note = models.CharField(_("why it was settled so"), max_length=300, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("plan revision")
        verbose_name_plural = _("plan revisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", settled_on__isnull=True)
                | Q(state__in=("approved", "dropped"), settled_on__isnull=False),
                name="adaptation_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(settled_note=""),
                name="adaptation_dropped_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="adaptation_rev_updated"),
            models.Index(fields=["title_folded", "id"], name="adaptation_rev_title"),
            models.Index(fields=["state", "updated_at", "id"], name="adaptation_rev_state"),
            models.Index(fields=["settled_on", "id"], name="adaptation_rev_settled"),
            models.Index(fields=["about"], name="adaptation_rev_about"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("adaptation:revision", args=[self.uuid])

    @property
    def is_draft(self) -> bool:
        """Neither approved nor dropped."""
        return self.state == self.State.DRAFT


class Move(models.Model):
    """Money that a revision takes from one budget line of a project and gives to another, in minor units of the project's currency."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="moves")
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name=_("project"))
    taken_from = models.ForeignKey(
        BudgetLine, models.CASCADE, related_name="+", verbose_name=_("from the line")
    )
    given_to = models.ForeignKey(BudgetLine, models.CASCADE, related_name="+", verbose_name=_("to the line"))
    amount = models.BigIntegerField(_("amount"))
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("budget move")
        verbose_name_plural = _("budget moves")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="adaptation_move_positive"),
            models.CheckConstraint(
                condition=~Q(taken_from=F("given_to")), name="adaptation_move_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken_from_id} → {self.given_to_id}: {self.amount}"
