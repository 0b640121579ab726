"""What other systems call a person: schemes, and values made comparable."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

_SCHEME = re.compile(r"^[A-Z][A-Z0-9_.-]{1,19}(:[\w.-]{1,60})?$")

SCHEMES: dict[str, Any] = {
    "GOOGLE": _("Google Contacts"),
    "MAILCHIMP": "Mailchimp",
    "VCARD": _("Address card (vCard)"),
    "OWN": _("Our own number"),
}
"""Schemes with a name of their own; others are taken as they are written."""


class IdentifierError(ValueError):
    """A value that is no identifier. `reason` is a lazy sentence."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


def scheme_label(scheme: str) -> Any:
    """The scheme's name in the reader's language; its code when it is not a known one."""
    return SCHEMES.get(scheme, scheme)


def normalise(scheme: str, value: str) -> tuple[str, str]:
    """(scheme, value) in normal form, so that equal identifiers are equal. Raises IdentifierError saying what is wanted."""
    head, colon, tail = scheme.strip().partition(":")
    scheme, value = head.upper() + colon + tail, value.strip()
    if not _SCHEME.match(scheme) or len(scheme) > 40:
        raise IdentifierError(
            _("Write the scheme in letters, digits and hyphens, for example GOOGLE or OWN.")
        )
    if not value or len(value) > 200 or not value.isprintable():
        raise IdentifierError(_("An identifier is one line of 1 to 200 characters."))
    return scheme, value
