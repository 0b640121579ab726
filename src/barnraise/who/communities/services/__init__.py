"""Writes of communities."""

from .change import change_community
from .headcounts import add_headcount, change_headcount, remove_headcount
from .postcodes import load_postcodes
from .register import register_community
from .remove import InTheWay, remove_community
from .sample import remove_sample
from .undo import restore

__all__ = [
    "InTheWay",
    "add_headcount",
    "change_community",
    "change_headcount",
    "load_postcodes",
    "register_community",
    "remove_community",
    "remove_headcount",
    "remove_sample",
    "restore",
]
