"""Writes of questionnaires: one verb in each module."""

from ..questions import read_all
from .following import hand_back, hand_on, let_go
from .intake import Row, take_in
from .publish import close, discard_draft, publish, remove, reopen
from .respond import remove_response, respond
from .rows import restore_questionnaires, write_questionnaires
from .sample import remove_sample
from .table import put_questions_back, take_questions_in
from .undo import restore
from .write import add_questionnaire, begin_version, change_questionnaire, check_questionnaire, write_draft

__all__ = [
    "Row",
    "add_questionnaire",
    "begin_version",
    "change_questionnaire",
    "check_questionnaire",
    "close",
    "discard_draft",
    "hand_back",
    "hand_on",
    "let_go",
    "publish",
    "put_questions_back",
    "read_all",
    "remove",
    "remove_response",
    "remove_sample",
    "reopen",
    "respond",
    "restore",
    "restore_questionnaires",
    "take_in",
    "take_questions_in",
    "write_draft",
    "write_questionnaires",
]
