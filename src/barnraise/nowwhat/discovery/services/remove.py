"""Forget what was decided about candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.snoozes import services as snoozes

from ..models import Candidate
from ..selectors import KIND


def take_away(keys: Sequence[int]) -> None:
    """Delete these, without a sentence, in the caller's transaction."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    snoozes.forget(kind=KIND, keys=list(keys))
    Candidate.objects.filter(pk__in=list(keys)).delete()


def forget_decision(candidate: Candidate, *, by: Any) -> ChangeSet:
    """As if nobody had decided: the organisation is proposed again where it stands. An undo brings the decision back.

    Raises ValidationError for one that was approached.
    """
    if candidate.verdict == Candidate.Verdict.APPROACHED:
        raise ValidationError(_("They were approached: the partnership tells what came of it."))
    with transaction.atomic():
        row = Candidate.objects.select_for_update().get(pk=candidate.pk)
        done = journal.take_away(row, by=by, verb="discovery.forgotten", about=[candidate.organisation])
        take_away([candidate.pk])
    return done


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's candidates go. How many."""
    rows = Candidate.objects.filter(Q(is_sample=True) | Q(organisation__is_sample=True))
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="discovery.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
