"""Named reads of organisations."""

from .documents import KIND, Meta, documents, documents_with_meta, snapshot
from .rows import (
    branches_of,
    counts_by_community,
    facts_with_sources,
    field_label,
    listed,
    named,
    one,
    one_by_key,
    one_row,
    own,
    parts_of,
    serving,
    serving_panel,
    shown,
    titles,
)
from .today import who_is_here

__all__ = [
    "KIND",
    "Meta",
    "branches_of",
    "counts_by_community",
    "documents",
    "documents_with_meta",
    "facts_with_sources",
    "field_label",
    "listed",
    "named",
    "one",
    "one_by_key",
    "one_row",
    "own",
    "parts_of",
    "serving",
    "serving_panel",
    "shown",
    "snapshot",
    "titles",
    "who_is_here",
]
