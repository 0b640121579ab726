"""Writes of playbooks."""

from .install import install, rehearse
from .keep import change_playbook, make, remove_playbook, remove_sample, retire, take_in, take_up
from .undo import take_back

__all__ = [
    "change_playbook",
    "install",
    "make",
    "rehearse",
    "remove_playbook",
    "remove_sample",
    "retire",
    "take_back",
    "take_in",
    "take_up",
]
