"""Named reads of audiences."""

from .members import (
    FEW,
    Told,
    condition,
    glance,
    keys_of,
    known_values,
    members,
    options_of,
    reach_of,
    size_of,
    words_of,
)
from .rows import KIND, listed, live, one, one_by_key, one_rule, rules_of, titles

__all__ = [
    "FEW",
    "KIND",
    "Told",
    "condition",
    "glance",
    "keys_of",
    "known_values",
    "listed",
    "live",
    "members",
    "one",
    "one_by_key",
    "one_rule",
    "options_of",
    "reach_of",
    "rules_of",
    "size_of",
    "titles",
    "words_of",
]
