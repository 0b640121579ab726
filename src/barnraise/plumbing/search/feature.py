"""What search plugs into the house."""

from __future__ import annotations

from datetime import timedelta

from barnraise.plumbing.jobs.sockets import ChorePlug, chores, handlers

from . import jobs

handlers.plug("search.index", jobs.index_some)
handlers.plug("search.reindex", jobs.reindex)
chores.plug(
    "search.compare",
    ChorePlug(
        interval=timedelta(days=1),
        run=jobs.nightly,
        doc="Compares the search index with the tables and rebuilds what does not agree.",
    ),
)
