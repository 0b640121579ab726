"""Put the fictional sample town in, or take it out, from the command line: all rooms in one transaction."""

from __future__ import annotations

from typing import Any, Literal

from django.db import transaction
from tqdm import tqdm

from barnraise.doors.desk.services import change_town
from barnraise.foundation.roles import Role
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.sockets import sample


def _admin() -> Any:
    return Account.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk").first()


@transaction.atomic
def change_whole_town(what: Literal["add", "remove"]) -> dict[str, int]:
    """Counts by noun of what came or went. What is there already, or gone already, changes nothing."""
    counts: dict[str, int] = {}
    by = _admin()
    for part in tqdm(range(len(sample)), unit="room", disable=None, leave=False):
        counts = change_town(what=what, part=part, counts=counts, by=by)
    return counts
