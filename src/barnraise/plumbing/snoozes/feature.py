"""What snoozed reminders plug into the house."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.jobs.sockets import ChorePlug, chores
from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.ui import sockets as ui

from . import policies, services


def _purge(now: datetime) -> None:
    services.purge(now=now)


sentences.plug(
    "snoozes.snoozed",
    Sentence(_("{who} snoozed the reminder about {what} until {until}: {reason}"), icon="moon"),
)
sentences.plug("snoozes.woken", Sentence(_("{who} woke the reminder about {what}"), icon="bell"))
ui.actions.plug(
    "snoozes",
    ui.Action(
        _("Snoozed reminders"),
        "snoozes:list",
        policies.may_see,
        "moon",
        _("snooze wait later today reminder"),
    ),
)
chores.plug(
    "snoozes.purge",
    ChorePlug(
        timedelta(days=1), _purge, "Removes snoozes of reminders that came back more than 30 days ago."
    ),
)
