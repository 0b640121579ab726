"""The nouns of mail."""

from .message import Body, Message
from .notice import Notice
from .suppression import Suppression

__all__ = ["Body", "Message", "Notice", "Suppression"]
