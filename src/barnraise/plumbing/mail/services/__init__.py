"""Writes of mail: one verb in each module."""

from .again import send_again
from .change import cancel, cancel_about, change
from .deliver import collect_orphans, deliver_soon, finish, take_next
from .following import forget, hand_back, hand_on
from .purge import purge
from .queue import Letter, queue, queue_many
from .returned import take_returns, unsubscribed
from .sample import remove_sample, write_sample
from .suppress import change_note, lift, suppress, suppress_many

__all__ = [
    "Letter",
    "cancel",
    "cancel_about",
    "change",
    "change_note",
    "collect_orphans",
    "deliver_soon",
    "finish",
    "forget",
    "hand_back",
    "hand_on",
    "lift",
    "purge",
    "queue",
    "queue_many",
    "remove_sample",
    "send_again",
    "suppress",
    "suppress_many",
    "take_next",
    "take_returns",
    "unsubscribed",
    "write_sample",
]
