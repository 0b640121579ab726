"""Whose voice it is, and what it votes for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .decision import Decision
from .proposal import Proposal


class Voice(models.Model):
    """One who votes, once for each decision. `key` is random for a browser; `respondent` the reference of whoever had a
    personal link ("people.person:12"), else empty."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="voices")
    key = models.CharField(max_length=64)
    respondent = models.CharField(_("whose voice"), max_length=100, blank=True)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        constraints = [
            models.UniqueConstraint(fields=["decision", "key"], name="decisions_voice_once"),
            models.UniqueConstraint(
                fields=["decision", "respondent"],
                condition=~Q(respondent=""),
                name="decisions_one_voice_each",
            ),
        ]
        indexes = [
            models.Index(fields=["respondent"], condition=~Q(respondent=""), name="decisions_voice_who"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.pk}"


class Vote(models.Model):
    """One proposal that a voice votes for; `rank` is 1 for the best, and 1 for all where nothing is ranked."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="votes")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["voice", "proposal"], name="decisions_vote_once")]
        indexes = [models.Index(fields=["proposal", "rank"], name="decisions_vote_counted")]

    def __str__(self) -> str:
        return f"{self.voice_id}: {self.proposal_id} ({self.rank})"
