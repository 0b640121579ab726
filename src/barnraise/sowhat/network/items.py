"""What partners are asked about each other: own wording, not a validated instrument.

After the idea of trust and value between partners (Varda's PARTNER: reliability, shared mission, openness; influence, involvement,
resources), in our own words; METHODS 4.1. Answers run from 1 to 4; what is left out is missing, never a midpoint.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

TRUST: tuple[tuple[str, Any], ...] = (
    ("t1", _("They do what they said they would do.")),
    ("t2", _("They want the same as we do for the people we work for.")),
    ("t3", _("When something goes wrong, we can speak openly with them.")),
)
VALUE: tuple[tuple[str, Any], ...] = (
    ("v1", _("Their voice carries weight for what we want to reach.")),
    ("v2", _("They take an active part in it.")),
    ("v3", _("They bring money, people, space or knowledge to it.")),
)
ITEMS = (*TRUST, *VALUE)
NAMES = tuple(name for name, _text in ITEMS)
STEPS: tuple[tuple[int, Any], ...] = (
    (1, _("not at all")),
    (2, _("a little")),
    (3, _("mostly")),
    (4, _("fully")),
)
LOWEST, HIGHEST = 1, 4
