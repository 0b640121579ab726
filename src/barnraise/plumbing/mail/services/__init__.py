"""Writes of mail: one verb in each module."""

from ..addresses import tidy
from ..faults import LONGEST_TEXT
from .again import send_again
from .change import cancel, cancel_about, change
from .deliver import collect_orphans, deliver_soon, finish, take_next
from .drafts import Draft, amend_drafts, draft_faults, keep_drafts, release, restore
from .following import forget, hand_back, hand_on
from .purge import purge
from .queue import Letter, queue, queue_many
from .returned import take_returns, unsubscribed
from .sample import remove_sample, write_sample
from .suppress import change_note, lift, suppress, suppress_many

__all__ = [
    "LONGEST_TEXT",
    "Draft",
    "Letter",
    "amend_drafts",
    "cancel",
    "cancel_about",
    "change",
    "change_note",
    "collect_orphans",
    "deliver_soon",
    "draft_faults",
    "finish",
    "forget",
    "hand_back",
    "hand_on",
    "keep_drafts",
    "lift",
    "purge",
    "queue",
    "queue_many",
    "release",
    "remove_sample",
    "restore",
    "send_again",
    "suppress",
    "suppress_many",
    "take_next",
    "take_returns",
    "tidy",
    "unsubscribed",
    "write_sample",
]
