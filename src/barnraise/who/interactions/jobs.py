"""The room's background work."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from barnraise.plumbing.files import services as files

from . import mailboxes
from .models import Interaction


def sweep(*, now: datetime) -> None:
    """The chore: files of interactions that nobody can bring back go."""
    files.sweep_removed(Interaction)


def fetch(*, now: datetime) -> None:
    """The chore: new mails of BARNRAISE_MAILBOX are filed."""
    environment = settings.ENVIRONMENT
    if environment.mailbox:
        mailboxes.fetch(environment.mailbox, trusts_senders=environment.mailbox_trusts_senders)
