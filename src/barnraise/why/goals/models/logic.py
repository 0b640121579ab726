"""The logic model of a goal: what goes in, what is done, what comes out, what changes."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .goal import Goal
from .objective import Objective


class LogicStep(models.Model):
    """One box of the logic model. An outcome may be an objective of the goal."""

    class Stage(models.TextChoices):
        INPUT = "input", _("Inputs")
        ACTIVITY = "activity", _("Activities")
        OUTPUT = "output", _("Outputs")
        OUTCOME = "outcome", _("Outcomes")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    stage = models.CharField(_("column"), max_length=8, choices=Stage.choices)
    text = models.CharField(_("text"), max_length=200)
    objective = models.ForeignKey(
        Objective, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("objective")
    )
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("step of a logic model")
        verbose_name_plural = _("steps of a logic model")

    def __str__(self) -> str:
        return self.text


class LogicArrow(models.Model):
    """One step leads to another, on an assumption."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    start = models.ForeignKey(LogicStep, models.CASCADE, related_name="arrows_out", verbose_name=_("from"))
    end = models.ForeignKey(LogicStep, models.CASCADE, related_name="arrows_in", verbose_name=_("to"))
    assumption = models.CharField(_("on which assumption"), max_length=300, blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("arrow of a logic model")
        verbose_name_plural = _("arrows of a logic model")
        constraints = [models.UniqueConstraint(fields=["start", "end"], name="goals_arrow_once")]

    def __str__(self) -> str:
        return f"{self.start_id} → {self.end_id}"
