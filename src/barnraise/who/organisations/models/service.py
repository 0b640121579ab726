"""A service an organisation offers to the people it serves, as directories of services know it."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class Service(models.Model):
    """`ref` tells it apart within its organisation, and from one edition of a directory to the next.

    `hours` are [weekday, opens, closes] as in `hours.py`; `languages` are codes (ISO 639-1) or names as given;
    `is_free` is null when nobody said so.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Offered now")
        PAUSED = "temporarily closed", _("Closed for the time being")
        INACTIVE = "inactive", _("Not offered now")
        DEFUNCT = "defunct", _("No longer offered")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="services")
    ref = models.CharField(max_length=120, editable=False)
    name = models.CharField(_("name"), max_length=300)
    name_folded = models.CharField(max_length=300, editable=False)
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=18, choices=Status.choices, default=Status.ACTIVE)
    eligibility = models.TextField(_("for whom"), blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("to the age of"), null=True, blank=True)
    application = models.TextField(_("how to get it"), blank=True)
    fees = models.TextField(_("cost"), blank=True)
    is_free = models.BooleanField(_("free"), null=True, blank=True)
    areas = models.JSONField(_("area"), default=list, blank=True)
    hours = models.JSONField(_("hours"), default=list, blank=True)
    hours_note = models.TextField(_("more about the hours"), blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    interpretation = models.TextField(_("interpretation"), blank=True)
    accessibility = models.TextField(_("accessibility"), blank=True)
    url = models.CharField(_("website"), max_length=300, blank=True)
    email = models.CharField(_("e-mail"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=300, blank=True)
    assured_on = models.DateField(_("checked on"), null=True, blank=True)
    assured_by = models.CharField(_("checked by"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "ref"], name="organisations_service_once"),
        ]
        indexes = [
            models.Index(fields=["ref"], name="organisations_service_ref"),
            models.Index(fields=["name_folded", "id"], name="organisations_service_name"),
            models.Index(fields=["status", "id"], name="organisations_service_status"),
            models.Index(fields=["is_free", "id"], name="organisations_service_free"),
            models.Index(fields=["assured_on", "id"], name="organisations_service_checked"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its place on the organisation's page."""
        return f"{reverse('organisations:one', args=[self.organisation.uuid])}#service-{self.pk}"
