"""Named reads of reports."""

from .reading import (
    KIND,
    Content,
    choices,
    content_of,
    drafts_over,
    everything_of,
    forgetting,
    listed,
    one,
    one_by_key,
    read,
    refs_of,
    report_named,
    titles,
    upstream,
    with_reports,
)

__all__ = [
    "KIND",
    "Content",
    "choices",
    "content_of",
    "drafts_over",
    "everything_of",
    "forgetting",
    "listed",
    "one",
    "one_by_key",
    "read",
    "refs_of",
    "report_named",
    "titles",
    "upstream",
    "with_reports",
]
