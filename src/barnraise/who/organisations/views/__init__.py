"""Pages of the room."""

from . import exchanges, organisations

__all__ = ["exchanges", "organisations"]
