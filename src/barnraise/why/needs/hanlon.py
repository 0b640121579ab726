"""Priority by the basic priority rating of Hanlon, with PEARL. Pure.

Sources: J. J. Hanlon's method as taught by the University of Illinois at Chicago (uic.edu/sph/prepare/courses/ph440/mods/bpr.htm):
BPR = (A + B) · C / 3 and OPR = BPR · P · E · A · R · L; and as NACCHO's guide to prioritization techniques gives it: (A + 2B) · C.
A is the size of the problem, B its seriousness, C how effective what can be done is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

from django.utils.translation import gettext as _

PEARL = ("propriety", "economics", "acceptability", "resources", "legality")
VARIANTS: Mapping[str, tuple[int, int, int]] = {
    "uic": (10, 20, 10),
    "double_seriousness": (10, 10, 10),
}
"""By variant: the highest size, seriousness and effectiveness; the lowest is 0."""
COMPONENTS = ("size", "seriousness", "effectiveness")


@dataclass(frozen=True, slots=True)
class Rating:
    """What one rater gave."""

    size: Decimal
    seriousness: Decimal
    effectiveness: Decimal
    pearl: tuple[bool, bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Priority:
    """What all raters' ratings of a need come to. `low` and `high` are the lowest and highest rating of a single rater.

    `refused_by` counts raters by the letter of PEARL they said no to; a need with a no leaves the ranking and stays visible.
    """

    raters: int
    size: float
    seriousness: float
    effectiveness: float
    basic: float
    low: float
    high: float
    refused_by: Mapping[str, int]

    @property
    def overall(self) -> float:
        """The basic rating, or 0 when anybody said no to a letter of PEARL."""
        return 0.0 if self.refused_by else self.basic


def faults(variant: str, values: Mapping[str, Decimal]) -> list[tuple[str, str]]:
    """(component, reason) of every number that is not on the scale of the variant."""
    found = []
    for name, highest in zip(COMPONENTS, VARIANTS[variant], strict=True):
        if not 0 <= values[name] <= highest:
            said = {"highest": highest, "given": f"{values[name]:f}"}
            found.append((name, _("It is 0 to %(highest)s in this formula (got %(given)s).") % said))
    return found


def basic(variant: str, size: float, seriousness: float, effectiveness: float) -> float:
    """The basic priority rating: (A + B)·C/3, 0 to 100, or for "double_seriousness" (A + 2B)·C, 0 to 300."""
    if variant == "double_seriousness":
        return (size + 2 * seriousness) * effectiveness
    return (size + seriousness) * effectiveness / 3


def priority(variant: str, ratings: Sequence[Rating]) -> Priority | None:
    """Mean of each component over raters, then the formula; None without ratings."""
    if not ratings:
        return None
    means = [fmean(float(getattr(one, name)) for one in ratings) for name in COMPONENTS]
    alone = [basic(variant, *(float(getattr(one, name)) for name in COMPONENTS)) for one in ratings]
    refused = {
        letter: sum(not one.pearl[at] for one in ratings)
        for at, letter in enumerate(PEARL)
        if not all(one.pearl[at] for one in ratings)
    }
    size, seriousness, effectiveness = means
    rating = basic(variant, size, seriousness, effectiveness)
    return Priority(len(ratings), size, seriousness, effectiveness, rating, min(alone), max(alone), refused)


def ranks(priorities: Mapping[int, Priority | None]) -> dict[int, int]:
    """Rank by key, 1 first; ties share a rank. Needs without ratings, and those that PEARL took out, have none."""
    kept = {key: one.basic for key, one in priorities.items() if one is not None and not one.refused_by}
    return {key: 1 + sum(other > mine + 1e-9 for other in kept.values()) for key, mine in kept.items()}
