"""What somebody gave to a project: money, goods, a service, hours."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .project import Project


class Contribution(models.Model):
    """What an organisation or a person gave. `value` (minor units) is what counts as money; hours alone have none.

    METHODS 1.4: goods at fair value; a service counts as money only where it is recognisable, with the reason.
    """

    class Kind(models.TextChoices):
        MONEY = "money", _("Money")
        GOODS = "goods", _("Goods")
        SERVICE = "service", _("A service")
        HOURS = "hours", _("Volunteer hours")

    class Recognised(models.TextChoices):
        ASSET = "asset", _("It creates or improves something that lasts")
        SKILL = "skill", _("A specialised skill that would be bought otherwise")

    class Technique(models.TextChoices):
        PRICE = "price", _("Price in a shop or on a list")
        OFFER = "offer", _("Offer or bill")
        WAGE = "wage", _("Usual wage for such work")
        STATED = "stated", _("As the giver states")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="contributions", verbose_name=_("project")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    on: models.DateField[date, date] = models.DateField(_("day"))
    what = models.CharField(_("what"), max_length=200, blank=True)
    quantity: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_value = models.BigIntegerField(_("fair value of one unit"), null=True, blank=True)
    technique = models.CharField(_("how it was valued"), max_length=6, choices=Technique.choices, blank=True)
    recognised = models.CharField(
        _("why the service counts as money"), max_length=5, choices=Recognised.choices, blank=True
    )
    hours: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        _("hours"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    is_restricted = models.BooleanField(_("given for a certain use only"), default=False)
    is_monetised = models.BooleanField(_("sold, not used"), default=False)
    value = models.BigIntegerField(_("value"), default=0, editable=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(person__isnull=True), name="projects_one_giver"
            ),
        ]
        indexes = [
            models.Index(fields=["on", "id"], name="projects_contribution_on"),
            models.Index(fields=["kind", "on", "id"], name="projects_contribution_kind"),
            models.Index(fields=["updated_at", "id"], name="projects_contribution_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}" if self.what else str(self.get_kind_display())
