"""A next step: what somebody of the team does next about a person or an organisation, until when."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import shorten
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .interaction import Interaction

UNDATED, DONE = date(9998, 12, 31), date(9999, 12, 31)


class NextStep(models.Model):
    """Open as long as `done_at` is empty; without `due_on` it has no date. Its visibility is its interaction's."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    interaction = models.ForeignKey(
        Interaction, models.CASCADE, null=True, blank=True, related_name="next_steps"
    )
    text = models.CharField(_("what to do"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who does it"),
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    comes_on = models.DateField(
        editable=False,
        help_text="its day; 9998-12-31 without one, 9999-12-31 once it is done: what comes first stands first",
    )
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("done by"),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("person"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("organisation"),
    )
    visibility = models.CharField(
        _("who may read it"),
        max_length=12,
        choices=Interaction.Visibility.choices,
        default=Interaction.Visibility.TEAM,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("noted by"),
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"],
                name="interactions_step_owner",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["owner", "interaction"],
                name="interactions_step_open",
                condition=Q(done_at__isnull=True),
            ),
            models.Index(
                fields=["owner", "done_at"],
                name="interactions_step_finished",
                condition=Q(done_at__isnull=False),
            ),
            models.Index(fields=["comes_on", "id"], name="interactions_step_comes"),
            models.Index(fields=["due_on", "id"], name="interactions_step_due"),
            models.Index(fields=["owner", "id"], name="interactions_step_whose"),
            models.Index(fields=["done_at", "id"], name="interactions_step_done"),
            models.Index(fields=["person", "-done_at", "-id"], name="interactions_step_person"),
            models.Index(fields=["organisation", "-done_at", "-id"], name="interactions_step_org"),
            models.Index(fields=["updated_at", "id"], name="interactions_step_updated"),
            models.Index(fields=["id"], name="interactions_step_sample", condition=Q(is_sample=True)),
        ]

    @staticmethod
    def place_of(due_on: date | None, *, is_done: bool) -> date:
        """Where it stands in a list of all: see `comes_on`."""
        return DONE if is_done else due_on or UNDATED

    def __str__(self) -> str:
        return shorten(self.text, 80)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("interactions:step", args=[self.uuid])

    @property
    def is_done(self) -> bool:
        """Somebody has done it."""
        return self.done_at is not None

    def is_late(self, today: date) -> bool:
        """Open, and its day is over."""
        return self.done_at is None and self.due_on is not None and self.due_on < today
