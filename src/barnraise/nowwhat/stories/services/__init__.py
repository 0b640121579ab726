"""Writes of stories: one verb in each module."""

from .change import change_story, translate_story
from .cite import FIGURES, cite, uncite
from .following import hand_back, hand_on, let_go
from .make import New, amend_stories, make_story, write
from .name import name_person, unname_person
from .publish import end_story, let_consents_tell, publish_story
from .remove import remove_sample, remove_story
from .undo import restore, restore_figures, restore_named

__all__ = [
    "FIGURES",
    "New",
    "amend_stories",
    "change_story",
    "cite",
    "end_story",
    "hand_back",
    "hand_on",
    "let_consents_tell",
    "let_go",
    "make_story",
    "name_person",
    "publish_story",
    "remove_sample",
    "remove_story",
    "restore",
    "restore_figures",
    "restore_named",
    "translate_story",
    "uncite",
    "unname_person",
    "write",
]
