"""How a worker paces itself on SQLite."""

from __future__ import annotations

YIELD_SECONDS = 0.001
"""Between two steps on SQLite: its busy handler is unfair, and without a gap web writers starve for seconds."""
