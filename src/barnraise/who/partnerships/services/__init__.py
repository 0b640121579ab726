"""Writes of partnerships: one verb in each module."""

from .amend import amend
from .begin import begin_partnership
from .change import change_partnership
from .following import hand_back, hand_on, let_go
from .move import move_stage
from .rate import rate, remove_rating
from .reckon import heard, reckon, reckon_all
from .remove import remove_partnership, remove_sample
from .together import own_together, tag_together, untag_together
from .undo import restore
from .writing import New, write

__all__ = [
    "New",
    "amend",
    "begin_partnership",
    "change_partnership",
    "hand_back",
    "hand_on",
    "heard",
    "let_go",
    "move_stage",
    "own_together",
    "rate",
    "reckon",
    "reckon_all",
    "remove_partnership",
    "remove_rating",
    "remove_sample",
    "restore",
    "tag_together",
    "untag_together",
    "write",
]
