"""Pages of the room."""

from . import exchanges, fit, organisations, services

__all__ = ["exchanges", "fit", "organisations", "services"]
