"""Make what stands anew from the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from ..models import Consent, Standing

Key = tuple[int, int, str]
AT_ONCE = 400


def settle(keys: Iterable[Key], *, at: datetime | None = None) -> None:
    """Let what stands of these (person, purpose, channel) be what the record says, in the caller's transaction.

    The latest word counts, whenever it was noted; of two said at the same instant the withdrawal, then the one noted later.
    Where the record says nothing any more, nothing stands.
    """
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), AT_ONCE):
        _settle(wanted[start : start + AT_ONCE], at or timezone.now())


def _settle(keys: list[Key], at: datetime) -> None:
    asked, people = set(keys), {key[0] for key in keys}
    there = {
        (row.person_id, row.purpose_id, row.channel): row
        for row in Standing.objects.select_for_update().filter(person_id__in=people).order_by("pk")
    }
    last: dict[Key, Consent] = {}
    for row in Consent.objects.filter(person_id__in=people).order_by("happened_at", "-is_given", "id"):
        last[row.person_id, row.purpose_id, row.channel] = row
    new, changed = [], []
    for key in keys:
        said, stands = last.get(key), there.get(key)
        if said is None:
            continue
        if stands is None:
            stands = Standing(person_id=key[0], purpose_id=key[1], channel=key[2])
            new.append(stands)
        elif stands.last_id == said.pk:
            continue
        else:
            changed.append(stands)
        stands.is_given, stands.since_at, stands.expires_on = said.is_given, said.happened_at, said.expires_on
        stands.last, stands.is_sample, stands.updated_at = said, said.is_sample, at
    Standing.objects.filter(pk__in=[there[key].pk for key in asked - set(last) if key in there]).delete()
    Standing.objects.bulk_create(new)
    fields = ["is_given", "since_at", "expires_on", "last", "is_sample", "updated_at"]
    Standing.objects.bulk_update(changed, fields)
