"""A promise, and whether it was kept."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.who.organisations.models import Exchange, Organisation
from barnraise.who.people.models import Person


class Commitment(models.Model):
    """Somebody owes somebody something until a day.

    `direction` says who owes whom: we owe the partner ("ours"), the partner owes us ("theirs"), or an organisation owes another
    one, `to_organisation` ("between"). The partner is an `organisation` or a `person`; a promise of ours may be to nobody in
    particular. `first_due_on` is the day that was promised first; `due_on` the one that counts now. `settled` is empty as long
    as it is open; late and kept late follow from the days (see states.py). `cites` is the typed reference of what it serves,
    `made_at` of where it was made (a meeting, a talk); `gives` and `seeks` are the two sides of a match it came from.
    """

    class Direction(models.TextChoices):
        OURS = "ours", _("We promised")
        THEIRS = "theirs", _("Promised to us")
        BETWEEN = "between", _("Between partners")

    class Kind(models.TextChoices):
        PROMISE = "promise", _("Promise")
        PLEDGE = "pledge", _("Pledge of money or goods")
        DUTY = "duty", _("Duty from an agreement")
        ACTION = "action", _("Action item")
        MATCH = "match", _("Match of a give and a seek")

    class Settled(models.TextChoices):
        KEPT = "kept", pgettext_lazy("promise", "Kept")
        BROKEN = "broken", _("Not kept")
        RELEASED = "released", _("Released")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    direction = models.CharField(_("who promised"), max_length=7, choices=Direction.choices)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.PROMISE)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("organisation"),
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
    to_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("promised to"),
    )
    what = models.CharField(_("what was promised"), max_length=300)
    what_folded = models.CharField(max_length=300, editable=False)
    detail = models.TextField(_("more about it"), max_length=2000, blank=True)
    promised_on: models.DateField[date, date] = models.DateField(_("promised on"))
    due_on: models.DateField[date, date] = models.DateField(_("due on"))
    first_due_on: models.DateField[date, date] = models.DateField(_("first due on"), editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    settled = models.CharField(
        _("outcome"), max_length=8, choices=Settled.choices, blank=True, editable=False
    )
    settled_on: models.DateField[date | None, date | None] = models.DateField(
        _("settled on"), null=True, editable=False
    )
    settled_note = models.CharField(_("what came of it"), max_length=300, blank=True, editable=False)
    cites = models.CharField(_("serves"), max_length=80, blank=True)
    made_at = models.CharField(_("made at"), max_length=80, blank=True, editable=False)
    gives = models.ForeignKey(
        Exchange, models.SET_NULL, null=True, related_name="+", db_index=False, editable=False
    )
    seeks = models.ForeignKey(
        Exchange, models.SET_NULL, null=True, related_name="+", db_index=False, editable=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="ours", to_organisation__isnull=True)
                & (Q(organisation__isnull=True) | Q(person__isnull=True))
                | Q(direction="theirs", to_organisation__isnull=True)
                & (
                    Q(organisation__isnull=False, person__isnull=True)
                    | Q(organisation__isnull=True, person__isnull=False)
                )
                | Q(
                    direction="between",
                    organisation__isnull=False,
                    person__isnull=True,
                    to_organisation__isnull=False,
                ),
                name="commitments_parties",
                violation_error_message=_("Say who promised whom."),
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_on__isnull=True)
                | Q(settled__in=("kept", "broken", "released"), settled_on__isnull=False),
                name="commitments_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(settled__in=("broken", "released")) | ~Q(settled_note=""),
                name="commitments_ended_with_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(promised_on__lte=F("first_due_on")) & Q(promised_on__lte=F("due_on")),
                name="commitments_in_order",
                violation_error_message=_("It would be due before it was promised."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="commitments_due"),
            models.Index(fields=["updated_at", "id"], name="commitments_updated"),
            models.Index(fields=["what_folded", "id"], name="commitments_what"),
            models.Index(fields=["owner", "due_on", "id"], name="commitments_owner"),
            models.Index(fields=["direction", "due_on", "id"], name="commitments_direction"),
            models.Index(fields=["kind", "due_on", "id"], name="commitments_kind"),
            models.Index(fields=["settled", "due_on", "id"], name="commitments_state"),
            models.Index(fields=["organisation", "due_on", "id"], name="commitments_organisation"),
            models.Index(
                fields=["person", "due_on", "id"],
                name="commitments_person",
                condition=Q(person__isnull=False),
            ),
            models.Index(
                fields=["to_organisation", "due_on", "id"],
                name="commitments_to",
                condition=Q(to_organisation__isnull=False),
            ),
            models.Index(
                fields=["settled_on", "id"], name="commitments_settled", condition=Q(settled_on__isnull=False)
            ),
            models.Index(fields=["cites"], name="commitments_cites", condition=~Q(cites="")),
            models.Index(fields=["made_at"], name="commitments_made_at", condition=~Q(made_at="")),
            models.Index(fields=["gives"], name="commitments_gives", condition=Q(gives__isnull=False)),
            models.Index(fields=["seeks"], name="commitments_seeks", condition=Q(seeks__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("commitments:one", args=[self.uuid])

    @property
    def partner(self) -> Any:
        """The organisation or the person that promised, or that we promised to; None for a promise of ours to nobody in particular."""
        return self.organisation or self.person


SETTLED = tuple(Commitment.Settled.values)
"""The three ways in which a promise ends."""
