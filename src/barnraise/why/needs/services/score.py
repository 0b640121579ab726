"""Score a need for one rater, and take a score away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, amend, forget_detail, record, take_away
from barnraise.who.people.selectors import names_alone

from ..hanlon import COMPONENTS, PEARL, faults
from ..models import Need, Score
from ..models.need import LETTERS
from ..selectors import SCORE


def variant_of(need: Need) -> str:
    """The formula its assessment goes by."""
    return need.cycle.variant if need.cycle else "uic"


def check_score(
    need: Need, *, rater: str, values: Mapping[str, Decimal], pearl: Mapping[str, bool], reason: str
) -> None:
    """Raise ValidationError by field: a number off the scale, a missing letter, a "no" without a reason."""
    errors: dict[str, Any] = dict(faults(variant_of(need), values))
    if not rater or "\x00" in rater:
        errors["rater"] = _("Say who gives this score.")
    for letter in PEARL:
        if letter not in pearl:
            name = str(LETTERS[letter])
            errors[letter] = _("PEARL answers are yes or no; missing: %(letter)s.") % {"letter": name}
    if not errors and not all(pearl.values()) and not reason:
        errors["reason"] = _("Say why: a “no” takes the need out of the ranking.")
    if len(reason) > 300 or "\x00" in reason:
        errors["reason"] = _("At most 300 characters are kept here.")
    if need.cycle and need.cycle.ended_at:
        errors["rater"] = _("The assessment is closed: its scores stay as they are.")
    if errors:
        raise ValidationError(errors)


def score_need(
    need: Need,
    *,
    by: Any,
    rater: str,
    values: Mapping[str, Decimal],
    pearl: Mapping[str, bool],
    reason: str = "",
    change_set: Any = None,
) -> Score:
    """Keep what a rater gives; the same rater again replaces it. `values` by component, `pearl` by letter.

    Imports keep new ones in `change_set`.

    Raises ValidationError by field: a number off the scale, a missing letter, a "no" without a reason.
    """
    rater, reason = squeeze(rater)[:120], squeeze(reason)
    check_score(need, rater=rater, values=values, pearl=pearl, reason=reason)
    now = timezone.now()
    given = {name: Decimal(values[name]).quantize(Decimal("0.1")) for name in COMPONENTS}
    with transaction.atomic():
        row, _is_new = Score.objects.update_or_create(
            need=need,
            rater_folded=fold(rater)[:120],
            defaults={
                "rater": rater,
                **given,
                **{letter: bool(pearl[letter]) for letter in PEARL},
                "reason": reason,
                "by": by if getattr(by, "pk", None) else None,
                "updated_at": now,
            },
            create_defaults={
                "rater": rater,
                **given,
                **{letter: bool(pearl[letter]) for letter in PEARL},
                "reason": reason,
                "by": by if getattr(by, "pk", None) else None,
                "created_at": now,
                "updated_at": now,
            },
        )
        if change_set is None:
            record(by=by, verb="needs.scored", about=[need], details={"rater": rater})
        else:
            add_changes(
                change_set=change_set, changes=[Change(kind=SCORE, key=row.pk, action=Change.Action.CREATED)]
            )
    return row


def amend_scores(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    return amend(Score, given, at=at)


def remove_score(score: Score, *, by: Any) -> ChangeSet:
    """Take one rater's score away; an undo brings it back. Raises ValidationError when the assessment is closed."""
    if score.need.cycle and score.need.cycle.ended_at:
        raise ValidationError(_("The assessment is closed: its scores stay as they are."))
    return take_away(
        score, by=by, verb="needs.score_removed", about=[score.need], details={"rater": score.rater}
    )


def scored_by(ref: Ref) -> QuerySet[Score]:
    """Scores that a person of the directory gave under their name, which nobody else there has."""
    rows = Score.objects.filter(rater_folded__in=names_alone(ref)).select_related("need")
    return rows.exclude(by__name=F("rater")).order_by("pk")


def forget_rater(ref: Ref) -> None:
    """An erased person's name goes from their scores, in the caller's transaction; what they gave stays and counts."""
    for row in scored_by(ref):
        verbs = ["needs.scored", "needs.score_removed"]
        forget_detail(verbs=verbs, about=Ref.to(row.need), name="rater", value=row.rater)
        row.rater = row.rater_folded = f"#{row.pk}"
        row.updated_at = timezone.now()
        row.save(update_fields=["rater", "rater_folded", "updated_at"])
