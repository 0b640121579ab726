"""An organisation: whoever can be a partner and is not a person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .source import Source


class Organisation(models.Model):
    """A business, nonprofit, public body, school, congregation or group; our own organisation is a row like any other.

    Money is in minor units of its currency and may be negative (a year's loss in a register). `city`, `region`, `country`,
    `lat`, `lon` and `is_approximate` repeat where it is shown, for lists and maps; the services derive them from its addresses.
    """

    class Kind(models.TextChoices):
        BUSINESS = "business", _("Business")
        NONPROFIT = "nonprofit", _("Nonprofit")
        PUBLIC_BODY = "public_body", _("Public body")
        SCHOOL = "school", _("School")
        FAITH = "faith", _("Faith community")
        GRASSROOTS = "grassroots", _("Grassroots group")
        HEALTH = "health", _("Health provider")
        FUNDER = "funder", _("Funder")
        MEDIA = "media", _("Media")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        CLOSED = "closed", _("Closed")

    class Per(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAY = "day", _("each day")
        WEEK = "week", _("each week")
        MONTH = "month", _("each month")
        YEAR = "year", _("each year")

    class Band(models.TextChoices):
        NONE = "0", _("Volunteers only")
        MICRO = "1-9", _("1 to 9")
        SMALL = "10-49", _("10 to 49")
        MEDIUM = "50-249", _("50 to 249")
        LARGE = "250+", _("250 and more")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    mission = models.TextField(_("mission"), blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("people employed"), null=True, blank=True)
    employees_band = models.CharField(_("size"), max_length=8, choices=Band.choices, blank=True)
    income_amount = models.BigIntegerField(_("yearly income"), null=True, blank=True)
    income_currency = models.CharField(_("currency"), max_length=3, blank=True)
    income_year = models.PositiveSmallIntegerField(_("year of the income"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("people it can serve"), null=True, blank=True)
    capacity_per = models.CharField(_("how often"), max_length=7, choices=Per.choices, blank=True)
    hours = models.JSONField(
        _("opening hours"),
        default=list,
        blank=True,
        help_text="[weekday, opens, closes], Monday is 0",
    )
    hours_note = models.TextField(_("more about the hours"), blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("branch of"),
        db_index=False,
    )
    is_own = models.BooleanField(_("our own organisation"), default=False)
    is_sample = models.BooleanField(default=False, editable=False)
    facts = models.JSONField(
        default=dict,
        blank=True,
        help_text="what a register says beyond the fields here: code -> text as given",
    )
    city = models.CharField(max_length=120, blank=True, editable=False)
    region = models.CharField(max_length=80, blank=True, editable=False)
    country = models.CharField(max_length=2, blank=True, editable=False)
    lat = models.FloatField(null=True, editable=False)
    lon = models.FloatField(null=True, editable=False)
    is_approximate = models.BooleanField(default=False, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    source_at = models.DateTimeField(help_text="when its source said so last")
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="organisations_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="organisations_on_earth",
            ),
            models.UniqueConstraint(
                fields=["is_own"],
                condition=Q(is_own=True),
                name="organisations_one_own",
                violation_error_message=_("Another organisation is marked as our own."),
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="organisations_name"),
            models.Index(fields=["kind", "id"], name="organisations_in_kind"),
            models.Index(fields=["city", "id"], name="organisations_in_city"),
            models.Index(
                fields=["parent", "name_folded", "id"],
                name="organisations_branches",
                condition=Q(parent__isnull=False),
            ),
            models.Index(fields=["updated_at", "id"], name="organisations_updated"),
            models.Index(fields=["region", "id"], name="organisations_in_region"),
            models.Index(fields=["status", "id"], name="organisations_in_status"),
            models.Index(fields=["lat", "lon"], name="organisations_place", condition=Q(lat__isnull=False)),
            models.Index(fields=["id"], name="organisations_unplaced", condition=Q(lat__isnull=True)),
            models.Index(fields=["id"], name="organisations_sample", condition=Q(is_sample=True)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("organisations:one", args=[self.uuid])

    @property
    def is_closed(self) -> bool:
        """It has stopped working."""
        return self.status == self.Status.CLOSED
