"""Address cards (vCard 2.1, 3.0, 4.0) read from files, and written as 3.0. No Django."""

from .lines import TooLong, looks_like_cards
from .reading import card, cards
from .shapes import Address, Card, Line, Marked, Name, Picture
from .writing import all_written, written

__all__ = [
    "Address",
    "Card",
    "Line",
    "Marked",
    "Name",
    "Picture",
    "TooLong",
    "all_written",
    "card",
    "cards",
    "looks_like_cards",
    "written",
]
