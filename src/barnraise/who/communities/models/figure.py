"""A figure: the value of a measure for a community in a period, as a source says."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.periods import Period

from .community import Community
from .measure import Measure


def _number(label: Any, help_text: Any = "") -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        label, max_digits=25, decimal_places=10, null=True, blank=True, help_text=help_text
    )


class Figure(models.Model):
    """About a community, or about a wider area (`area`, see areas.py) that communities are compared with.

    A value, or the reason why there is none; a value that is not known is never 0.
    """

    class Reason(models.TextChoices):
        SUPPRESSED = "suppressed", _("Withheld by the source: the numbers behind it are small")
        NOT_COLLECTED = "not_collected", _("Not collected there")
        NOT_APPLICABLE = "not_applicable", _("Does not apply there")
        NOT_GIVEN = "not_given", _("Left blank by the source")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    community = models.ForeignKey(
        Community,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("community"),
        db_index=False,
    )
    area = models.CharField(_("wider area"), max_length=20, blank=True, help_text="ISO 3166: US, US-OH")
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="figures", verbose_name=_("measure"), db_index=False
    )
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    value = _number(_("value"))
    reason = models.CharField(_("why it is not known"), max_length=20, choices=Reason.choices, blank=True)
    low = _number(_("lower end of the confidence interval"))
    high = _number(_("upper end of the confidence interval"))
    is_unreliable = models.BooleanField(_("called unreliable by the source"), default=False)
    numerator = _number(_("cases"), _("How many were counted."))
    denominator = _number(_("out of"), _("How many it is a part of."))
    population = _number(_("population"), _("How many people live there, as the source counts."))
    benchmark = _number(
        _("benchmark"), _("What the source itself compares it with: a target, a state's value.")
    )
    benchmark_name = models.CharField(_("name of the benchmark"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=200, help_text=_("Who says so."))
    edition = models.CharField(
        _("edition"), max_length=60, blank=True, help_text=_("Which release or printing of the source.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "measure", "begins_on", "ends_on", "source"],
                condition=Q(community__isnull=False),
                name="communities_figure_once",
                violation_error_message=_(
                    "There is a figure of this measure, period and source for this community already."
                ),
            ),
            models.UniqueConstraint(
                fields=["area", "measure", "begins_on", "ends_on", "source"],
                condition=~Q(area=""),
                name="communities_figure_area_once",
                violation_error_message=_(
                    "There is a figure of this measure, period and source for this area already."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(community__isnull=False) & Q(area=""))
                | (Q(community__isnull=True) & ~Q(area="")),
                name="communities_figure_about_one",
            ),
            models.CheckConstraint(
                condition=(Q(value__isnull=False) & Q(reason="")) | (Q(value__isnull=True) & ~Q(reason="")),
                name="communities_figure_value_or_reason",
                violation_error_message=_("Give the value, or say why it is not known."),
            ),
            models.CheckConstraint(
                condition=Q(begins_on__lte=F("ends_on")),
                name="communities_figure_period",
                violation_error_message=_("A period ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="communities_figure_interval",
                violation_error_message=_("The lower end of the interval lies above the upper end."),
            ),
            models.CheckConstraint(
                condition=Q(benchmark__isnull=True) | ~Q(benchmark_name=""),
                name="communities_figure_benchmark_named",
                violation_error_message=_("Name the benchmark: which state, which target."),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "ends_on", "id"], name="communities_figure_community"),
            models.Index(fields=["measure", "ends_on", "id"], name="communities_figure_measure"),
            models.Index(fields=["ends_on", "id"], name="communities_figure_ends"),
            models.Index(fields=["source", "ends_on", "id"], name="communities_figure_source"),
            models.Index(fields=["source", "id"], name="communities_figure_by_source"),
            models.Index(fields=["updated_at", "id"], name="communities_figure_updated"),
            models.Index(
                fields=["id"], name="communities_figure_unknown", condition=models.Q(value__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.name}, {self.period}"

    def get_absolute_url(self) -> str:
        """Where it is shown: all years of its measure for its community, or the comparison."""
        if self.community is not None:
            return reverse("communities:series", args=[self.community.uuid, self.measure.uuid])
        return self.measure.get_absolute_url()

    @property
    def period(self) -> Period:
        """What it is about in time."""
        return Period(self.begins_on, self.ends_on)
