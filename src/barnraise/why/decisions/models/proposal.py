"""What was proposed, and what others said about it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .decision import Decision


class State(models.TextChoices):
    """Whether the public sees something."""

    WAITING = "waiting", _("Waiting to be read")
    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Hidden")


class Proposal(models.Model):
    """`author` is the name its author wants shown, often none; `respondent` the reference of who it is in the directory, where that is known.

    A hidden one says which rule it broke (`reason`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="proposals", db_index=False)
    title = models.CharField(_("proposal"), max_length=200)
    title_folded = models.CharField(max_length=200, editable=False)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    author = models.CharField(_("proposed by"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    respondent = models.CharField(_("whose it is"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False, db_index=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["decision", "title_folded"], name="decisions_proposal_once")
        ]
        indexes = [
            models.Index(fields=["state", "updated_at", "id"], name="decisions_proposal_state"),
            models.Index(fields=["decision", "updated_at", "id"], name="decisions_proposal_of"),
            models.Index(
                fields=["respondent"], condition=~models.Q(respondent=""), name="decisions_proposal_who"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it stands on the decision's page."""
        return f"{reverse('decisions:one', args=[self.decision.uuid])}#p-{self.pk}"


class Comment(models.Model):
    """What somebody said about a proposal; `by` is who of the team wrote it, None where a resident or partner did."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"), max_length=2000)
    author = models.CharField(_("said by"), max_length=80, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.WAITING, db_index=True
    )
    reason = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    respondent = models.CharField(_("whose it is"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(
                fields=["respondent"], condition=~models.Q(respondent=""), name="decisions_comment_who"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
