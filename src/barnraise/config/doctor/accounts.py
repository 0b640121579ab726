"""Somebody can steer the installation."""

from __future__ import annotations

from collections.abc import Iterator

from barnraise.foundation.roles import Role
from barnraise.plumbing.accounts.models import Account

from .finding import Finding, notice


def look() -> Iterator[Finding]:
    """At least one admin who may log in."""
    if not Account.objects.filter(role=Role.ADMIN, is_active=True).exists():
        yield notice(
            "accounts.no_admin",
            "There is no admin who may log in.",
            "Open the one-time link that `barnraise up` prints, or: barnraise user add EMAIL --role admin",
        )
