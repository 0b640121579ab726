"""Take back projects that an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.search import services as search

from ..models import Project
from ..selectors import PROJECT


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo created projects in the caller's transaction; those that something hangs on are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        try:
            with transaction.atomic():
                Project.objects.filter(pk=change.key).delete()
        except ProtectedError:
            kept[change.key] = "in_use"
            continue
        search.remove(PROJECT, [change.key])
    return kept
