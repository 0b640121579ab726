"""The nouns of accounts."""

from .account import Account, AccountQuerySet
from .first_admin import FirstAdminLink
from .invitation import Invitation, InvitationQuerySet
from .token import Token, TokenQuerySet

__all__ = [
    "Account",
    "AccountQuerySet",
    "FirstAdminLink",
    "Invitation",
    "InvitationQuerySet",
    "Token",
    "TokenQuerySet",
]
