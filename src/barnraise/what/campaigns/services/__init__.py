"""Writes of campaigns: one verb in each module."""

from .answer import note_answer, note_unsubscribed
from .approve import approve, ask_for_approval, take_back
from .blocks import add_block, change_block, move_block, remove_block, set_blocks
from .bring import amend_campaigns, bring_campaign, restore
from .cancel import cancel
from .following import forget, hand_back, hand_on
from .make import change_campaign, checked, copy_campaign, make_campaign, remove_campaign
from .pictures import keep_picture
from .sample import remove_sample
from .send import send, send_due, send_step, send_test
from .translate import translate_campaign

__all__ = [
    "add_block",
    "amend_campaigns",
    "approve",
    "ask_for_approval",
    "bring_campaign",
    "cancel",
    "change_block",
    "change_campaign",
    "checked",
    "copy_campaign",
    "forget",
    "hand_back",
    "hand_on",
    "keep_picture",
    "make_campaign",
    "move_block",
    "note_answer",
    "note_unsubscribed",
    "remove_block",
    "set_blocks",
    "remove_campaign",
    "remove_sample",
    "restore",
    "send",
    "send_due",
    "send_step",
    "send_test",
    "take_back",
    "translate_campaign",
]
