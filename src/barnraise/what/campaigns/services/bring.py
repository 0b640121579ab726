"""Drafts that come in from files: made, changed and cancelled without a sentence of their own, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Campaign, CampaignReader
from ..selectors import KIND
from .make import make_campaign


def _text_blocks(text: str) -> list[dict[str, str]]:
    return [{"kind": "text", "text": text}]


def bring_campaign(
    *, name: str, by: Any, change_set: Any, text: str = "", is_cancelled: bool = False, **values: Any
) -> Campaign:
    """A draft that says this text in one block, or one cancelled already. In the caller's transaction. Raises ValidationError by field."""
    row = make_campaign(name=name, by=by, change_set=change_set, **values)
    row.blocks = _text_blocks(text) if text else []
    if is_cancelled:
        row.state, row.finished_at = Campaign.State.CANCELLED, row.created_at
    row.save(update_fields=["blocks", "state", "finished_at"])
    return row


def amend_campaigns(given: Sequence[tuple[int, Mapping[str, Any]]], *, by: Any, at: datetime) -> list[Change]:
    """Set these fields of drafts, checked already, in the caller's transaction; whoever gave the file wrote them last. One that waits for
    approval is at most cancelled; what is no draft any more is left as it is."""
    account = by.pk if getattr(by, "pk", None) else None
    changed = []
    for key, values in given:
        plain = {**values, "changed_by_id": account}
        if text := plain.pop("text", ""):
            plain["blocks"] = _text_blocks(text)
        if plain.pop("is_cancelled", False):
            plain |= {"state": Campaign.State.CANCELLED.value, "finished_at": at}
        changed.append((key, plain))
    found = amend(Campaign, changed, at=at, still=_is_open)
    search.index(KIND, [change.key for change in found])
    return found


def _is_open(row: Campaign, values: Mapping[str, Any]) -> bool:
    is_only_cancelled = values.keys() == {"changed_by_id", "state", "finished_at"}
    return row.state == Campaign.State.DRAFT or (is_only_cancelled and row.state == Campaign.State.REVIEW)


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo drafts that were made and changed, in the caller's transaction; those worked on since are kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(KIND, [change.key])
            continue
        row = Campaign.objects.select_for_update(of=("self",)).filter(pk=change.key).first()
        if row is None:
            continue
        is_used = row.started_at is not None or CampaignReader.objects.filter(campaign=row).exists()
        if is_used or not is_as_it_came(row):
            kept[change.key] = "touched"
            continue
        row.delete()
        search.remove(KIND, [change.key])
    return kept
