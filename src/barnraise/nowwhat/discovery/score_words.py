"""Why a candidate stands where it stands, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.who.organisations.selectors.fields import sector_label

from .scoring import Ranked, Term

NAMES: dict[str, Any] = {
    "need": gettext_lazy("Need"),
    "sector": gettext_lazy("Field"),
    "asks": gettext_lazy("Our asks"),
    "distance": gettext_lazy("Distance"),
    "gap": gettext_lazy("Field gap"),
    "network": gettext_lazy("Network gap"),
}
WORDS = 5
"""So many words in common are told."""
_LEFT_OUT: dict[tuple[str, str], Any] = {
    ("need", "sought"): gettext_lazy("no need and no goal is open"),
    ("need", "known"): gettext_lazy("its name has no words to compare"),
    ("sector", "sought"): gettext_lazy("what is needed names no field"),
    ("sector", "known"): gettext_lazy("nobody has noted its field"),
    ("asks", "sought"): gettext_lazy("we ask for nothing now"),
    ("asks", "known"): gettext_lazy("nobody has noted what it gives"),
    ("distance", "sought"): gettext_lazy("we have no coordinates"),
    ("distance", "known"): gettext_lazy("it has no coordinates"),
    ("gap", "known"): gettext_lazy("nobody has noted its field"),
    ("network", "sought"): gettext_lazy("nobody works with us yet"),
    ("network", "many"): gettext_lazy("among so many partners one more changes nothing"),
}


def reason(term: Term, wishes: Mapping[str, str], asks: Mapping[int, str]) -> str:
    """What a known term says. `wishes` are titles by reference, `asks` what we ask for by key."""
    details = term.details
    if term.name == "need":
        if not details:
            return _("no word in common with what is needed")
        words = ", ".join(f"“{word}”" for word in details["words"][:WORDS])
        if len(details["words"]) > WORDS:
            words += " …"
        return _("in common with “%(need)s”: %(words)s") % {"need": wishes[details["aim"]], "words": words}
    if term.name == "sector":
        met = details["met"]
        return _("another field") if met is None else _("works in: %(field)s") % {"field": sector_label(*met)}
    if term.name == "asks":
        return _asks(details, asks)
    if term.name == "distance":
        km = details["km"]
        return _("%(km)s km away") % {"km": number_format(round(km, 1) if km < 10 else round(km))}
    return _gap(details) if term.name == "gap" else _network(details)


def _asks(details: Mapping[str, Any], asks: Mapping[int, str]) -> str:
    met, of = details["met"], details["of"]
    if not met:
        return _("gives nothing that we ask for")
    named = ", ".join(f"“{asks[key]}”" for key in met[:3])
    words = ngettext(
        "gives something for our ask: %(named)s",
        "gives something for %(met)s of our %(of)s asks: %(named)s",
        of,
    )
    return words % {"met": len(met), "of": of, "named": named}


def _gap(details: Mapping[str, Any]) -> str:
    field = sector_label(*details["field"])
    if not details["partners"]:
        return _("no partner of ours works in: %(field)s") % {"field": field}
    words = ngettext(
        "%(n)s partner of ours works in: %(field)s",
        "%(n)s partners of ours work in: %(field)s",
        details["partners"],
    )
    return words % {"n": details["partners"], "field": field}


def _network(details: Mapping[str, Any]) -> str:
    tied = details["tied"]
    if not tied:
        return _("tied to none of our partners, as far as we know")
    words = ngettext(
        "tied already to %(n)s of our partners: %(names)s",
        "tied already to %(n)s of our partners: %(names)s",
        len(tied),
    )
    return words % {"n": len(tied), "names": ", ".join(f"“{name}”" for name in tied[:3])}


def left_out(term: Term) -> str:
    """Why a term is not known: "it has no coordinates"."""
    return str(_LEFT_OUT[term.name, term.why])


def shown(one: Ranked, wishes: Mapping[str, str], asks: Mapping[int, str]) -> dict[str, Any]:
    """A ranked candidate, ready for a page and to be kept: the score, its terms, its reasons, what was left out."""
    terms = [
        {
            "name": term.name,
            "weight": term.weight,
            "value": round(100 * term.value),
            "points": round(one.points(term), 1),
            "reason": reason(term, wishes, asks),
        }
        for term in one.terms
        if term.value is not None
    ]
    return {
        "score": round(one.score),
        "terms": terms,
        "reasons": [str(term["reason"]) for term in terms if term["value"]],
        "left_out": [(term.name, left_out(term)) for term in one.terms if term.value is None],
    }
