"""A question that residents and partners settle."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.why.needs.models import Need


class Decision(models.Model):
    """From the question to what became of it. `code` is its public address for ever.

    `carried_by` is the reference of the goal or project that carries it out. Nothing is proposed or voted after `closes_on`.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSING = "proposing", _("Proposals are collected")
        VOTING = "voting", _("The vote is open")
        DECIDED = "decided", _("Decided")
        DROPPED = "dropped", _("Dropped")

    class Method(models.TextChoices):
        ONE = "one", _("One vote for one proposal")
        APPROVAL = "approval", _("A vote for every proposal one agrees to")
        RANK = "rank", _("Rank the best ones")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("question"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False, db_index=True)
    code = models.CharField(_("address"), max_length=40, unique=True)
    about = models.TextField(_("about"), max_length=4000, blank=True)
    rules = models.TextField(_("rules"), max_length=2000, blank=True)
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("need")
    )
    method = models.CharField(
        _("how it is voted"), max_length=10, choices=Method.choices, default=Method.APPROVAL
    )
    most = models.PositiveSmallIntegerField(_("how many are ranked"), default=5)
    is_public = models.BooleanField(_("open to everybody"), default=True)
    is_moderated = models.BooleanField(_("read before it is shown"), default=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True, db_index=True)
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT, db_index=True
    )
    outcome = models.TextField(_("what was decided"), max_length=4000, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    carried_by = models.CharField(_("carried out by"), max_length=100, blank=True, db_index=True)
    became = models.TextField(_("what became of it"), max_length=4000, blank=True)
    became_on = models.DateField(_("as of"), null=True, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("decisions:one", args=[self.uuid])

    def takes(self, stage: str, today: date) -> bool:
        """It stands at this stage and has not closed."""
        return self.stage == stage and (self.closes_on is None or self.closes_on >= today)
