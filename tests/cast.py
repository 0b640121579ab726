"""The cast of every test: who they are and how they log in. Use the fixtures in conftest."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from barnraise.foundation.roles import Role

PASSWORD = "the barn stands on oak"

CAST: dict[str, Role] = {
    "ada": Role.ADMIN,
    "alice": Role.COORDINATOR,
    "bob": Role.CONTRIBUTOR,
    "vera": Role.VIEWER,
    "petra": Role.PARTNER,
}


class QuickHasher(PBKDF2PasswordHasher):
    """The hash of the product with one round; only for the accounts of tests."""

    iterations = 1
