"""Writes of audiences: one verb in each module."""

from .amend import amend_audiences, restore
from .change import change_audience, end_audience, reopen_audience
from .make import make_audience
from .remove import remove_audience, remove_sample
from .rules import Given, add_rule, change_rule, remove_rule, set_rules

__all__ = [
    "Given",
    "add_rule",
    "amend_audiences",
    "change_audience",
    "change_rule",
    "end_audience",
    "make_audience",
    "remove_audience",
    "remove_rule",
    "remove_sample",
    "reopen_audience",
    "restore",
    "set_rules",
]
