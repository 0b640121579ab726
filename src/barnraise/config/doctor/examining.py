"""Ask every part of an installation: each is looked at by one function that yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import DatabaseError

from . import accounts, clock, database, disk, jobs, mail, outbox, permissions, settings, static
from .finding import Finding, Severity, error

Examination = Callable[[], Iterable[Finding]]

ALWAYS: dict[str, Examination] = {
    "settings": settings.look,
    "permissions": permissions.look,
    "disk": disk.look,
    "mail": mail.look,
    "static": static.look,
    "database": database.look,
}
WITH_DATABASE: dict[str, Examination] = {
    "jobs": jobs.look,
    "outbox": outbox.look,
    "accounts": accounts.look,
    "clock": clock.look,
}
"""Asked only when the database is reachable and of this version."""


def examine() -> list[Finding]:
    """All findings, the worst first. Never raises: an examination that breaks is a finding itself."""
    found = [finding for name, look in ALWAYS.items() for finding in _ask(name, look)]
    if not any(
        finding.code.startswith("database.") and finding.severity is Severity.ERROR for finding in found
    ):
        found += [finding for name, look in WITH_DATABASE.items() for finding in _ask(name, look)]
    rank = list(Severity)
    return sorted(found, key=lambda finding: rank.index(finding.severity))


def _ask(name: str, look: Examination) -> list[Finding]:
    try:
        return list(look())
    except (DatabaseError, OSError, ValueError) as problem:
        return [
            error(
                f"{name}.broken", f"{name.title()} could not be looked at: {problem}", "Mend what it names."
            )
        ]
