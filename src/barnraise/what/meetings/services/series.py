"""Series of meetings: begun, changed, ended, taken up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import guest_faults, series_faults
from ..models import Meeting, Member, Series
from ..selectors import SERIES

FIELDS = ("name", "about", "place", "cadence_days", "starts_on", "owner")


def add_series(
    *,
    by: Any,
    name: str,
    about: str = "",
    place: str = "",
    cadence_days: int | None = None,
    starts_on: date | None = None,
    owner: Any = None,
    organisations: Sequence[Any] = (),
) -> Series:
    """Meetings that come round; `organisations` are asked to each. Raises ValidationError by field; then nothing is written."""
    now = timezone.now()
    row = Series(
        name=squeeze(name),
        name_folded=fold(name)[:200],
        about=about.strip(),
        place=squeeze(place),
        cadence_days=cadence_days,
        starts_on=starts_on or timezone.localdate(now),
        owner=owner,
        created_at=now,
        updated_at=now,
    )
    refuse([*series_faults(row), *guest_faults(organisations)])
    row.set_due()
    with transaction.atomic():
        row.save(force_insert=True)
        _set_members(row, organisations)
        record(by=by, verb="meetings.series_added", about=[row])
        search.index(SERIES, [row.pk])
    return row


def change_series(
    series: Series, *, by: Any, organisations: Sequence[Any] | None = None, **values: Any
) -> Series:
    """Set the given fields (of FIELDS), and who is asked. Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A series has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    with transaction.atomic():
        row = _locked(series)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, squeeze(value) if name in {"name", "place"} else value)
        row.name_folded = fold(row.name)[:200]
        refuse([*series_faults(row), *guest_faults(organisations or ())])
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        moved = organisations is not None and _set_members(row, organisations)
        if differ or moved:
            row.set_due()
            row.updated_at = now
            row.save(update_fields=[*differ, "name_folded", "next_due_on", "updated_at"])
            changes = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            record(by=by, verb="meetings.series_changed", about=[row], changes=changes)
            search.index(SERIES, [row.pk])
    return row


def end_series(series: Series, *, by: Any) -> Series:
    """It comes round no more. Raises ValidationError while a meeting of it is planned."""
    with transaction.atomic():
        row = _locked(series)
        if row.ended_on is not None:
            raise ValidationError(_("It has ended already."))
        if Meeting.objects.filter(series=row, held_at__isnull=True, cancelled_at__isnull=True).exists():
            raise ValidationError(_("A meeting of it is not over: close its minutes or cancel it first."))
        row.ended_on, row.updated_at = timezone.localdate(), timezone.now()
        row.save(update_fields=["ended_on", "updated_at"])
        record(by=by, verb="meetings.series_ended", about=[row])
    return row


def resume_series(series: Series, *, by: Any) -> Series:
    """It comes round again. Raises ValidationError when it has not ended."""
    with transaction.atomic():
        row = _locked(series)
        if row.ended_on is None:
            raise ValidationError(_("It goes on."))
        row.ended_on, row.updated_at = None, timezone.now()
        row.save(update_fields=["ended_on", "updated_at"])
        record(by=by, verb="meetings.series_resumed", about=[row])
    return row


def remove_series(series: Series, *, by: Any) -> None:
    """Take away one that was begun by mistake. Raises ValidationError when it has meetings."""
    with transaction.atomic():
        row = _locked(series)
        if Meeting.objects.filter(series=row).exists():
            raise ValidationError(_("It has meetings: end it instead."))
        record(by=by, verb="meetings.series_removed", about=[], details={"title": row.name})
        search.remove(SERIES, [row.pk])
        row.delete()


def counted_anew(series: Series | None) -> None:
    """Say when it was held last and is due again, in the caller's transaction."""
    if series is None:
        return
    row = _locked(series)
    held = Meeting.objects.filter(series=row, held_at__isnull=False).order_by("-starts_at").first()
    row.last_held_on, row.updated_at = (held.on if held else None), timezone.now()
    row.set_due()
    row.save(update_fields=["last_held_on", "next_due_on", "updated_at"])


def _locked(series: Series) -> Series:
    return Series.objects.select_for_update(of=("self",)).get(pk=series.pk)


def _set_members(row: Series, organisations: Sequence[Any]) -> bool:
    """Whether somebody was added or left out."""
    wanted = {one.pk for one in organisations}
    there = set(Member.objects.filter(series=row).values_list("organisation_id", flat=True))
    Member.objects.filter(series=row, organisation_id__in=there - wanted).delete()
    Member.objects.bulk_create([Member(series=row, organisation_id=key) for key in sorted(wanted - there)])
    return wanted != there


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
