"""Below /api/v1 the question is asked by each operation, after its token has said who is there."""

from __future__ import annotations

from typing import Any


def asked_by_operation(actor: Any, thing: Any = None) -> bool:
    """Lets the request through to the operation, whose own policy decides (a house test sees that each has one)."""
    return True
