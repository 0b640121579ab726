"""When people are merged or erased: what was counted stays counted, and no more says who it was."""

from __future__ import annotations

import secrets

from django.db.models import Q
from django.db.models.functions import Left
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import forget_detail
from barnraise.who.people.selectors import signed_by

from ..models import Observation, ObservationPart, ObservationRow, Report
from .compute import BASIS
from .keeping import ERASED


def _about(ref: Ref) -> Q:
    return Q(counts_kind=ref.kind, counts_key=ref.id) | Q(kind=ref.kind, key=ref.id)


def let_go_stale(ref: Ref) -> None:
    """Observations that counted this person are counted anew at the next round, in the caller's transaction."""
    rows = set(ObservationRow.objects.filter(_about(ref)).values_list("observation_id", "part"))
    Observation.objects.filter(pk__in={key for key, _part in rows}).update(stamp=Left("stamp", BASIS))
    for key, part in rows:
        if part is None:
            continue
        ObservationPart.objects.filter(observation_id=key, part=part).update(stamp="")


def forget_person(ref: Ref) -> None:
    """Rows of an erased person stay counted under a number that leads nowhere, in the caller's transaction."""
    number = secrets.randbelow(2**52) + 1
    ObservationRow.objects.filter(kind=ref.kind, key=ref.id).update(kind=ERASED, key=number)
    ObservationRow.objects.filter(counts_kind=ref.kind, counts_key=ref.id).update(
        counts_kind=ERASED, counts_key=number
    )


def forget_signer(ref: Ref) -> None:
    """An erased person's name goes from what they reported, in the caller's transaction; the number stays."""
    for row in signed_by(ref, Report.objects.select_related("indicator")):
        forget_detail(
            verbs=["indicators.reported"], about=Ref.to(row.indicator), name="name", value=row.signed_by
        )
        row.signed_by, row.updated_at = "", timezone.now()
        row.save(update_fields=["signed_by", "updated_at"])
