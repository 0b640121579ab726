"""Add, change and remove measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from barnraise.foundation.text import fold, squeeze, words
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.search import services as search

from ..models import Figure, Measure
from ..selectors import MEASURE

FIELDS = ("publisher", "code", "name", "unit", "direction", "category", "description")


def code_for(name: str) -> str:
    """A code made of a name: "Homes without heating" is "homes-without-heating"."""
    return "-".join(words(name))[:80]


def add_measure(
    *,
    publisher: str,
    name: str,
    by: Any,
    code: str = "",
    unit: str = "",
    direction: str = Measure.Direction.NEUTRAL,
    category: str = "",
    description: str = "",
    is_sample: bool = False,
) -> Measure:
    """A new measure; without a code one is made of its name. Raises ValidationError by field."""
    now = timezone.now()
    row = Measure(
        publisher=squeeze(publisher),
        code=squeeze(code) or code_for(name),
        name=squeeze(name),
        name_folded=fold(name)[:300],
        unit=squeeze(unit),
        direction=direction,
        category=squeeze(category),
        description=description,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    row.full_clean(exclude=["name_folded"])
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="communities.measure_added", about=[row])
        search.index(MEASURE, [row.pk])
    return row


def change_measure(measure: Measure, *, by: Any, **values: Any) -> Measure:
    """Set the given fields (of FIELDS). Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A measure has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Measure.objects.select_for_update().get(pk=measure.pk)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value if name == "description" else squeeze(value))
        changes = {name: (before[name], getattr(row, name)) for name in FIELDS}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return row
        row.name_folded = fold(row.name)[:300]
        row.updated_at = timezone.now()
        row.full_clean(exclude=["name_folded"])
        row.save(update_fields=[*changes, "name_folded", "updated_at"])
        record(by=by, verb="communities.measure_changed", about=[row], changes=changes)
        search.index(MEASURE, [row.pk])
    return row


def remove_measure(measure: Measure, *, by: Any) -> None:
    """Take a measure that has no figures out of the catalogue. Raises ValidationError while it has some."""
    with transaction.atomic():
        if many := Figure.objects.filter(measure=measure).count():
            raise ValidationError(
                ngettext(
                    "It has %(count)d figure. Remove the figure first.",
                    "It has %(count)d figures. Remove the figures first.",
                    many,
                )
                % {"count": many}
            )
        key, name = measure.pk, measure.name
        record(by=by, verb="communities.measure_removed", about=[measure], details={"name": name})
        measure.delete()
        search.remove(MEASURE, [key])


def measures_for(
    wanted: Mapping[tuple[str, str], Mapping[str, Any]],
    *,
    change_set: ChangeSet | None,
    is_sample: bool = False,
) -> dict[tuple[str, str], Measure]:
    """The measure of each (publisher, code), in the caller's transaction. Those not there yet are made as `wanted`
    describes them (name, unit, direction, category) and kept in the change set; those there stay as they are."""
    there = known_measures(list(wanted))
    now = timezone.now()
    new = [
        Measure(
            publisher=publisher,
            code=code,
            name=said.get("name") or code,
            name_folded=fold(said.get("name") or code)[:300],
            unit=said.get("unit", ""),
            direction=said.get("direction") or Measure.Direction.NEUTRAL,
            category=said.get("category", ""),
            is_sample=is_sample,
            created_at=now,
            updated_at=now,
        )
        for (publisher, code), said in wanted.items()
        if (publisher, code) not in there
    ]
    for row in new:
        row.save(force_insert=True)
    if new and change_set is not None:
        add_changes(
            change_set=change_set,
            changes=[Change(kind=MEASURE, key=row.pk, action=Change.Action.CREATED) for row in new],
        )
    if new:
        search.index(MEASURE, [row.pk for row in new])
    return {**there, **{(row.publisher, row.code): row for row in new}}


def known_measures(wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Measure]:
    """Those of these (publisher, code) pairs that are in the catalogue. One query."""
    codes = {code for _publisher, code in wanted}
    rows = Measure.objects.filter(code__in=codes) if codes else ()
    found = {(row.publisher, row.code): row for row in rows}
    return {pair: found[pair] for pair in wanted if pair in found}


def restore_measures(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo measures that an import made: those without figures go. Returns by key why one was kept."""
    kept: dict[int, str] = {}
    with transaction.atomic():
        for change in changes:
            if Figure.objects.filter(measure_id=change.key).exists():
                kept[change.key] = "in_use"
            elif Measure.objects.filter(pk=change.key).delete()[0]:
                search.remove(MEASURE, [change.key])
            else:
                kept[change.key] = "gone"
    return kept
