"""The nouns of events."""

from .event import Event
from .made import CoHost, Cost, Output
from .registration import Registration

__all__ = ["CoHost", "Cost", "Event", "Output", "Registration"]
