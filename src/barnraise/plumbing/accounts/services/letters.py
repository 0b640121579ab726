"""Mails of accounts: written in the reader's language, and whether the mail server took them."""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from ..sockets import house, tongue_of

log = logging.getLogger(__name__)


def mails_are_files() -> bool:
    """No mail server is set: mails lie in DATA/mails, and whoever made a link hands it over themselves."""
    return str(settings.EMAIL_BACKEND).endswith(("filebased.EmailBackend", "console.EmailBackend"))


def address(path: str) -> str:
    """A path of this installation as people open it from a mail."""
    return f"{settings.BARNRAISE_URL}{path}"


def post(*, name: str, to: str, language: str, context: dict[str, Any]) -> bool:
    """Send templates/accounts/mail/<name>_subject.txt and _message.txt. True when the mail server (or the folder) took it."""
    with translation.override(language or tongue_of(to) or house().language):
        words = {**context, "house": house().name or "Barnraise", "is_named": bool(house().name)}
        subject = " ".join(render_to_string(f"accounts/mail/{name}_subject.txt", words).split())
        body = render_to_string(f"accounts/mail/{name}_message.txt", words).strip() + "\n"
    try:
        return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send() == 1
    except (OSError, smtplib.SMTPException):
        log.exception("The mail %s was not taken by the mail server.", name)
        return False
