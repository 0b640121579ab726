"""What a mail may not say, in words for people."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from barnraise.foundation.mail.placeholders import broken_in

LONGEST_TEXT = 200_000
LONGEST_HTML = 1_000_000


def text_faults(subject: str, text: str, html: str = "") -> dict[str, Any]:
    """By field, what is wrong with what a mail says."""
    found: dict[str, Any] = {}
    if not subject.strip():
        found["subject"] = _("Write a subject.")
    elif len(subject) > 300:
        found["subject"] = _("At most 300 characters are a subject.")
    elif any(ord(letter) < 32 for letter in subject):
        found["subject"] = _("A subject is one line.")
    if not text.strip():
        found["text"] = _("Write what the mail says.")
    elif len(text) > LONGEST_TEXT or len(html) > LONGEST_HTML:
        found["text"] = _("This text is too long for a mail.")
    for field, value in (("subject", subject), ("text", text)):
        if "\x00" in value:
            found[field] = _("It contains a character that cannot be stored.")
        elif broken := broken_in(value):
            found[field] = _("“%(what)s” is no placeholder: write it like {{given_name}}.") % {
                "what": broken[0][:60]
            }
    return found


def address_fault(address: str) -> str:
    """Why mails cannot go there; "" when they can."""
    try:
        validate_email(address)
    except ValidationError:
        return _("This is no e-mail address: write it like name@example.org.")
    return ""


def refuse(found: dict[str, Any]) -> None:
    """Raise ValidationError when anything was found."""
    if found:
        raise ValidationError(found)
