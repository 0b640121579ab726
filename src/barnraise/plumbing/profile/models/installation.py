"""The installation: one row of facts about the partnership that runs it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SMALLEST_THRESHOLD = 3
"""No smaller disclosure threshold is accepted: counts of one or two people would show who they are."""


def english_only() -> list[str]:
    """The languages of a fresh installation."""
    return ["en"]


class Installation(models.Model):
    """What staff may change about the installation as a whole. The database holds at most the row with id 1."""

    network_name = models.CharField(_("name of the partnership"), max_length=120, blank=True)
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("The town, county or region it works in.")
    )
    default_language = models.CharField(_("main language"), max_length=10, default="en")
    languages = models.JSONField(_("languages"), default=english_only)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    fiscal_year_start_month = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    disclosure_threshold = models.PositiveSmallIntegerField(
        _("smallest count shown"),
        default=5,
        validators=[
            MinValueValidator(SMALLEST_THRESHOLD, _("The threshold must be at least 3.")),
            MaxValueValidator(100),
        ],
        help_text=_("Counts of people below this number are hidden in what is published."),
    )
    wizard_step = models.CharField(max_length=20, blank=True, help_text="the step the first run stands at")
    wizard_skipped = models.JSONField(
        default=list, blank=True, help_text="names of the steps that were skipped"
    )
    wizard_done_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("installation")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="profile_one_installation"),
            models.CheckConstraint(
                condition=models.Q(disclosure_threshold__gte=SMALLEST_THRESHOLD),
                name="profile_threshold_at_least_3",
            ),
            models.CheckConstraint(
                condition=models.Q(fiscal_year_start_month__range=(1, 12)), name="profile_month_of_year"
            ),
        ]

    def __str__(self) -> str:
        return self.network_name or "Barnraise"
