"""The nouns of accounts."""

from .account import Account, AccountQuerySet

__all__ = ["Account", "AccountQuerySet"]
