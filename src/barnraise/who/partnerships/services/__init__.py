"""Writes of partnerships: one verb in each module."""

from .begin import begin_partnership
from .change import change_partnership
from .following import hand_back, hand_on, let_go
from .move import move_stage
from .rate import rate
from .remove import remove_partnership, remove_sample
from .undo import restore
from .writing import New, write

__all__ = [
    "New",
    "begin_partnership",
    "change_partnership",
    "hand_back",
    "hand_on",
    "let_go",
    "move_stage",
    "rate",
    "remove_partnership",
    "remove_sample",
    "restore",
    "write",
]
