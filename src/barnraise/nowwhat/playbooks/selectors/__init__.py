"""Named reads of playbooks."""

from .making import SOURCES, document_of, source_row
from .rows import (
    INSTALLATION,
    KIND,
    came_from,
    downstream,
    in_state,
    installations_of,
    listed,
    made_from,
    of_source,
    one,
    one_by_key,
    titles,
    upstream,
)

__all__ = [
    "INSTALLATION",
    "KIND",
    "SOURCES",
    "came_from",
    "document_of",
    "downstream",
    "in_state",
    "installations_of",
    "listed",
    "made_from",
    "of_source",
    "one",
    "one_by_key",
    "source_row",
    "titles",
    "upstream",
]
