"""Writes of candidates: one verb in each module."""

from .approach import approach
from .bring import bring
from .following import hand_back, hand_on, let_go
from .judge import change_decision, judge
from .propose import propose
from .remove import forget_decision, remove_sample
from .undo import restore
from .writing import New, write

__all__ = [
    "New",
    "approach",
    "bring",
    "change_decision",
    "forget_decision",
    "hand_back",
    "hand_on",
    "judge",
    "let_go",
    "propose",
    "remove_sample",
    "restore",
    "write",
]
