"""What mail servers told about mails of ours."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .message import Message


class Notice(models.Model):
    """One thing one notice said about one mail: it came back, is late, or its reader complained.

    `digest` and `position` tell it from every other, so that the same notice counts once. `message` is None when it is
    about no mail that we know: then nothing follows from it. `content` keeps the notice only when nobody could read it.
    """

    class Kind(models.TextChoices):
        FAILED = "failed", _("Came back")
        DELAYED = "delayed", _("Is late")
        DELIVERED = "delivered", _("Arrived, says a server on the way")
        COMPLAINT = "complaint", _("Complaint")
        REPLY = "reply", _("Answer of a machine")
        UNREADABLE = "unreadable", _("Not understood")

    class Way(models.TextChoices):
        UPLOAD = "upload", _("Uploaded")
        COMMAND = "command", _("Command line")
        API = "api", _("API")
        LMTP = "lmtp", _("Mail server")
        MAILBOX = "mailbox", _("Mailbox")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(_("what it says"), max_length=10, choices=Kind.choices)
    way = models.CharField(_("came by"), max_length=8, choices=Way.choices)
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="notices", verbose_name=_("mail")
    )
    address = models.CharField(_("address"), max_length=254, blank=True)
    status = models.CharField(_("status code"), max_length=12, blank=True)
    is_address_bad = models.BooleanField(_("there is no such mailbox"), default=False)
    said = models.CharField(_("what it said"), max_length=500, blank=True)
    content = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("received"), editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("returned notice")
        verbose_name_plural = _("returned notices")
        constraints = [models.UniqueConstraint(fields=["digest", "position"], name="mail_notice_once")]
        indexes = [
            models.Index(fields=["created_at", "id"], name="mail_notice_newest"),
            models.Index(fields=["kind", "created_at", "id"], name="mail_notice_kind"),
            models.Index(fields=["way", "created_at", "id"], name="mail_notice_way"),
            models.Index(fields=["address", "kind", "created_at"], name="mail_notice_address"),
            models.Index(fields=["updated_at", "id"], name="mail_notice_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"
