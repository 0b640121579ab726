"""Services offered, as values: what they may not say, the words they are found by, how a ref is made. No database here."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
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

MOST_WORDS = 4000
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


def found_by(one: Offered) -> str:
    """The folded words a service is found by."""
    named = [language(code, to=spoken) for code in one.languages for spoken, _name in settings.LANGUAGES]
    words = [one.name, one.description, one.eligibility, *one.areas, *named]
    return fold(" ".join(words))[:MOST_WORDS]


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
