"""A saved description of a set of people, and the rules it is made of."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import Channel


class Audience(models.Model):
    """Whoever passes all of its rules, or any of them, at the moment somebody asks. `name_folded` is unique.

    `purpose` and `channel` say what its people are usually written to for; reach is told for these. Once `ended_at` stands it is
    offered to nobody any more.
    """

    class Mode(models.TextChoices):
        ALL = "all", _("All of the rules")
        ANY = "any", _("Any of the rules")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    name_folded = models.CharField(max_length=120, unique=True, editable=False)
    about = models.CharField(_("what it is for"), max_length=300, blank=True)
    mode = models.CharField(_("who belongs to it"), max_length=3, choices=Mode.choices, default=Mode.ALL)
    purpose = models.ForeignKey(
        Purpose,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("purpose"),
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        indexes = [models.Index(fields=["updated_at", "id"], name="audiences_updated")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("audiences:one", args=[self.uuid])

    @property
    def is_ended(self) -> bool:
        """Nobody is offered it any more."""
        return self.ended_at is not None


class Rule(models.Model):
    """One rule: people for whom any of the `values` of a criterion holds, or (`is_not`) none of them.

    `criterion` is a name of the socket audiences.criteria; where no room plugs it any more, the rule lets nobody pass.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.ForeignKey(
        Audience, models.CASCADE, related_name="rules", db_index=False, verbose_name=_("audience")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    criterion = models.CharField(_("criterion"), max_length=60)
    is_not = models.BooleanField(_("not"), default=False)
    values: Any = models.JSONField(_("values"), default=list)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        indexes = [models.Index(fields=["audience", "position", "id"], name="audiences_rules_of")]

    def __str__(self) -> str:
        return f"{self.criterion} {', '.join(self.values)}"
