"""The room's background work."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from . import mailboxes
from .services.sweep import sweep_files


def sweep(*, now: datetime) -> None:
    """The chore: files of interactions that nobody can bring back go."""
    sweep_files()


def fetch(*, now: datetime) -> None:
    """The chore: new mails of BARNRAISE_MAILBOX are filed."""
    environment = settings.ENVIRONMENT
    if environment.mailbox:
        mailboxes.fetch(environment.mailbox, trusts_senders=environment.mailbox_trusts_senders)
