"""What somebody answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .questionnaire import Questionnaire, Version


class Response(models.Model):
    """One answered questionnaire. `respondent` is a reference ("people.person:12"), empty where nobody is named.

    `number` tells one filled form from every other, so that sending it twice counts once. `channel` is where the respondent
    came from, as the address said.
    """

    class Way(models.TextChoices):
        PUBLIC = "public", _("Public page")
        LINK = "link", _("Personal link")
        TYPED = "typed", _("Typed in")
        FILE = "file", _("From a file")
        API = "api", _("By a program")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="responses", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="responses", verbose_name=_("version"))
    way = models.CharField(_("way"), max_length=8, choices=Way.choices)
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    respondent = models.CharField(_("who answered"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    number = models.CharField(max_length=64, unique=True, editable=False)
    answered_at = models.DateTimeField(_("answered"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    is_sample = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [
            models.Index(fields=["questionnaire", "answered_at", "id"], name="questionnaires_resp_of"),
            models.Index(fields=["answered_at", "id"], name="questionnaires_answered"),
            models.Index(fields=["way", "answered_at", "id"], name="questionnaires_way"),
            models.Index(fields=["updated_at", "id"], name="questionnaires_resp_updated"),
            models.Index(fields=["respondent"], condition=~Q(respondent=""), name="questionnaires_resp_who"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "respondent"],
                condition=~Q(respondent=""),
                name="questionnaires_once_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.answered_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("questionnaires:response", args=[self.uuid])


class Answer(models.Model):
    """One answer, or one ticked option of several. `question` and `code` are codes in the version's questions.

    `version` repeats that of the response, so that results are counted from one index.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    question = models.CharField(max_length=40)
    code = models.CharField(max_length=40, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    text = models.TextField(blank=True)
    on = models.DateField(null=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        indexes = [
            models.Index(fields=["version", "question", "code", "response"], name="questionnaires_counted"),
            models.Index(fields=["version", "question", "number"], name="questionnaires_numbers"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "code"], name="questionnaires_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.code or self.number or self.on or self.text}"
