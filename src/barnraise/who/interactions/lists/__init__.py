"""The lists of the room: interactions, next steps, unknown addresses."""

from .steps import proposals, steps
from .talks import interactions

__all__ = ["interactions", "proposals", "steps"]
