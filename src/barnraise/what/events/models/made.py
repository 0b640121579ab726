"""What came of an event: outputs with units, costs, and who hosted it with us."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation

from .event import Event


class Output(models.Model):
    """So many of something: 120 meals, 45 blood pressures taken."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="outputs", verbose_name=_("event"))
    quantity = models.DecimalField(_("how many"), max_digits=14, decimal_places=3)
    unit = models.CharField(_("of what"), max_length=80)

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="events_output_not_negative"),
            models.UniqueConstraint(fields=["event", "unit"], name="events_output_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.unit}"


class Cost(models.Model):
    """What something cost, in minor units of a currency (cents)."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="costs", verbose_name=_("event"))
    what = models.CharField(_("what for"), max_length=120)
    amount = models.PositiveBigIntegerField(_("amount"), help_text="in minor units of the currency")
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")

    def __str__(self) -> str:
        return self.what


class CoHost(models.Model):
    """An organisation that hosts the event, with its share of the credit in percent. All shares of an event make 100."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="hosts", verbose_name=_("event"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("organisation"),
    )
    share = models.PositiveSmallIntegerField(_("share of the credit in percent"))

    class Meta:
        verbose_name = _("co-host")
        verbose_name_plural = _("co-hosts")
        constraints = [
            models.UniqueConstraint(fields=["event", "organisation"], name="events_host_once"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100), name="events_share"),
        ]
        indexes = [models.Index(fields=["organisation", "event"], name="events_hosted_by")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.share} %"
