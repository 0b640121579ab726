"""The page on which a person chooses by themselves what they get, opened by a signed link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from barnraise.foundation.refs import Ref
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.people import selectors as people

from . import selectors, services
from .models.purpose import Channel


def offers(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What can be chosen and what stands. Raises Person.DoesNotExist."""
    person = people.one_by_key(ref.id)
    today = timezone.localdate()
    house = installation()
    stands = {(row.purpose_id, row.channel): row.counts(today) for row in selectors.standings_of(person)}
    found, asked = [], []
    live = selectors.live_purposes()
    wordings = selectors.current_wordings(live)
    for purpose in live:
        wording = wordings.get(purpose.pk)
        boxes = [
            {
                "value": f"{purpose.pk}:{code}",
                "label": Channel(code).label,
                "is_ticked": stands.get((purpose.pk, code), False),
            }
            for code in purpose.channels
        ]
        asked += [str(box["value"]) for box in boxes]
        words = wording.text(get_language() or "", house.default_language) if wording else ""
        found.append({"name": purpose.name, "words": words, "boxes": boxes})
    return {"person": person, "house": house.network_name, "offers": found, "asked": " ".join(asked)}


def choose(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> None:
    """Note what was chosen. Only what the page asked counts: a purpose that came since was not refused."""
    person = people.one_by_key(ref.id)
    wanted = _pairs(request.POST.getlist("yes"))
    asked = _pairs(request.POST.get("asked", "").split())
    services.choose(person, {pair: pair in wanted for pair in asked})


def _pairs(words: list[str]) -> set[tuple[int, str]]:
    found = set()
    for word in words[:400]:
        key, _, channel = word.partition(":")
        if key.isascii() and key.isdigit() and len(key) < 19 and channel in Channel.values:
            found.add((int(key), channel))
    return found
