"""A concern somebody raised, and whether they had an answer."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person


class Issue(models.Model):
    """Somebody is owed an answer.

    Who raised it: an `organisation`, a `person`, or whoever wrote `asker_name` and `asker_email` on the public page; nobody
    where the team noted it by itself or a resident left no name. `about` is the organisation it is about: with `organisation`
    a conflict between two partners. The clock of this round runs from `clock_from` to `answer_by` and stops at `answered_at`;
    a concern that is opened again begins a new round (`rounds`). One that `is_confidential` is seen by its owner and by those who lead,
    and by nobody else. `cites` is the typed reference of what it touches.
    """

    class Origin(models.TextChoices):
        RESIDENT = "resident", _("A resident")
        PARTNER = "partner", _("A partner")
        TEAM = "team", _("The team")

    class Severity(models.TextChoices):
        URGENT = "urgent", _("Urgent")
        HIGH = "high", pgettext_lazy("severity", "High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", pgettext_lazy("severity", "Low")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        ANSWERED = "answered", _("Answered, not settled")
        RESOLVED = "resolved", _("Resolved")
        DECLINED = "declined", _("Declined")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    origin = models.CharField(_("raised by"), max_length=8, choices=Origin.choices)
    severity = models.CharField(
        _("severity"), max_length=6, choices=Severity.choices, default=Severity.MEDIUM
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN, editable=False
    )
    what = models.CharField(_("the concern"), max_length=300)
    what_folded = models.CharField(max_length=300, editable=False)
    detail = models.TextField(_("more about it"), max_length=4000, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("raised by the organisation"),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("raised by the person"),
    )
    asker_name = models.CharField(_("name"), max_length=200, blank=True)
    asker_email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(_("language of the answer"), max_length=10, blank=True)
    about = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("about the organisation"),
    )
    cites = models.CharField(_("touches"), max_length=80, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who sees to it"),
    )
    raised_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("raised"))
    clock_from: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    answer_by: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        _("answer owed by"), editable=False
    )
    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("answered"), null=True, editable=False
    )
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        _("ended"), null=True, editable=False
    )
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True, editable=False)
    rounds = models.PositiveSmallIntegerField(_("times opened"), default=1, editable=False)
    is_confidential = models.BooleanField(_("confidential"), default=False, db_default=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, ended_at__isnull=True)
                | Q(state="answered", answered_at__isnull=False, ended_at__isnull=True)
                | Q(state__in=("resolved", "declined"), answered_at__isnull=False, ended_at__isnull=False),
                name="issues_answered_before_ended",
                violation_error_message=_("Answer the one who asked first."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("resolved", "declined")) | ~Q(outcome=""),
                name="issues_ended_with_words",
                violation_error_message=_("Say what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(raised_at__lte=F("clock_from")) & Q(clock_from__lte=F("answer_by")),
                name="issues_clock_in_order",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(about__isnull=True) | ~Q(organisation=F("about")),
                name="issues_not_about_itself",
                violation_error_message=_("Nobody raises a concern about themselves here."),
            ),
        ]
        indexes = [
            models.Index(fields=["raised_at", "id"], name="issues_raised"),
            models.Index(fields=["answer_by", "id"], name="issues_answer_by"),
            models.Index(fields=["updated_at", "id"], name="issues_updated"),
            models.Index(fields=["what_folded", "id"], name="issues_what"),
            models.Index(fields=["state", "raised_at", "id"], name="issues_state"),
            models.Index(fields=["severity", "raised_at", "id"], name="issues_severity"),
            models.Index(fields=["origin", "raised_at", "id"], name="issues_origin"),
            models.Index(fields=["owner", "raised_at", "id"], name="issues_owner"),
            models.Index(fields=["organisation", "raised_at", "id"], name="issues_organisation"),
            models.Index(
                fields=["person", "raised_at", "id"],
                name="issues_person",
                condition=Q(person__isnull=False),
            ),
            models.Index(
                fields=["about", "raised_at", "id"], name="issues_about", condition=Q(about__isnull=False)
            ),
            models.Index(
                fields=["answer_by", "id"], name="issues_clock", condition=Q(answered_at__isnull=True)
            ),
            models.Index(fields=["cites"], name="issues_cites", condition=~Q(cites="")),
            models.Index(fields=["asker_email"], name="issues_asker", condition=~Q(asker_email="")),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("issues:one", args=[self.uuid])

    @property
    def owed_on(self) -> date:
        """The day on which the answer is owed, by the clocks of the house."""
        return timezone.localdate(self.answer_by)

    @property
    def is_over(self) -> bool:
        """Resolved or declined."""
        return self.ended_at is not None

    @property
    def asker(self) -> Any:
        """The organisation, the person or the name of whoever raised it; empty where nobody said."""
        return self.organisation or self.person or self.asker_name
