"""The nouns of posts."""

from .account import SocialAccount
from .message import Message
from .variant import Reach, Variant

__all__ = ["Message", "Reach", "SocialAccount", "Variant"]
