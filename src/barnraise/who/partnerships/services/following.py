"""When partners are merged or erased: the relation follows, or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things
from barnraise.plumbing.search import services as search
from barnraise.plumbing.snoozes import services as snoozes
from barnraise.plumbing.tags import services as tags
from barnraise.plumbing.tags.selectors import tags_on

from ..models import Partnership, Rating, StageChange
from ..selectors import KIND
from .reckon import reckon
from .remove import take_away
from .writing import follow

DAYS = ("agreed_on", "agreement_ends_on", "begun_on", "stage_since_on", "rated_on")
PLAIN = (
    "about",
    "owner_id",
    "cadence_days",
    "agreement",
    "is_sample",
    "stage",
    "influence",
    "interest",
)
FORMER = ("snoozed_until", "snooze_reason")
"""What merges kept while these were columns."""
MERGED = "partnerships.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """The relation with `absorb` is one with `keep`. Where both had one, the histories are laid together and the last line counts."""
    column = f"{keep.model}_id"
    goes = Partnership.objects.filter(**{column: absorb.id}).first()
    if goes is None:
        return
    stays = Partnership.objects.filter(**{column: keep.id}).first()
    now = timezone.now()
    stored: dict[str, Any] = {"column": column, "from": absorb.id, "row": None}
    if stays is None:
        Partnership.objects.filter(pk=goes.pk).update(**{column: keep.id}, updated_at=now)
        reckon([goes.pk])
        key = goes.pk
    else:
        key = stays.pk
        stored["row"] = _kept(goes)
        for name, model in (("stages", StageChange), ("ratings", Rating)):
            rows: Any = model.objects.filter(partnership_id=goes.pk)
            stored[name] = list(rows.values_list("pk", flat=True))
            rows.update(partnership_id=stays.pk, updated_at=now)
        snoozes.follow(keep=Ref.to(stays), absorb=Ref.to(goes))
        stored["tags"] = [tag.name for tag in tags_on(goes)]
        tags.carry_over(keep=stays, absorb=goes)
        Partnership.objects.filter(pk=goes.pk).delete()
        search.remove(KIND, [goes.pk])
        follow([stays.pk], at=now)
    add_changes(
        change_set=change_set,
        changes=[Change(kind=MERGED, key=key, action=Change.Action.UPDATED, before=stored)],
    )
    search.index(KIND, [key])


def _kept(row: Partnership) -> dict[str, Any]:
    days = {name: getattr(row, name).isoformat() if getattr(row, name) else None for name in DAYS}
    return {"pk": row.pk, "uuid": str(row.uuid), **days, **{name: getattr(row, name) for name in PLAIN}}


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    now = timezone.now()
    for change in changes:
        stored = change.before or {}
        column, came_from, row = stored["column"], stored["from"], stored["row"]
        if row is None:
            Partnership.objects.filter(pk=change.key).update(**{column: came_from}, updated_at=now)
            reckon([change.key])
            search.index(KIND, [change.key])
            continue
        for name in FORMER:
            row.pop(name, None)
        Partnership.objects.bulk_create(
            [Partnership(**row, **{column: came_from}, created_at=now, updated_at=now)]
        )
        tags.tag_many(kind=KIND, keys=[row["pk"]], names=stored.get("tags", []), by=by)
        for name, model in (("stages", StageChange), ("ratings", Rating)):
            rows: Any = model.objects.filter(pk__in=stored[name])
            rows.update(partnership_id=row["pk"], updated_at=now)
        follow([change.key, row["pk"]], at=now)
        search.index(KIND, [change.key, row["pk"]])
    return {}


def let_go(ref: Ref, *, by: Any) -> None:
    """Forget the relation with this thing, with its histories and what the journal told of it."""
    removed = Change.objects.filter(kind=KIND, action=Change.Action.REMOVED)
    for change in removed:
        if (change.before or {})["rows"][0]["fields"].get(ref.model) == ref.id:
            change.delete()
    keys = list(Partnership.objects.filter(**{f"{ref.model}_id": ref.id}).values_list("pk", flat=True))
    if keys:
        forget_things([Ref("partnerships", "partnership", key) for key in keys])
        take_away(keys)
