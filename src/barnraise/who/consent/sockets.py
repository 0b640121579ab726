"""What upper rooms plug into consent: of which consents another card of Today reminds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from barnraise.foundation.registry import Socket

reminded: Socket[Callable[[], Any]] = Socket(
    "consent.reminded",
    doc="Consents of which another card of Today reminds: a condition on what stands of people, left out of Consents that expire.",
)
