"""Experiments: note, change, judge, open again, take away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import experiment_faults, verdict_faults
from ..models import Experiment
from ..selectors import EXPERIMENT
from . import writing

FIELDS = ("title", "about", "hypothesis", "measure", "stop_rule", "starts_on", "judge_on", "owner")


def add_experiment(*, by: Any, **values: Any) -> Experiment:
    """A new card (fields of FIELDS). Raises ValidationError by field; then nothing is written."""
    row = Experiment()
    writing.fill(row, values)
    return writing.add(row, by=by, verb="experiment", faults=experiment_faults)


def change_experiment(experiment: Experiment, *, by: Any, **values: Any) -> Experiment:
    """Change a card that has no verdict yet: afterwards the hypothesis stays what it was. Raises ValidationError by field."""
    if experiment.verdict:
        raise ValidationError(_("It has been judged. Take the verdict back first."))
    return writing.change(
        experiment, by=by, verb="experiment", faults=experiment_faults, fields=FIELDS, values=values
    )


def judge(
    experiment: Experiment, *, by: Any, verdict: str, note: str, verdict_on: date | None = None
) -> ChangeSet:
    """Say what came of it: it holds, it does not, nobody can tell, or it was stopped early; and what was seen.

    Returns the change set that takes it back for thirty days. Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    today, note = timezone.localdate(now), note.strip()
    day = verdict_on or today
    with transaction.atomic():
        row = Experiment.objects.select_for_update(of=("self",)).get(pk=experiment.pk)
        if row.verdict:
            raise ValidationError(_("It has been judged already."))
        refuse(verdict_faults(row, verdict, day, note, today))
        row.verdict, row.verdict_on, row.verdict_note, row.updated_at = verdict, day, note, now
        row.save(update_fields=["verdict", "verdict_on", "verdict_note", "updated_at"])
        search.index(EXPERIMENT, [row.pk])
        change_set = open_change_set(by=by, verb=f"adaptation.{verdict}")
        change = Change(kind=EXPERIMENT, key=row.pk, action=Change.Action.UPDATED, before={"verdict": ""})
        add_changes(change_set=change_set, changes=[change])
        record(by=by, verb=f"adaptation.{verdict}", about=writing.about_of(row), change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def reopen(experiment: Experiment, *, by: Any) -> Experiment:
    """Take the verdict back. Raises ValidationError when there is none."""
    with transaction.atomic():
        row = Experiment.objects.select_for_update(of=("self",)).get(pk=experiment.pk)
        if not row.verdict:
            raise ValidationError(_("It has not been judged."))
        unjudge(row)
        record(by=by, verb="adaptation.reopened", about=writing.about_of(row))
    return row


def unjudge(row: Experiment) -> None:
    """Without a verdict again, without a sentence, in the caller's transaction."""
    row.verdict, row.verdict_on, row.verdict_note, row.updated_at = "", None, "", timezone.now()
    row.save(update_fields=["verdict", "verdict_on", "verdict_note", "updated_at"])
    search.index(EXPERIMENT, [row.pk])


def remove_experiment(experiment: Experiment, *, by: Any) -> ChangeSet:
    """Take away one that was noted by mistake; any other is judged and stays."""
    return writing.remove(experiment, by=by, verb="experiment")
