"""An interaction: what was said or written between us and somebody, noted by somebody of the team."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from barnraise.who.communities.models import Community


class Interaction(models.Model):
    """A note, call, visit, mail or passing talk. `text` is plain, its line breaks are kept.

    `visibility` says who reads it: the team, or only admins, coordinators and whoever wrote it. `message_id` is the
    identity of a mail, so that the same mail is filed once.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        CALL = "call", _("Call")
        VISIT = "visit", _("Visit")
        MAIL = "mail", _("Mail")
        TALK = "talk", _("Talk")

    class Direction(models.TextChoices):
        IN = "in", _("From them")
        OUT = "out", _("From us")

    class Visibility(models.TextChoices):
        TEAM = "team", _("The team")
        COORDINATORS = "coordinators", _("Coordinators and whoever wrote it")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.NOTE)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    happened_at = models.DateTimeField(_("when"))
    visibility = models.CharField(
        _("who may read it"), max_length=12, choices=Visibility.choices, default=Visibility.TEAM
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("noted by"),
    )
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("community"),
    )
    message_id = models.CharField(max_length=255, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("interaction")
        verbose_name_plural = _("interactions")
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"], condition=~Q(message_id=""), name="interactions_message_once"
            ),
        ]
        indexes = [
            models.Index(fields=["happened_at", "id"], name="interactions_when"),
            models.Index(fields=["by", "happened_at", "id"], name="interactions_by"),
            models.Index(fields=["kind", "happened_at", "id"], name="interactions_kind"),
            models.Index(
                fields=["visibility", "happened_at", "id"],
                name="interactions_restricted",
                condition=Q(visibility="coordinators"),
            ),
            models.Index(
                fields=["community", "happened_at", "id"],
                name="interactions_place",
                condition=Q(community__isnull=False),
            ),
            models.Index(fields=["updated_at", "id"], name="interactions_updated"),
            models.Index(fields=["id"], name="interactions_sample", condition=Q(is_sample=True)),
        ]

    def __str__(self) -> str:
        """Kind and day: what may stand in any journal, whoever reads it."""
        return said_plainly(self.kind, self.happened_at)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("interactions:one", args=[self.uuid])

    @property
    def is_restricted(self) -> bool:
        """Only admins, coordinators and whoever wrote it read it."""
        return self.visibility == self.Visibility.COORDINATORS


_KINDS = dict(Interaction.Kind.choices)


def said_plainly(kind: str, happened_at: object) -> str:
    """ "Call, 3 May 2026" in the reader's language: no names, no words of the text."""
    day = date_format(timezone.localtime(happened_at), "DATE_FORMAT")  # type: ignore[arg-type]
    return _now("%(kind)s, %(day)s") % {"kind": _KINDS.get(kind, kind), "day": day}
