"""The room's background work: loading postcodes, then placing those who have one and no coordinates."""

from __future__ import annotations

from itertools import islice
from typing import Any

from barnraise.foundation.policy import Refused
from barnraise.foundation.tabular import RowCursor, TableChoice, UnreadableFile
from barnraise.plumbing.files.models import File
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome

from .postcode_tables import Columns, places
from .services.postcodes import keep_postcodes, note_postcodes
from .sockets import placings

ROWS = 5000
LOADING, PLACING = "communities.loading", "communities.placing"


def postcodes_step(job: Job) -> Outcome:
    """The next rows of the table; after them, room by room, the next records that a postcode may place."""
    return _place(job) if "placing" in job.cursor else _load(job)


def _load(job: Job) -> Outcome:
    told, at = job.arguments, job.cursor
    file = File.objects.filter(pk=told["file"]).first()
    if file is None or not file.path.exists():
        raise Refused("The file is not here any more. Give it again.")
    read = places(
        file.path,
        TableChoice(**told["choice"]),
        Columns(**told["columns"]),
        country=told["country"],
        start=RowCursor(at.get("number", 0), at.get("offset", 0)),
    )
    try:
        found = list(islice(read, ROWS))
    except UnreadableFile as no:
        raise Refused(f"{no.what} {no.mend}") from no
    kept = [place for place, _cursor in found if place is not None]
    count = at.get("count", 0) + (keep_postcodes(kept) if kept else 0)
    left_out = at.get("left_out", 0) + len(found) - len(kept)
    cursor: dict[str, Any] = {"count": count, "left_out": left_out}
    if len(found) == ROWS:
        number, offset = found[-1][1]
        cursor |= {"number": number, "offset": offset}
    else:
        note_postcodes(count=count, by=job.by)
        cursor |= {"placing": 0, "after": 0, "placed": {}}
        return Outcome(cursor, done=0, total=sum(one.count() for one in placings), step=PLACING)
    return Outcome(cursor, done=job.done + len(found), step=LOADING)


def _place(job: Job) -> Outcome:
    at = dict(job.cursor)
    names = [name for name, _placing in placings.items()]
    placed: dict[str, int] = dict(at["placed"])
    looked = 0
    if at["placing"] < len(names):
        name = names[at["placing"]]
        after, looked, moved = placings.get(name).step(at["after"])
        placed[name] = placed.get(name, 0) + moved
        if after is None:
            placings.get(name).note(placed[name], job.by)
        at |= {"placing": at["placing"] + (after is None), "after": after or 0, "placed": placed}
    is_over = at["placing"] >= len(names)
    result = {"loaded": at["count"], "left_out": at["left_out"], "placed": placed}
    return Outcome(
        at, done=job.done + looked, step=PLACING, is_over=is_over, result=result if is_over else {}
    )
