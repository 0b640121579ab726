"""Writes of profile."""

from .change import Facts, change_installation
from .wizard import finish_wizard, reopen_wizard, take_step

__all__ = ["Facts", "change_installation", "finish_wizard", "reopen_wizard", "take_step"]
