"""Mails for tests, and the folder of real ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from barnraise.foundation.mail import Mail, read


def mail(headers: str, body: str = "Hello", *, charset: str = "utf-8") -> Mail:
    """Read a mail written as text: `headers` without the blank line, `body` in `charset`."""
    return read(headers.strip().encode() + b"\n\n" + body.encode(charset))


def shared(path: str) -> Path:
    """A real file beside the checkout; the test is skipped where it is absent."""
    named = os.environ.get("BARNRAISE_SHARED_DATA")
    found = (Path(named) if named else Path(__file__).resolve().parents[5].parent / "shared" / "data") / path
    if not found.exists():
        pytest.skip(f"{path} is not here")
    return found
