"""Ask partners whether they stand behind a goal, and keep what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, forget_detail, record, take_out
from barnraise.plumbing.mail.services import cancel_about
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.selectors import signed_by as signed_by_person

from ..models import Endorsement, Goal

ANSWERS = (Endorsement.State.ENDORSED, Endorsement.State.DECLINED, Endorsement.State.WITHDRAWN)


def ask(goal: Goal, *, organisation: Organisation, by: Any, is_sample: bool = False) -> Endorsement:
    """The one row of this goal and this organisation, asked now unless it was before. Raises ValidationError when the goal has ended."""
    now = timezone.now()
    with transaction.atomic():
        goal = Goal.objects.select_for_update().get(pk=goal.pk)
        if goal.is_ended:
            raise ValidationError(_("This goal has ended. Reopen it first."))
        row, is_new = Endorsement.objects.get_or_create(
            goal=goal,
            organisation=organisation,
            defaults={
                "asked_at": now,
                "created_at": now,
                "updated_at": now,
                "by": by if getattr(by, "pk", None) else None,
                "is_sample": is_sample,
            },
        )
        if is_new:
            record(by=by, verb="goals.endorsement_asked", about=[goal, organisation])
    return row


def answer(endorsement: Endorsement, *, state: str, words: str = "", signed_by: str = "") -> Endorsement:
    """What the partner says by their own link; who signs is named. Raises ValidationError by field."""
    return _keep(endorsement, state, words, signed_by, Endorsement.Way.LINK, None)


def note_answer(
    endorsement: Endorsement, *, state: str, by: Any, words: str = "", signed_by: str = ""
) -> Endorsement:
    """What the partner said to the team. Raises ValidationError by field."""
    return _keep(endorsement, state, words, signed_by, Endorsement.Way.NOTED, by)


def check_answer(goal: Goal, *, before: str, state: str, words: str, signed_by: str) -> None:
    """Raise ValidationError by field for what a partner who stood at `before` cannot say to this goal."""
    errors = {}
    if state not in ANSWERS:
        errors["state"] = _("Choose one of the answers.")
    if len(words) > 1000 or "\x00" in words:
        errors["words"] = _("Write at most 1,000 characters.")
    if not signed_by:
        errors["signed_by"] = _("Write the name of whoever says so for the organisation.")
    elif len(signed_by) > 200 or "\x00" in signed_by:
        errors["signed_by"] = _("Write at most 200 characters.")
    if not errors and goal.is_ended and state == Endorsement.State.ENDORSED:
        errors["state"] = _("This goal has ended: it is no longer endorsed.")
    if (
        not errors
        and state == Endorsement.State.WITHDRAWN
        and before not in (Endorsement.State.ENDORSED, state)
    ):
        errors["state"] = _("There is no endorsement to withdraw.")
    if errors:
        raise ValidationError(errors)


def _keep(endorsement: Endorsement, state: str, words: str, signed_by: str, way: str, by: Any) -> Endorsement:
    said, who = words.strip(), squeeze(signed_by)
    with transaction.atomic():
        row = Endorsement.objects.select_for_update().get(pk=endorsement.pk)
        goal = row.goal
        check_answer(goal, before=row.state, state=state, words=said, signed_by=who)
        if (row.state, row.words, row.signed_by) == (state, said, who):
            return row
        now = timezone.now()
        row.state, row.words, row.signed_by, row.way = state, said, who, way
        row.answered_at = row.updated_at = now
        row.save(update_fields=["state", "words", "signed_by", "way", "answered_at", "updated_at"])
        record(
            by=by, verb=f"goals.endorsement_{state}", about=[goal, row.organisation], details={"name": who}
        )
    return row


def bring_endorsement(
    goal: Goal, *, organisation: Organisation, by: Any, change_set: Any, **said: Any
) -> Endorsement:
    """Keep one that a file brings, checked already (state, words, signed_by), in the caller's transaction; nobody is written to."""
    now = timezone.now()
    is_answered = said.get("state") in ANSWERS
    row = Endorsement.objects.create(
        goal=goal,
        organisation=organisation,
        asked_at=now,
        answered_at=now if is_answered else None,
        way=Endorsement.Way.NOTED if is_answered else "",
        by=by if getattr(by, "pk", None) else None,
        created_at=now,
        updated_at=now,
        **said,
    )
    change = Change(kind=Ref.to(row).kind, key=row.pk, action=Change.Action.CREATED)
    add_changes(change_set=change_set, changes=[change])
    return row


def amend_endorsements(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""

    def settle(row: Endorsement) -> None:
        row.answered_at, row.way = at, Endorsement.Way.NOTED

    return amend(Endorsement, given, at=at, settle=settle)


def forget_signer(ref: Ref) -> None:
    """An erased person's name goes from what they signed, in the caller's transaction; what the organisation said stays."""
    verbs = [f"goals.endorsement_{state}" for state in ANSWERS]
    for row in signed_by_person(ref, Endorsement.objects.select_related("goal")):
        forget_detail(verbs=verbs, about=Ref.to(row.goal), name="name", value=row.signed_by)
        row.signed_by, row.updated_at = "", timezone.now()
        row.save(update_fields=["signed_by", "updated_at"])


def take_back(endorsement: Endorsement, *, by: Any, change_set: Any = None) -> None:
    """Take away a question that was asked by mistake; imports keep it in `change_set`. Raises ValidationError when it was answered."""
    with transaction.atomic():
        row = Endorsement.objects.select_for_update().get(pk=endorsement.pk)
        if row.state != Endorsement.State.ASKED:
            raise ValidationError(_("They have answered, and that stays."))
        cancel_about(Ref.to(row))
        if change_set is not None:
            take_out(row, change_set=change_set)
            return
        record(by=by, verb="goals.endorsement_taken_back", about=[row.goal, row.organisation])
        row.delete()
