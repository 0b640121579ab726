"""Begin a wave, change it, close it, take it away; say who is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation

from ..faults import wave_faults
from ..models import Member, Wave
from ..selectors import KIND, one_by_key

FIELDS = ("name", "about", "begins_on", "due_on")


def _others(row: Wave) -> set[str]:
    rows = Wave.objects.filter(name_folded=row.name_folded).exclude(pk=row.pk)
    return set(rows.values_list("name_folded", flat=True))


def begin_wave(
    *, by: Any, name: str, begins_on: date, due_on: date, about: str = "", organisations: Collection[Organisation] = (),
    members: Collection[int] = (), is_sample: bool = False, change_set: Any = None
) -> Wave:  # fmt: skip
    """A new wave in which these partners (rows, or keys as `members`) are asked. Within a `change_set` it is noted there, without a sentence.

    Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    row = Wave(
        name=squeeze(name),
        about=about.strip(),
        begins_on=begins_on,
        due_on=due_on,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    row.name_folded = fold(row.name)[:200]
    refuse(wave_faults(row, others=_others(row)))
    with transaction.atomic():
        row.save(force_insert=True)
        Member.objects.bulk_create(
            Member(wave=row, organisation_id=key, created_at=now, updated_at=now)
            for key in dict.fromkeys([*(one.pk for one in organisations), *members])
        )
        if change_set is not None:
            change = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        elif not is_sample:
            record(by=by, verb="network.begun", about=[row])
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def live(wave: Wave) -> Wave:
    """The row, locked for a change. Raises ValidationError once it is closed."""
    row = Wave.objects.select_for_update().get(pk=wave.pk)
    if row.ended_on is not None:
        raise ValidationError(_("This wave is closed. Open it again first."))
    return row


def change_wave(wave: Wave, *, by: Any, **values: Any) -> Wave:
    """Set the given fields (of FIELDS). Raises ValidationError by field, also once it is closed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A wave has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = live(wave)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.name = squeeze(row.name)
        row.name_folded = fold(row.name)[:200]
        refuse(wave_faults(row, others=_others(row)))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.updated_at = timezone.now()
            row.save(update_fields=[*differ, "name_folded", "updated_at"])
            changes = {name: (str(before[name]), str(getattr(row, name))) for name in differ}
            record(by=by, verb="network.changed", about=[row], changes=changes)
            search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def close_wave(wave: Wave, *, by: Any) -> ChangeSet:
    """No answer comes in any more. Returns the change set that opens it again."""
    now = timezone.now()
    with transaction.atomic():
        row = live(wave)
        row.ended_on, row.updated_at = timezone.localdate(now), now
        row.save(update_fields=["ended_on", "updated_at"])
        change_set = open_change_set(by=by, verb="network.closed")
        change = Change(kind=KIND, key=row.pk, action=Change.Action.UPDATED, before={"ended_on": None})
        add_changes(change_set=change_set, changes=[change])
        record(by=by, verb="network.closed", about=[row], change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def open_again(wave: Wave, *, by: Any) -> Wave:
    """Answers come in again. Raises ValidationError when it is open."""
    with transaction.atomic():
        row = Wave.objects.select_for_update().get(pk=wave.pk)
        if row.ended_on is None:
            raise ValidationError(_("It is open."))
        reopen(row)
        record(by=by, verb="network.opened", about=[row])
    return row


def reopen(row: Wave) -> None:
    """Answers come in again, without a sentence."""
    row.ended_on, row.updated_at = None, timezone.now()
    row.save(update_fields=["ended_on", "updated_at"])


def remove_wave(wave: Wave, *, by: Any) -> None:
    """Take away a wave with all that was said in it. Raises ValidationError for a closed one: it is history."""
    with transaction.atomic():
        row = live(wave)
        record(by=by, verb="network.removed", about=[], details={"title": row.name})
        take_away([row.pk])


def take_away(keys: Sequence[int]) -> None:
    """Delete these, without a sentence."""
    files.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    Wave.objects.filter(pk__in=list(keys)).delete()


def add_members(wave: Wave, organisations: Collection[Organisation], *, by: Any) -> int:
    """These partners are asked too; our own organisation is one like any other. How many are new."""
    now = timezone.now()
    with transaction.atomic():
        row = live(wave)
        held = set(row.members.values_list("organisation_id", flat=True))
        news = [one for one in organisations if one.pk not in held]
        Member.objects.bulk_create(
            Member(wave=row, organisation=one, created_at=now, updated_at=now) for one in news
        )
        if news:
            about = [row, *news[:50]]
            record(by=by, verb="network.members_added", about=about, details={"count": len(news)})
    return len(news)


def remove_member(member: Member, *, by: Any) -> None:
    """A partner is asked no more; what it said, and what others said of it in this wave, goes. Raises ValidationError once closed."""
    with transaction.atomic():
        row = live(member.wave)
        record(by=by, verb="network.member_removed", about=[row, member.organisation])
        Member.objects.filter(pk=member.pk).delete()


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's waves go, and its organisations out of others. How many waves."""
    Member.objects.filter(organisation__is_sample=True, wave__is_sample=False).delete()
    keys = list(Wave.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="network.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
