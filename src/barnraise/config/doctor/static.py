"""Styles, scripts and icons are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from ..prepare import is_static_current
from .finding import Finding, error, warning


def look() -> Iterator[Finding]:
    """The third-party files of the package, and the collected ones."""
    vendor = Path(settings.PACKAGE) / "static" / "vendor"
    if not any(vendor.glob("*")):
        yield error(
            "static.vendor_missing",
            "Third-party styles and scripts are missing from the package.",
            "In a checkout run script/setup; otherwise install the wheel again.",
        )
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield error(
            "static.not_collected", "Static files have not been collected.", "Run `barnraise up` once."
        )
    elif not is_static_current():
        yield warning(
            "static.outdated",
            "The collected static files are those of another version.",
            "Start `barnraise up` again.",
        )
