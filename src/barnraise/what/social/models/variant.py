"""A message as one network gets it, and what became of it there."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .account import SocialAccount
from .message import Message


class Variant(models.Model):
    """What a network gets. `key` is sent along with it, so that a repeated call makes no second post.

    A state says only what is known: "confirmed" that the network answered with `address`; "by hand" that somebody pasted it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        QUEUED = "queued", _("Being posted")
        CONFIRMED = "confirmed", _("Posted, confirmed")
        BY_HAND = "by_hand", _("Posted by hand")
        FAILED = "failed", _("Failed")
        DOWN = "down", _("Taken down")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="variants", db_index=False)
    network = models.CharField(_("network"), max_length=20)
    account = models.ForeignKey(
        SocialAccount, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    text = models.TextField(_("text"), max_length=70000)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    key = models.UUIDField(default=uuid4, editable=False)
    address = models.CharField(_("address of the post"), max_length=500, blank=True)
    remote_id = models.CharField(max_length=120, blank=True, editable=False)
    reason = models.CharField(_("why it failed"), max_length=300, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    posted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("posted"), null=True, editable=False
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("variant of a message")
        verbose_name_plural = _("variants of messages")
        constraints = [
            models.UniqueConstraint(fields=["message", "network"], name="social_one_a_network"),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "by_hand", "down"))
                | (~Q(address="") & Q(posted_at__isnull=False)),
                name="social_posted_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="social_failed_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="social_variant_updated"),
            models.Index(fields=["state", "updated_at", "id"], name="social_variant_state"),
            models.Index(fields=["network", "updated_at", "id"], name="social_variant_network"),
            models.Index(fields=["posted_at", "id"], name="social_variant_posted"),
            models.Index(fields=["address"], name="social_variant_address", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.network}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("social:variant", args=[self.uuid])

    @property
    def is_posted(self) -> bool:
        """It stands in the network."""
        return self.state in POSTED


POSTED = (Variant.State.CONFIRMED.value, Variant.State.BY_HAND.value)
"""The states of what stands in a network."""


class Reach(models.Model):
    """How many a post had reached until a day, as the network said; the latest day counts."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    variant = models.ForeignKey(Variant, models.CASCADE, related_name="reaches", db_index=False)
    on: models.DateField[date, date] = models.DateField(_("until the day"))
    reached = models.PositiveIntegerField(_("people reached"))
    engaged = models.PositiveIntegerField(_("reactions, comments, shares"), null=True, blank=True)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("reach of a post")
        verbose_name_plural = _("reaches of posts")
        constraints = [models.UniqueConstraint(fields=["variant", "on"], name="social_reach_once_a_day")]
        indexes = [models.Index(fields=["updated_at", "id"], name="social_reach_updated")]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.on}: {self.reached}"
