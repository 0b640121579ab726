"""A questionnaire and the versions of its questions."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..questions import Question, read_all


class Questionnaire(models.Model):
    """What is asked of people for one occasion: a survey, a form.

    `code` is its public address for ever. It takes answers from `opens_on` to `closes_on` (both days included, either may be
    open) while a version is published and `ended_at` is empty. `is_anonymous`: who answered is not kept.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False, db_index=True)
    code = models.CharField(_("address"), max_length=40, unique=True)
    is_public = models.BooleanField(_("open to everybody"), default=True)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        indexes = [models.Index(fields=["updated_at", "id"], name="questionnaires_updated")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="questionnaires_opens_first",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("questionnaires:one", args=[self.uuid])

    def is_within(self, today: date) -> bool:
        """Its days have come and are not over, and nobody has closed it."""
        return (
            self.ended_at is None
            and (self.opens_on is None or self.opens_on <= today)
            and (self.closes_on is None or self.closes_on >= today)
        )


class Version(models.Model):
    """Version `number` (1, 2, …) of the questions. A draft until `published_at`; then nothing in it changes any more.

    `texts` maps languages to {"title", "intro", "thanks"}; `questions` is the JSON of `questions.Question`, in order.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    texts = models.JSONField(_("texts"), default=dict)
    questions = models.JSONField(_("questions"), default=list)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaires_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(published_at__isnull=True),
                name="questionnaires_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}/{self.number}"

    def asked(self) -> list[Question]:
        """The questions, in order."""
        return read_all(self.questions)

    def text(self, name: str, language: str, fallback: str) -> str:
        """The "title", "intro" or "thanks" in this language, else in the fallback, else in any."""
        texts: dict[str, Any] = self.texts
        for code in (language, fallback, *texts):
            if found := (texts.get(code) or {}).get(name):
                return str(found)
        return ""
