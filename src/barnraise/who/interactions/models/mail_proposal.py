"""An address met in a filed mail that nobody of the directory has: it waits for somebody to say who it is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.who.people.models import Person

from .interaction import Interaction


class MailProposal(models.Model):
    """`address` is lower case; `name` is what the mail calls it. Once for each mail and address."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        LINKED = "linked", _("Linked")
        NOBODY = "nobody", _("Nobody of ours")

    class Place(models.TextChoices):
        FROM = "from", _("From")
        TO = "to", _("To")
        CC = "cc", _("Copy")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    interaction = models.ForeignKey(Interaction, models.CASCADE, related_name="proposals", db_index=False)
    address = models.CharField(_("address"), max_length=254)
    name = models.CharField(_("name"), max_length=200, blank=True)
    place = models.CharField(_("stood in"), max_length=4, choices=Place.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("unknown address")
        verbose_name_plural = _("unknown addresses")
        constraints = [
            models.UniqueConstraint(fields=["interaction", "address"], name="interactions_proposal_once")
        ]
        indexes = [
            models.Index(fields=["address", "state"], name="interactions_proposal_address"),
            models.Index(fields=["state", "id"], name="interactions_proposal_state"),
            models.Index(fields=["updated_at", "id"], name="interactions_proposal_updated"),
        ]

    def __str__(self) -> str:
        return self.address
