"""One mail to one reader, and what has become of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Body(models.Model):
    """What mails say, shared by all that say the same. Texts hold {{placeholders}}; each mail has its own values for them.

    `html` may be empty: then the mail is plain text alone.
    """

    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("text of mails")
        verbose_name_plural = _("texts of mails")

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """One mail to one address.

    A draft goes nowhere until somebody releases it. `state` says only what is known: "handed over" is that the mail
    server took it, with its answer in `answer`; nobody knows whether it was read. `due_at` is when it is sent next;
    `tries` are the latest answers of the server, oldest first: {"at", "code", "text"}. `repeats` counts how often a
    worker was lost while it was being sent, so that it may have arrived once more. `recipient`, `about` and `purpose`
    are typed references, possibly empty. `job_key` is the job that has it in hand.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        HANDED_OVER = "handed_over", _("Handed over")
        BOUNCED = "bounced", _("Came back")
        FAILED = "failed", _("Failed")
        SUPPRESSED = "suppressed", _("Not sent")
        CANCELLED = "cancelled", _("Cancelled")

    class Transport(models.TextChoices):
        SMTP = "smtp", _("mail server")
        FILE = "file", _("file")
        NONE = "none", _("nothing: sample town")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    is_bulk = models.BooleanField(_("one of many"), default=False)
    recipient = models.CharField(max_length=120, blank=True, help_text="typed reference to who gets it")
    to_address = models.CharField(_("to"), max_length=254, blank=True)
    to_name = models.CharField(_("name"), max_length=200, blank=True)
    reply_to = models.CharField(_("answers go to"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("text"))
    values = models.JSONField(default=dict, help_text="what stands for the placeholders")
    about = models.CharField(max_length=120, blank=True, help_text="typed reference to what it is about")
    purpose = models.CharField(
        max_length=120, blank=True, help_text="typed reference to what the reader agreed to"
    )
    again_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    due_at = models.DateTimeField(_("goes out"))
    attempts = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    job_key = models.BigIntegerField(null=True, editable=False)
    transport = models.CharField(max_length=6, choices=Transport.choices, blank=True)
    status = models.CharField(_("status code"), max_length=12, blank=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True, help_text="a key of facing.REASONS")
    answer = models.CharField(_("what the mail server said"), max_length=500, blank=True)
    tries = models.JSONField(default=list)
    handed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    returned_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    complained_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    erased_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("written"), editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["is_bulk", "due_at", "id"], name="mail_due", condition=Q(state="queued")),
            models.Index(fields=["job_key"], name="mail_in_hand", condition=Q(state="sending")),
            models.Index(fields=["created_at", "id"], name="mail_newest"),
            models.Index(fields=["state", "created_at", "id"], name="mail_state_newest"),
            models.Index(fields=["is_bulk", "created_at", "id"], name="mail_bulk_newest"),
            models.Index(
                fields=["complained_at"], name="mail_complained", condition=Q(complained_at__isnull=False)
            ),
            models.Index(
                fields=["returned_at"], name="mail_returned", condition=Q(returned_at__isnull=False)
            ),
            models.Index(fields=["recipient", "created_at", "id"], name="mail_of_recipient"),
            models.Index(fields=["about", "state", "id"], name="mail_about"),
            models.Index(fields=["to_address", "handed_at"], name="mail_to_address"),
            models.Index(fields=["updated_at", "id"], name="mail_updated"),
            models.Index(fields=["id"], name="mail_sample", condition=Q(is_sample=True)),
        ]

    def __str__(self) -> str:
        return self.to_name or self.to_address or str(_("somebody who was erased"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("mail:one", args=[self.uuid])

    @property
    def is_file(self) -> bool:
        """No mail server was set: it lies as a file and has reached nobody."""
        return self.state == self.State.HANDED_OVER and self.transport == self.Transport.FILE

    @property
    def state_word(self) -> str:
        """The state in a word; a mail that went into a file says so."""
        return str(_("Written as a file") if self.is_file else self.get_state_display())

    @property
    def is_waiting(self) -> bool:
        """It may still be changed and cancelled."""
        return self.state in {self.State.DRAFT, self.State.QUEUED}
