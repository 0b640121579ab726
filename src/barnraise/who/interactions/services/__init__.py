"""Writes of the room: one verb in each module."""

from .calendar import close_feed, open_feed, renew_feed
from .change import change_interaction
from .communities import move_talks, release_talks
from .file_message import Filed, file_message
from .filing import (
    close_filing_address,
    file_raw,
    looks_like_mail,
    open_filing_address,
    renew_filing_address,
)
from .following import hand_back, hand_on, let_go
from .log import log_interaction, next_step
from .proposals import decide_nobody, link_proposal, make_person, propose
from .remove import remove_interaction, remove_many, take_back
from .sample import remove_sample
from .steps import (
    add_next_step,
    change_next_step,
    finish_next_step,
    remove_next_step,
    reopen_next_step,
)
from .together import (
    assign_steps,
    finish_steps,
    move_steps,
    remove_steps,
    remove_together,
    restrict_together,
    tag_together,
    untag_together,
)
from .undo import restore, restore_steps
from .writing import write

__all__ = [
    "Filed",
    "file_message",
    "close_filing_address",
    "file_raw",
    "open_filing_address",
    "renew_filing_address",
    "add_next_step",
    "assign_steps",
    "change_interaction",
    "change_next_step",
    "close_feed",
    "decide_nobody",
    "finish_next_step",
    "finish_steps",
    "hand_back",
    "hand_on",
    "let_go",
    "link_proposal",
    "log_interaction",
    "looks_like_mail",
    "make_person",
    "move_steps",
    "move_talks",
    "next_step",
    "open_feed",
    "propose",
    "release_talks",
    "remove_interaction",
    "remove_many",
    "remove_next_step",
    "remove_sample",
    "remove_steps",
    "remove_together",
    "renew_feed",
    "reopen_next_step",
    "restore",
    "restore_steps",
    "restrict_together",
    "tag_together",
    "take_back",
    "untag_together",
    "write",
]
