"""Which organisations of the sample town are loaded, for the rooms above that add to it."""

from __future__ import annotations

from ..models import Identifier
from ..sample_town import ORGANISATIONS


def sample_keys() -> dict[str, int]:
    """The loaded sample organisations: their short names ("pantry", "library") to keys; empty when the sample is not loaded."""
    numbered = {f"RB-{number:03d}": row.key for number, row in enumerate(ORGANISATIONS, 1)}
    rows = Identifier.objects.filter(scheme="OWN", value__in=list(numbered), organisation__is_sample=True)
    return {numbered[value]: key for value, key in rows.values_list("value", "organisation_id")}
