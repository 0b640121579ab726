"""The journal's nouns: entries, what they are about, change sets and their changes."""

from .change_set import Change, ChangeSet
from .entry import Entry, Mention

__all__ = ["Change", "ChangeSet", "Entry", "Mention"]
