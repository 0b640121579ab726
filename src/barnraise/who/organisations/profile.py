"""What the page of an organisation shows later: how it fits our asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from . import fit_facing, fit_words, selectors
from .models import Organisation
from .selectors import fitting


def may_fit(actor: Any, organisation: Organisation) -> bool:
    """Somebody else's page, while we ask for something."""
    return not organisation.is_own and fitting.is_asking()


def fit_panel(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """How one organisation fits our asks; None when we ask for nothing now or it is our own."""
    if organisation.is_own:
        return None
    exchanged = selectors.exchanges_of(organisation)
    ours, found = fitting.fits_of(organisation, exchanged, timezone.localdate())
    if not ours.rows:
        return None
    fits = found.standings[0].fits if found.standings else ()
    return {
        "fits": [
            fit_facing.ask_row(fit_words.shown(one, ours.rows[one.ask], found.gifts, ours.communities))
            for one in fits
        ],
        "asks": len(ours.rows),
        "address": reverse("organisations:fit"),
    }
