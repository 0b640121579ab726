"""Put the fictional sample town in, or take it out, from the command line: all rooms in one transaction."""

from __future__ import annotations

from typing import Any, Literal

from django.db import OperationalError, transaction
from tqdm import tqdm

from barnraise.doors.desk.services import change_town
from barnraise.foundation.roles import Role
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.sockets import sample

TRIES = 5
DEADLOCK = "40P01"
"""PostgreSQL's code of a deadlock, see its manual, appendix A."""


def _admin() -> Any:
    return Account.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk").first()


def change_whole_town(what: Literal["add", "remove"]) -> dict[str, int]:
    """Counts by noun of what came or went. What is there already, or gone already, changes nothing.

    Whoever works meanwhile may wait for what the town has and have what the town waits for; then PostgreSQL ends one of
    the two. The town begins anew, TRIES times at most.
    """
    for left in reversed(range(TRIES)):
        try:
            return _change(what)
        except OperationalError as met:
            if not left or getattr(met.__cause__, "sqlstate", "") != DEADLOCK:
                raise
    raise AssertionError("The last try answers or raises.")


@transaction.atomic
def _change(what: Literal["add", "remove"]) -> dict[str, int]:
    counts: dict[str, int] = {}
    by = _admin()
    for part in tqdm(range(len(sample)), unit="room", disable=None, leave=False):
        counts = change_town(what=what, part=part, counts=counts, by=by)
    return counts
