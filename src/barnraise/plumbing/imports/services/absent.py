"""Add what the rows of an import are about and that is not here, or say that it is one that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, require
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import close_change_set, open_change_set, record

from ..models import Finding, Import
from ..policies import may_import
from ..sockets import Subjects, subjects

ADDED = "imports.subjects_added"
MOST_AT_ONCE = 200


def _plug(batch: Import, by: Any) -> Subjects:
    plug = subjects.find(batch.noun)
    if plug is None:
        raise Refused(_("There is nothing that could be added."))
    if by is not None:
        require(may_import, by, batch, reason=_("Your role does not allow taking files in."))
        require(plug.policy, by, reason=_("Your role does not allow adding this."))
    return plug


def _locked(batch: Import, keys: Sequence[int]) -> list[Finding]:
    rows = Finding.objects.select_for_update().filter(batch=batch, kind=Finding.Kind.ABSENT, pk__in=keys)
    return [one for one in rows.order_by("pk") if one.key is None and one.details.get("can_add")]


@transaction.atomic
def add_absent(
    *, batch: Import, findings: Sequence[int], by: Any, names: Mapping[int, str] | None = None
) -> tuple[int, ChangeSet]:
    """Make what these findings (by key) are about, called as `names` says or as the file does: how many, and their change
    set, which takes them back. Those made already are left out. Their rows are taken in by the next dry run or run.

    Raises Refused without the right and for more than MOST_AT_ONCE, ValidationError for one that cannot be made; then
    nothing is made.
    """
    plug = _plug(batch, by)
    if len(set(findings)) > MOST_AT_ONCE:
        raise Refused(_("At most %(most)d are added at once.") % {"most": MOST_AT_ONCE})
    change_set = open_change_set(by=by, verb=ADDED)
    found = _locked(batch, list(findings))
    for one in found:
        name = (names or {}).get(one.pk, "")
        one.key = plug.add(one.details, name=name, by=by, change_set=change_set)
    Finding.objects.bulk_update(found, ["key"])
    close_change_set(change_set=change_set)
    if found:
        record(by=by, verb=ADDED, about=[batch], details={"count": len(found)}, change_set=change_set)
    return len(found), change_set


@transaction.atomic
def join_absent(*, batch: Import, finding: int, key: int, by: Any) -> None:
    """Say that what a finding is about is the one here with this key. Raises Refused, ValidationError."""
    plug = _plug(batch, by)
    for one in _locked(batch, [finding]):
        plug.join(one.details, key, by=by)
        one.key = key
        one.save(update_fields=["key"])
