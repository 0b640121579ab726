"""Why somebody fits, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from . import exchange_words, sectors
from .fit import QUARTER, Fit, Gift, Term

NAMES: dict[str, Any] = {
    "amount": pgettext_lazy("exchange", "Amount"),
    "words": gettext_lazy("Words"),
    "communities": gettext_lazy("Communities"),
    "distance": gettext_lazy("Distance"),
    "season": gettext_lazy("Season"),
    "sector": gettext_lazy("Sector"),
}
_LEFT_OUT: dict[tuple[str, str], Any] = {
    ("amount", "ask"): gettext_lazy("the ask names no amount"),
    ("words", "ask"): gettext_lazy("the ask has no words to compare"),
    ("communities", "ask"): gettext_lazy("the ask is for no community in particular"),
    ("communities", "giver"): gettext_lazy("nobody has noted whom it serves"),
    ("distance", "ask"): gettext_lazy("we have no coordinates"),
    ("distance", "giver"): gettext_lazy("it has no coordinates"),
    ("sector", "ask"): gettext_lazy("the ask names no sector"),
    ("sector", "giver"): gettext_lazy("nobody has noted its sector"),
}


def reason(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    """What a known term says: "covers 38 % of 120 meals each week". `places` are communities by key."""
    return _SAY[term.name](term, ask, places)


def left_out(term: Term) -> str:
    """Why a term is not known: "it has no coordinates"."""
    return str(_LEFT_OUT[term.name, term.why])


def _percent(share: float) -> str:
    return str(number_format(int(share * 100), use_l10n=True))


def _amount(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    if term.details["guessed"] == QUARTER:
        return _("it counts in something else: a quarter")
    if term.details["guessed"]:
        return _("how much it is cannot be told: half")
    return _("covers %(share)s %% of %(asked)s") % {
        "share": _percent(min(1.0, term.details["share"])),
        "asked": _asked(ask),
    }


def _asked(ask: Any) -> str:
    """Made once for an ask and a page: it stands in every row."""
    if not hasattr(ask, "said_amount"):
        ask.said_amount = exchange_words.plain(ask)
    return str(ask.said_amount)


def _words(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    met = term.details["words"]
    if not met:
        return _("no word in common")
    return _("in common: %(words)s") % {"words": ", ".join(f"“{word}”" for word in met)}


def _communities(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    met, of = term.details["met"], term.details["of"]
    said = {"met": len(met), "of": of, "names": ", ".join(places[key].name for key in met if key in places)}
    if not met:
        return (
            _("serves none of the %(of)s communities it is for") % said
            if of > 1
            else _("does not serve the community it is for")
        )
    return _("serves %(names)s (%(met)s of %(of)s)") % said


def _distance(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    return _("%(km)s km away") % {"km": kilometres(term.details["km"])}


def kilometres(km: float) -> str:
    """With one decimal below ten, else whole."""
    return str(number_format(round(km, 1) if km < 10 else round(km), use_l10n=True))


def _season(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    if term.value:
        return _("in season now")
    begins = term.details["begins"]
    return _("out of season until %(day)s") % {"day": exchange_words.day_words((begins.month, begins.day))}


def _sector(term: Term, ask: Any, places: Mapping[int, Any]) -> str:
    met = term.details["met"]
    if met is None:
        return _("another field")
    return _("works in: %(field)s") % {"field": sectors.label(*met)}


_SAY = {
    "amount": _amount,
    "words": _words,
    "communities": _communities,
    "distance": _distance,
    "season": _season,
    "sector": _sector,
}


def shown(fit: Fit, ask: Any, gifts: Mapping[int, Gift], places: Mapping[int, Any]) -> dict[str, Any]:
    """A fit, ready for a page: the score, what is given, its reasons with points, and what was left out."""
    terms = [
        {
            "name": NAMES[term.name],
            "reason": reason(term, ask, places),
            "points": round(fit.points(term), 1),
            "value": round(100 * term.value),
            "weight": term.weight,
        }
        for term in fit.terms
        if term.value is not None
    ]
    return {
        "ask": ask,
        "score": round(fit.score),
        "gifts": [gifts[key] for key in fit.gifts[:3]],
        "keys": list(fit.gifts[:3]),
        "more_gifts": max(0, len(fit.gifts) - 3),
        "terms": terms,
        "reasons": [str(term["reason"]) for term in terms if term["value"]],
        "left_out": [(NAMES[term.name], left_out(term)) for term in fit.terms if term.value is None],
    }
