"""The mail server answers and lets us in. Nothing is sent."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from .finding import Finding, error, notice

TIMEOUT_SECONDS = 5


def look() -> Iterator[Finding]:
    """A notice when mails lie as files; an error when the server of EMAIL_URL does not take us."""
    if not settings.ENVIRONMENT.email_url:
        yield notice(
            "mail.files_only",
            f"No mail server is set: mails lie as files in {settings.DATA / 'mails'}, and pages show their links.",
            "Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587",
        )
        return
    connection: Any = get_connection(timeout=TIMEOUT_SECONDS)
    try:
        connection.open()
        connection.connection.noop()
    except smtplib.SMTPAuthenticationError as no:
        yield error(
            "mail.refused",
            f"The mail server does not accept user and password: {no.smtp_code}.",
            "Mend user and password in EMAIL_URL; write special characters as %XX.",
        )
    except (OSError, smtplib.SMTPException) as problem:
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        yield error(
            "mail.unreachable",
            f"The mail server {where} does not answer: {problem}",
            "See that host, port and scheme of EMAIL_URL are right and no firewall is in the way.",
        )
    finally:
        connection.close()
