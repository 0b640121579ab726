"""What comes round."""

from __future__ import annotations

from datetime import datetime

from . import services


def let_consents_tell(*, now: datetime) -> None:
    """See services."""
    services.let_consents_tell(now=now)
