"""Services offered, as values: what they may not say, the words they are found by, how a ref is made. No database here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from barnraise.foundation import contacts
from barnraise.foundation.text import fold

from . import hours
from .documents import Offered
from .models import Service

_LENGTHS = {
    "ref": 120,
    "name": 300,
    "description": 10_000,
    "eligibility": 4000,
    "application": 4000,
    "fees": 4000,
    "hours_note": 4000,
    "interpretation": 2000,
    "accessibility": 4000,
    "url": 300,
    "email": 300,
    "phone": 300,
    "assured_by": 300,
}
_TOO_LONG = _("At most %(most)d characters.")
_OLDEST = 150


def new_ref() -> str:
    """What a service that a person adds is told apart by."""
    return f"own:{uuid.uuid4()}"


def faults(one: Offered) -> Iterator[tuple[str, Any]]:
    """(field of the service, lazy sentence) for everything wrong."""
    if not one.name.strip():
        yield "name", _("Write what the service is called.")
    for name, most in _LENGTHS.items():
        value = getattr(one, name)
        if len(value) > most:
            yield name, _TOO_LONG % {"most": most}
        if "\x00" in value:
            yield name, _("It contains a character that cannot be stored.")
    if one.status not in Service.Status.values:
        yield "status", _("Choose one of the states.")
    yield from _ages(one)
    yield from _lists(one)
    for name, kind in (("url", "website"), ("email", "email"), ("phone", "phone"), ("assured_by", "email")):
        value = getattr(one, name)
        try:
            if value:
                contacts.normalise(kind, value)
        except contacts.ContactError as no:
            yield name, _(no.reason)


def _ages(one: Offered) -> Iterator[tuple[str, Any]]:
    for name in ("minimum_age", "maximum_age"):
        value = getattr(one, name)
        if value is not None and not 0 <= value <= _OLDEST:
            yield name, _("Write an age in years, 0 to 150.")
    if one.minimum_age is not None and one.maximum_age is not None and one.minimum_age > one.maximum_age:
        yield "maximum_age", _("The oldest is younger than the youngest.")


def _lists(one: Offered) -> Iterator[tuple[str, Any]]:
    for name, most in (("areas", 300), ("languages", 60)):
        value = getattr(one, name)
        if len(value) > 60 or any(not text.strip() or len(text) > most for text in value):
            yield name, _("At most 60 lines of %(most)d characters.") % {"most": most}
    if len(one.hours) > hours.MOST or not all(map(hours.is_span, one.hours)):
        yield "hours", _("Write hours like 9:00–12:00, 14:00–18:00.")


def words_of(one: Offered) -> list[str]:
    """What a service is found by beside its name: languages by their name in every language of the house."""
    named = [language(code, to=spoken) for code in one.languages for spoken, _name in settings.LANGUAGES]
    return [one.description, one.eligibility, *one.areas, *named]


def search_words(one: Offered) -> str:
    """What search reads of a service."""
    languages = ", ".join(language(code) for code in one.languages)
    return " ".join(
        part for part in (one.name, one.description[:500], one.eligibility[:200], languages) if part
    )


def language(code: str, *, to: str = "") -> str:
    """A language by its code, in the reader's language ("es" is "Spanish"); a name stays as it is given."""
    shown = to or get_language() or "en"
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(shown.split("-")[0])
    except (UnknownLocaleError, ValueError, TypeError):
        return code
    return str(name or code)


def language_code(text: str) -> str:
    """ "Spanish", "español" or "ES" as "es"; a language without a code stays as it is written."""
    plain = " ".join(text.split())
    if len(plain) in {2, 3} and language(plain.lower(), to="en") != plain.lower():
        return plain.lower()
    return _codes().get(fold(plain), plain)


@cache
def _codes() -> dict[str, str]:
    """Folded names of languages, in every language of the house and in themselves, to their codes."""
    found: dict[str, str] = {}
    for spoken, _name in settings.LANGUAGES:
        for code, name in Locale.parse(spoken).languages.items():
            if "_" not in code:
                found.setdefault(fold(name), code)
    for code in list(found.values()):
        name = language(code, to=code)
        found.setdefault(fold(name), code)
    return found


def told(one: Offered) -> dict[str, Any]:
    """What it says as the journal tells it: JSON values, hours in a few letters."""
    found = {name: getattr(one, name) for name in Offered.__slots__ if name != "ref"}
    found |= {"hours": hours.plain(one.hours), "areas": list(one.areas), "languages": list(one.languages)}
    found["assured_on"] = one.assured_on.isoformat() if one.assured_on else None
    return found
