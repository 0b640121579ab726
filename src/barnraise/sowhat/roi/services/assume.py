"""Outcomes of a valuation and the lines of its register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record, removal
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import assumption_faults, outcome_faults
from ..models import Assumption, Outcome, Valuation
from ..selectors import KIND
from .begin import live, told


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a register to write, checked already. `outcome` is its name, empty for the valuation as a whole."""

    valuation: int
    outcome: str
    kind: str
    low: Decimal
    base: Decimal
    high: Decimal
    source: str = ""
    source_url: str = ""
    seen_on: date | None = None


def _others(row: Outcome) -> set[str]:
    rows = Outcome.objects.filter(valuation_id=row.valuation_id, name_folded=row.name_folded)
    return set(rows.exclude(pk=row.pk).values_list("name_folded", flat=True))


def add_outcome(
    valuation: Valuation, *, by: Any, name: str, about: str = "", indicator: Any = None
) -> Outcome:
    """An outcome to value; with an indicator its observations say how many. Raises ValidationError by field."""
    now = timezone.now()
    with transaction.atomic():
        owner = live(valuation)
        row = Outcome(
            valuation=owner, name=squeeze(name), about=about.strip(), indicator=indicator, created_at=now, updated_at=now
        )  # fmt: skip
        row.name_folded = fold(row.name)[:200]
        refuse(outcome_faults(row, others=_others(row)))
        row.save(force_insert=True)
        _touched(owner)
        search.index(KIND, [owner.pk])
        record(by=by, verb="roi.outcome_added", about=[*told(owner), row], details={"outcome": row.name})
    return row


def change_outcome(outcome: Outcome, *, by: Any, name: str, about: str = "", indicator: Any = None) -> Outcome:  # fmt: skip
    """Set what it is called and what says how many; with an indicator an assumed number goes. Raises ValidationError by field."""
    with transaction.atomic():
        owner = live(outcome.valuation)
        row = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
        row.name, row.about, row.indicator = squeeze(name), about.strip(), indicator
        row.name_folded, row.updated_at = fold(row.name)[:200], timezone.now()
        refuse(outcome_faults(row, others=_others(row)))
        row.save(update_fields=["name", "name_folded", "about", "indicator", "updated_at"])
        if indicator is not None:
            row.assumptions.filter(kind="quantity").delete()
        _touched(owner)
        search.index(KIND, [owner.pk])
        record(by=by, verb="roi.outcome_changed", about=[*told(owner), row], details={"outcome": row.name})
    return row


def remove_outcome(outcome: Outcome, *, by: Any) -> None:
    """It is valued no more; what was assumed of it goes too. Raises ValidationError once the valuation has ended."""
    with transaction.atomic():
        owner = live(outcome.valuation)
        Outcome.objects.filter(pk=outcome.pk).delete()
        _touched(owner)
        search.index(KIND, [owner.pk])
        record(by=by, verb="roi.outcome_removed", about=told(owner), details={"outcome": outcome.name})


def assume(
    valuation: Valuation,
    *,
    by: Any,
    kind: str,
    low: Decimal,
    base: Decimal,
    high: Decimal,
    outcome: Outcome | None = None,
    source: str = "",
    source_url: str = "",
    seen_on: date | None = None,
) -> Assumption:
    """Write or rewrite a line of the register. Raises ValidationError by field; then nothing is changed."""
    now = timezone.now()
    with transaction.atomic():
        owner = live(valuation)
        row = Assumption.objects.filter(valuation=owner, outcome=outcome, kind=kind).first()
        is_new = row is None
        row = row or Assumption(valuation=owner, outcome=outcome, kind=kind, created_at=now)
        before = "" if is_new else f"{row.low.normalize():f} · {row.base.normalize():f} · {row.high.normalize():f}"  # fmt: skip
        row.low, row.base, row.high = Decimal(low), Decimal(base), Decimal(high)
        row.source, row.source_url, row.seen_on = squeeze(source), source_url.strip(), seen_on
        row.updated_at = now
        refuse(assumption_faults(row))
        row.save(force_insert=is_new)
        _touched(owner)
        after = f"{row.low.normalize():f} · {row.base.normalize():f} · {row.high.normalize():f}"
        about = [*told(owner), outcome] if outcome is not None else told(owner)
        record(
            by=by,
            verb="roi.assumed",
            about=about,
            changes={kind: (before, after)},
            details={"kind": kind, "source": row.source},
        )
    return row


def forget(assumption: Assumption, *, by: Any) -> None:
    """Take a line out of the register. Raises ValidationError once the valuation has ended."""
    with transaction.atomic():
        owner = live(assumption.valuation)
        Assumption.objects.filter(pk=assumption.pk).delete()
        _touched(owner)
        record(by=by, verb="roi.forgotten", about=told(owner), details={"kind": assumption.kind})


def _touched(owner: Valuation) -> None:
    owner.updated_at = timezone.now()
    owner.save(update_fields=["updated_at"])


def write_lines(given: Sequence[Line], *, at: datetime) -> list[Assumption]:
    """Add these, and the outcomes they name, without a sentence, in the caller's transaction."""
    wanted = {(one.valuation, fold(one.outcome)[:200]): one.outcome for one in given if one.outcome}
    held = {
        (row.valuation_id, row.name_folded): row
        for row in Outcome.objects.filter(valuation_id__in={key for key, _name in wanted})
    }
    news = [
        Outcome(valuation_id=key, name=name, name_folded=folded, created_at=at, updated_at=at)
        for (key, folded), name in wanted.items()
        if (key, folded) not in held
    ]
    held |= {(row.valuation_id, row.name_folded): row for row in Outcome.objects.bulk_create(news)}
    return Assumption.objects.bulk_create(
        Assumption(
            valuation_id=one.valuation,
            outcome=held[one.valuation, fold(one.outcome)[:200]] if one.outcome else None,
            kind=one.kind,
            low=one.low,
            base=one.base,
            high=one.high,
            source=one.source,
            source_url=one.source_url,
            seen_on=one.seen_on,
            created_at=at,
            updated_at=at,
        )
        for one in given
    )


def amend_lines(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    "is_taken_out" takes a line out of its register.
    """
    away = [key for key, values in given if values.get("is_taken_out")]
    gone = [removal(row) for row in Assumption.objects.filter(pk__in=away)]
    Assumption.objects.filter(pk__in=away).delete()
    return [*amend(Assumption, [one for one in given if one[0] not in away], at=at), *gone]
