"""Snoozes follow things that are merged or go."""

from __future__ import annotations

from collections.abc import Sequence

from barnraise.foundation.refs import Ref

from ..models import Snooze


def follow(*, keep: Ref, absorb: Ref) -> None:
    """What waited about `absorb` waits about `keep`, unless that waits already. Not undone with a merge: who was absorbed is reminded of again."""
    rows = Snooze.objects.filter(kind=absorb.kind, key=absorb.id)
    there = Snooze.objects.filter(kind=keep.kind, key=keep.id).values("card")
    rows.filter(card__in=there).delete()
    rows.update(key=keep.id)


def forget(*, kind: str, keys: Sequence[int]) -> None:
    """Remove all that is said of these things."""
    Snooze.objects.filter(kind=kind, key__in=list(keys)).delete()
