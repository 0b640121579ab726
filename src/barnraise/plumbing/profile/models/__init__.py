"""The noun of profile: the installation."""

from .installation import SMALLEST_THRESHOLD, Installation

__all__ = ["SMALLEST_THRESHOLD", "Installation"]
