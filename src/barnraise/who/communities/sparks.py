"""A line the size of a word. It repeats what the row says in numbers, so it is hidden from screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from barnraise.foundation.html import Safe, el

WIDTH, HEIGHT, EDGE = 88, 26, 3


def spark(values: Sequence[Decimal]) -> Safe:
    """The values from left to right at equal steps, the last one marked; nothing for fewer than two."""
    if len(values) < 2:
        return Safe("")
    low, high = min(values), max(values)
    span = float(high - low) or 1.0
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    places = [
        (
            EDGE + at * step,
            HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (float(value - low) / span if high != low else 0.5),
        )
        for at, value in enumerate(values)
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return el(
        "svg",
        el("polyline", points=points, fill="none"),
        el("circle", cx=f"{places[-1][0]:.1f}", cy=f"{places[-1][1]:.1f}", r="2.5"),
        class_="spark",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        aria_hidden="true",
        focusable="false",
    )
