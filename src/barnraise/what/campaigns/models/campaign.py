"""A mail to many: what it says, to whom, for what, and how far it has come."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.links.models import ShortLink
from barnraise.plumbing.mail.models import Body
from barnraise.who.audiences.models import Audience
from barnraise.who.consent.models import Purpose


class Campaign(models.Model):
    """A newsletter or an invitation. `blocks` are what it says, top to bottom: {"kind": …, and the block's own fields}.

    In further languages (the keys of `texts`) a block says the field "text" as "text.es". A reader gets it in the language they
    prefer where it is written in it, else in `language`.

    `cites` is a typed reference to what it serves (a project, a goal), `occasion` one to what it invites to; both may be empty.
    `body` is what was sent, made when sending began; `cursor` is the key of the last person looked at by the job that sends.
    """

    class Kind(models.TextChoices):
        NEWSLETTER = "newsletter", _("Newsletter")
        INVITATION = "invitation", _("Invitation")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWSLETTER)
    name = models.CharField(_("name, for the team"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    preview = models.CharField(_("preview line"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10)
    blocks: Any = models.JSONField(_("blocks"), default=list)
    texts: Any = models.JSONField(default=dict, editable=False, help_text="language -> subject and preview")
    audience = models.ForeignKey(
        Audience, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("audience")
    )
    purpose = models.ForeignKey(
        Purpose, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("purpose")
    )
    reply_to = models.EmailField(_("answers go to"), blank=True)
    cites = models.CharField(_("serves"), max_length=120, blank=True)
    occasion = models.CharField(_("invites to"), max_length=120, blank=True)
    send_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("goes out"), null=True, blank=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", editable=False)
    bodies: Any = models.JSONField(default=dict, editable=False, help_text="language -> key of what was sent")
    cursor = models.BigIntegerField(default=0, editable=False)
    left_out: Any = models.JSONField(default=dict, editable=False, help_text="why not -> how many people")
    unsubscribed = models.PositiveIntegerField(default=0, editable=False)
    started_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    finished_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        indexes = [
            models.Index(fields=["updated_at", "id"], name="campaigns_updated"),
            models.Index(fields=["state", "send_at"], name="campaigns_due"),
            models.Index(fields=["cites", "id"], name="campaigns_citing"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("campaigns:one", args=[self.uuid])

    @property
    def languages(self) -> list[str]:
        """In which languages it is written, its own first."""
        return [self.language, *sorted(code for code in self.texts if code != self.language)]

    @property
    def is_open(self) -> bool:
        """It may still be changed."""
        return self.state in {self.State.DRAFT, self.State.REVIEW, self.State.APPROVED}

    @property
    def is_invitation(self) -> bool:
        """Its readers are asked whether they come."""
        return self.kind == self.Kind.INVITATION


class CodedLink(models.Model):
    """A target of a campaign and the short link that counts its visits. No reader is told from another."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="links")
    target = models.CharField(max_length=1000)
    short = models.ForeignKey(ShortLink, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("coded link")
        verbose_name_plural = _("coded links")
        constraints = [models.UniqueConstraint(fields=["campaign", "target"], name="campaigns_link_once")]

    def __str__(self) -> str:
        return self.target
