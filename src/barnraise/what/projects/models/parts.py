"""What a project is made of: partners in their roles, milestones, budget lines and what was spent or came in."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from barnraise.who.organisations.models import Organisation

from .project import Project


class ProjectPartner(models.Model):
    """An organisation in one role."""

    class Role(models.TextChoices):
        LEADS = "leads", _("Leads")
        DELIVERS = "delivers", _("Does part of the work")
        FUNDS = "funds", _("Funds")
        HOSTS = "hosts", _("Gives space")
        ADVISES = "advises", _("Advises")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("partner of a project")
        verbose_name_plural = _("partners of projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation", "role"], name="projects_partner_once")
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Milestone(models.Model):
    """Something that is to be done by a day."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField(_("milestone"), max_length=200)
    due_on: models.DateField[date, date] = models.DateField(_("due"))
    done_on: models.DateField[date | None, date | None] = models.DateField(_("done"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="projects_milestone_due",
                condition=models.Q(done_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name


class BudgetLine(models.Model):
    """What is planned to be spent, or to come in, in minor units of the project's currency."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="budget_lines")
    name = models.CharField(_("budget line"), max_length=200)
    is_income = models.BooleanField(_("money that comes in"), default=False)
    planned = models.BigIntegerField(_("planned"))
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_line_once"),
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="projects_line_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class Actual(models.Model):
    """What was spent, or came in, on a line; a negative amount takes back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="actuals")
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="actuals", verbose_name=_("budget line")
    )
    on: models.DateField[date, date] = models.DateField(_("day"))
    amount = models.BigIntegerField(_("amount"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("amount spent or received")
        verbose_name_plural = _("amounts spent or received")
        indexes = [models.Index(fields=["on", "id"], name="projects_actual_on")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.on} {self.amount}"
