"""A role: what a person is in an organisation, from when until when."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation

from .person import Person


class Role(models.Model):
    """Current until its `ended_on` has passed; without dates they are not known. A person may have several at once."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("Works there")
        BOARD = "board", _("On the board")
        VOLUNTEER = "volunteer", _("Volunteers there")
        MEMBER = "member", _("Member")
        CONTACT = "contact", _("Contact")
        OTHER = "other", _("Other role")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices, default=Kind.EMPLOYEE)
    is_main_contact = models.BooleanField(_("main contact"), default=False)
    started_on = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(started_on__lte=F("ended_on")),
                name="people_role_in_order",
                violation_error_message=_("A role cannot end before it began."),
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "ended_on", "person"], name="people_role_where"),
            models.Index(fields=["organisation", "-is_main_contact", "kind", "id"], name="people_role_order"),
            models.Index(fields=["updated_at", "id"], name="people_role_updated"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def is_current(self, today: date) -> bool:
        """It has not ended yet."""
        return self.ended_on is None or self.ended_on >= today
