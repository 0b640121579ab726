"""The settings, by Django's system checks: its own for a server on the web, and ours in config/checks.py."""

from __future__ import annotations

from collections.abc import Iterator

from django.core import checks

from .finding import Finding, error, warning


def look() -> Iterator[Finding]:
    """One finding for each check that complains."""
    for found in checks.run_checks():
        make = error if found.level >= checks.ERROR else warning
        code = f"settings.{str(found.id).removeprefix('barnraise.')}"
        yield make(code, str(found.msg), str(found.hint or "See docs/operate/settings.md."))
