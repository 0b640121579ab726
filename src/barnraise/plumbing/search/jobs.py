"""Background work of search."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from barnraise.plumbing.jobs.sockets import Outcome

from . import services
from .models import SearchDocument
from .sockets import documents

if TYPE_CHECKING:
    from barnraise.plumbing.jobs.models import Job


def index_some(job: Job) -> Outcome:
    """One step of "search.index": the next 1,000 of the job's keys."""
    keys = job.arguments["keys"]
    done = int(job.cursor.get("done", 0))
    services.index(job.arguments["kind"], keys[done : done + 1000])
    done = min(done + 1000, len(keys))
    return Outcome({"done": done}, done=done, total=len(keys), is_over=done >= len(keys))


def reindex(job: Job) -> Outcome:
    """One step of "search.reindex"."""
    wanted = job.arguments.get("kind")
    kinds = [wanted] if wanted else [kind for kind, _ in documents.items()]
    stretch = services.reindex_step(kinds=kinds, cursor=job.cursor)
    done = job.done + stretch.written
    return Outcome(
        {"kind": stretch.kind, "after": stretch.after},
        done=done,
        step=stretch.kind,
        is_over=stretch.is_over,
        result={"documents": done} if stretch.is_over else {},
    )


def nightly(*, now: datetime) -> None:
    """Rebuild the kinds whose counts do not agree; drop documents of kinds that nobody plugs any more."""
    for kind in services.compare_counts():
        if kind in documents:
            services.reindex(kind)
        else:
            SearchDocument.objects.filter(kind=kind).delete()
