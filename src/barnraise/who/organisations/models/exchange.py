"""What an organisation gives or seeks; our own organisation's open seeks are our asks."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community

from .organisation import Organisation


class Exchange(models.Model):
    """One thing an organisation gives, or one it seeks.

    `amount` counts in `unit`, money in minor units of `currency`, `per` a stretch of time or once. `months` holds the
    months of every year it is for (bit 0 is January, 0 is the whole year); with `season_from` and `season_until`
    ("11-15") only the days between them. `lat` and `lon` repeat where the organisation is, so that who gives what
    nearby is found in one index; the services keep them.
    """

    class Direction(models.TextChoices):
        GIVES = "gives", _("Gives")
        SEEKS = "seeks", _("Seeks")

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        IN_KIND = "in_kind", _("Goods")
        VOLUNTEERS = "volunteers", _("Volunteers")
        SPACE = "space", _("Space")
        EXPERTISE = "expertise", _("Expertise")
        REACH = "reach", _("Reach")

    class Unit(models.TextChoices):
        MONEY = "money", _("money")
        PEOPLE = "people", _("people")
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        SQUARE_METRES = "square_metres", _("square metres")
        PLACES = "places", _("seats or places")
        MEALS = "meals", _("meals")
        ITEMS = "items", _("pieces")
        KILOGRAMS = "kilograms", _("kilograms")
        HOUSEHOLDS = "households", _("households")
        VEHICLES = "vehicles", _("vehicles")

    class Per(models.TextChoices):
        ONCE = "", _("in all")
        WEEK = "week", _("each week")
        MONTH = "month", _("each month")
        YEAR = "year", _("each year")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="exchanges")
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    what = models.CharField(_("what"), max_length=300)
    what_folded = models.CharField(max_length=300, editable=False)
    condition = models.TextField(_("condition"), blank=True)
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=13, choices=Unit.choices, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    per = models.CharField(_("how often"), max_length=5, choices=Per.choices, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    season_from = models.CharField(_("season from"), max_length=5, blank=True)
    season_until = models.CharField(_("season until"), max_length=5, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=6, choices=Status.choices, default=Status.OPEN)
    sectors = models.JSONField(_("sectors"), default=list, blank=True, help_text="[scheme, code] pairs")
    lat = models.FloatField(null=True, editable=False)
    lon = models.FloatField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("give or seek")
        verbose_name_plural = _("gives and seeks")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="") | (Q(amount__gt=0) & ~Q(unit="")),
                name="organisations_amount_in_unit",
            ),
            models.CheckConstraint(
                condition=(Q(unit="money") & ~Q(currency="")) | (~Q(unit="money") & Q(currency="")),
                name="organisations_money_in_currency",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="organisations_valid_in_order",
            ),
            models.CheckConstraint(condition=Q(months__lte=4095), name="organisations_twelve_months"),
        ]
        indexes = [
            models.Index(fields=["organisation", "direction", "id"], name="organisations_exchanged"),
            models.Index(
                fields=["direction", "status", "kind", "lat", "lon", "id"], name="organisations_given_at"
            ),
            models.Index(
                fields=["direction", "status", "kind", "id"],
                name="organisations_given_anywhere",
                condition=models.Q(lat__isnull=True),
            ),
            models.Index(fields=["what_folded", "id"], name="organisations_exchange_what"),
            models.Index(fields=["kind", "id"], name="organisations_exchange_kind"),
            models.Index(fields=["kind", "what_folded", "id"], name="organisations_exchange_named"),
            models.Index(fields=["status", "id"], name="organisations_exchange_status"),
            models.Index(fields=["valid_until", "id"], name="organisations_exchange_until"),
            models.Index(fields=["updated_at", "id"], name="organisations_exchange_changed"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Its place on the organisation's page."""
        return f"{reverse('organisations:one', args=[self.organisation.uuid])}#exchange-{self.pk}"


class Concerns(models.Model):
    """A community that something given or sought is for. It keeps the community from being removed."""

    exchange = models.ForeignKey(Exchange, models.CASCADE, related_name="concerns")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("community concerned")
        verbose_name_plural = _("communities concerned")
        constraints = [
            models.UniqueConstraint(fields=["exchange", "community"], name="organisations_concerns_once")
        ]

    def __str__(self) -> str:
        return f"{self.exchange_id} concerns {self.community_id}"
