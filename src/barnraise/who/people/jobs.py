"""The room's background work: looking for likely duplicates in a large house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import combinations, groupby
from typing import Any

from barnraise.foundation.text import fold
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome

from . import selectors, services
from .selectors.likely import MOST, SHARED_BY_MANY

ROWS = 20_000
"""Rows that a step reads; always more than SHARED_BY_MANY, so that no group that counts is cut."""
PAIRS = 300
"""Pairs that a step compares."""
MOST_PAIRS = 20_000
"""Candidates that are kept; more of them would say that the rule is no rule."""
READING, COMPARING = "people.reading", "people.comparing"


def likely_step(job: Job) -> Outcome:
    """Walk contacts, then names, each in its index and with its group at the edge read again; then compare what is shared."""
    at: dict[str, Any] = {"phase": "contacts", "after": ["", 0], "pairs": [], "found": [], **job.cursor}
    if at["phase"] == "compare":
        return _compare(job, at)
    read = selectors.contacts_after if at["phase"] == "contacts" else selectors.names_after
    rows = read(at["after"][0], at["after"][1], ROWS)
    is_last = len(rows) < ROWS
    if not is_last and rows[0][0] != rows[-1][0]:
        # the last group may go on: it is read from its beginning by the next step
        edge = rows[-1][0]
        whole = [row for row in rows if row[0] != edge]
        at["after"] = [edge, -1]
    else:
        whole = rows
        at["after"] = [rows[-1][0], rows[-1][1]] if rows else ["", 0]
    known = {tuple(pair) for pair in at["pairs"]}
    known |= _pairs(whole, is_name=at["phase"] == "names")
    at["pairs"] = sorted(known)[:MOST_PAIRS]
    if is_last:
        at["phase"] = "names" if at["phase"] == "contacts" else "compare"
        at["after"] = ["", 0]
    return Outcome(at, done=job.done + len(whole), step=READING)


def _pairs(rows: Iterable[tuple[str, int, str]], *, is_name: bool) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for value, group in groupby(rows, key=lambda row: row[0]):
        blocks: dict[str, set[int]] = {}
        for _value, key, beside in group:
            if is_name:
                blocks.setdefault(fold(beside), set()).add(key)
            elif beside in {"email", "phone"}:
                blocks.setdefault("", set()).add(key)
        for members in blocks.values():
            if value and 2 <= len(members) <= SHARED_BY_MANY:
                found |= set(combinations(sorted(members), 2))
    return found


def _compare(job: Job, at: dict[str, Any]) -> Outcome:
    now, at["pairs"] = at["pairs"][:PAIRS], at["pairs"][PAIRS:]
    scored = selectors.scored({(first, second) for first, second in now}, MOST)
    found = [*at["found"], *([pair.first, pair.second, pair.score] for pair in scored)]
    at["found"] = sorted(found, key=lambda one: (-one[2], one[0], one[1]))[:MOST]
    is_over = not at["pairs"]
    result = {"pairs": at["found"]} if is_over else {}
    return Outcome(
        at if not is_over else {}, done=job.done + len(now), step=COMPARING, is_over=is_over, result=result
    )


def look_daily(*, now: datetime) -> None:
    """In a large house, look for duplicates when that was not done for a day."""
    services.look_for_duplicates(by=None, unless_since=now.replace(hour=0, minute=0, second=0, microsecond=0))
