"""Statistics of answers. Pure."""

from __future__ import annotations

import math

Z95 = 1.959963984540054
"""The normal quantile of a 95 % interval."""


def wilson(count: int, total: int, z: float = Z95) -> tuple[float, float]:
    """The interval in which a share lies, from 0 to 1, after Wilson, JASA 22 (158), 1927 (doi 10.1080/01621459.1927.10502953).

    (x + z²/2)/(n + z²) ± z/(n + z²)·sqrt(x(n − x)/n + z²/4). Raises ValueError unless 0 <= count <= total and total > 0.
    """
    if total < 1:
        raise ValueError("No answers yet.")
    if not 0 <= count <= total:
        raise ValueError("Count must lie between 0 and n.")
    middle = (count + z * z / 2) / (total + z * z)
    half = z / (total + z * z) * math.sqrt(count * (total - count) / total + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)
