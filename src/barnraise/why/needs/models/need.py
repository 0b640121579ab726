"""A need, its evidence, and how raters scored it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community

from .cycle import Cycle

LETTERS: Mapping[str, Any] = {
    "propriety": _("Propriety: it is ours to do"),
    "economics": _("Economics: it makes sense to pay for it"),
    "acceptability": _("Acceptability: the community wants it"),
    "resources": _("Resources: there are means for it"),
    "legality": _("Legality: the law allows it"),
}
"""The letters of PEARL in words."""


class Need(models.Model):
    """What a population of a community lacks. `present` and `wanted` are the gap in numbers, both in `unit`.

    A need that is ended says why: met, or not addressed.
    """

    class End(models.TextChoices):
        MET = "met", _("Met")
        NOT_ADDRESSED = "not_addressed", _("Not addressed")
        MERGED = "merged", _("Part of another need")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("need"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False, db_index=True)
    cycle = models.ForeignKey(
        Cycle, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("assessment")
    )
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    population = models.CharField(_("population"), max_length=200, blank=True)
    present = models.DecimalField(_("as it is"), max_digits=18, decimal_places=4, null=True, blank=True)
    wanted = models.DecimalField(_("as it should be"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    causes = models.TextField(_("causes"), max_length=4000, blank=True)
    about = models.TextField(_("about"), max_length=4000, blank=True)
    end = models.CharField(_("how it ended"), max_length=14, choices=End.choices, blank=True, db_index=True)
    end_reason = models.CharField(_("why"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("needs:one", args=[self.uuid])


class Evidence(models.Model):
    """What shows that there is a need: `said`, by whom (`source`), of which day.

    `cites` is the reference of a questionnaire, a listening session or a figure of a community, empty for other sources.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, models.CASCADE, related_name="evidence")
    cites = models.CharField(_("what is cited"), max_length=100, blank=True, db_index=True)
    said = models.CharField(_("what it says"), max_length=1000)
    source = models.CharField(_("source"), max_length=300)
    dated_on = models.DateField(_("of which day"))
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.said


class Score(models.Model):
    """What one rater gave a need, kept as it was given. `rater` names who it was; `by` typed it in."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="scores")
    rater = models.CharField(_("rater"), max_length=120)
    rater_folded = models.CharField(max_length=120, editable=False)
    size = models.DecimalField(_("size"), max_digits=4, decimal_places=1)
    seriousness = models.DecimalField(_("seriousness"), max_digits=4, decimal_places=1)
    effectiveness = models.DecimalField(_("effectiveness"), max_digits=4, decimal_places=1)
    propriety = models.BooleanField(LETTERS["propriety"])
    economics = models.BooleanField(LETTERS["economics"])
    acceptability = models.BooleanField(LETTERS["acceptability"])
    resources = models.BooleanField(LETTERS["resources"])
    legality = models.BooleanField(LETTERS["legality"])
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [models.UniqueConstraint(fields=["need", "rater_folded"], name="needs_once_each_rater")]
        indexes = [
            models.Index(fields=["rater_folded", "id"], name="needs_score_rater"),
            models.Index(fields=["size", "id"], name="needs_score_size"),
            models.Index(fields=["seriousness", "id"], name="needs_score_seriousness"),
            models.Index(fields=["effectiveness", "id"], name="needs_score_effectiveness"),
            models.Index(fields=["updated_at", "id"], name="needs_score_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.rater}"
