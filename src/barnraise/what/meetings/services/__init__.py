"""Writes of meetings: one verb in each module."""

from .act import add_action
from .amend import Amended, amend_meetings
from .amend_many import (
    NewAttendance,
    NewSeries,
    amend_attendances,
    amend_series,
    restore_attendances,
    restore_members,
    restore_series,
    write_attendances,
    write_series,
)
from .attend import note_attendance
from .change import change_meeting, set_agenda, write_minutes
from .conclude import cancel_meeting, hold, reopen
from .following import hand_back, hand_on, let_go
from .plan import plan_meeting
from .remove import remove_meeting, remove_sample
from .series import add_series, change_series, end_series, remove_series, resume_series
from .undo import restore
from .write import New, write

__all__ = [
    "Amended",
    "New",
    "NewAttendance",
    "NewSeries",
    "add_action",
    "add_series",
    "amend_attendances",
    "amend_meetings",
    "amend_series",
    "cancel_meeting",
    "change_meeting",
    "change_series",
    "end_series",
    "hand_back",
    "hand_on",
    "hold",
    "let_go",
    "note_attendance",
    "plan_meeting",
    "remove_meeting",
    "remove_sample",
    "remove_series",
    "reopen",
    "restore",
    "restore_attendances",
    "restore_members",
    "restore_series",
    "resume_series",
    "set_agenda",
    "write",
    "write_attendances",
    "write_minutes",
    "write_series",
]
