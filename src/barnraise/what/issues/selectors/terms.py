"""How long an answer may take here."""

from __future__ import annotations

from ..clock import SEVERITIES, TERMS, Term
from ..models import ResponseClock


def terms() -> dict[str, Term]:
    """By severity, worst first: as an admin set it, else the usual one. One query."""
    own = {row.severity: Term(row.amount, row.unit) for row in ResponseClock.objects.all()}
    return {name: own.get(name, TERMS[name]) for name in SEVERITIES}
