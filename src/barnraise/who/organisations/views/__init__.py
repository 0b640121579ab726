"""Pages of the room."""

from . import exchanges, fit, organisations

__all__ = ["exchanges", "fit", "organisations"]
