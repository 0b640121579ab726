"""The tables of this room."""

from .meeting import AgendaItem, Attendance, Meeting
from .series import Member, Series

__all__ = ["AgendaItem", "Attendance", "Meeting", "Member", "Series"]
