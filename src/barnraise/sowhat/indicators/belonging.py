"""What of this room hangs on a person, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref
from barnraise.who.people.selectors import signed_by

from . import services
from .models import ObservationRow, Report


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.let_go_stale(absorb)


def _erased(ref: Ref, *, by: Any) -> None:
    services.forget_signer(ref)
    services.forget_person(ref)


def _told(ref: Ref) -> Mapping[str, Any]:
    rows = ObservationRow.objects.filter(counts_kind=ref.kind, counts_key=ref.id).select_related(
        "observation__indicator"
    )
    found = sorted({str(row.observation) for row in rows})
    reports = signed_by(ref, Report.objects.select_related("indicator", "organisation"))
    signed = [
        {
            "indicator": row.indicator.name,
            "period": str(row.period),
            "organisation": str(row.organisation or ""),
            "note": row.note,
        }
        for row in reports
    ]
    return {**({"counted_in": found} if found else {}), **({"reported": signed} if signed else {})}


PEOPLE = Belonging(
    models=("indicators.ObservationRow", "indicators.Report"),
    kinds=("people.person",),
    merge=_merged,
    export=_told,
    erase=_erased,
)
