"""Writes of the portal: one verb in each module. Whatever rooms own is written by their services."""

from .ask import send_link, send_links
from .correct import correct, set_mission
from .give_number import give_number
from .promise import keep, say_late
from .raise_concern import raise_concern, say_more

__all__ = [
    "correct",
    "give_number",
    "keep",
    "raise_concern",
    "say_late",
    "say_more",
    "send_link",
    "send_links",
    "set_mission",
]
