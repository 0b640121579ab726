"""Writes of people."""

from ..documents import PersonDocument
from .bulk import write_many
from .living import move_residents, release_residents
from .register import change_person, register_person
from .remove import remove_many, remove_person
from .roles import add_role, change_role, end_role, remove_role
from .undo import restore
from .writing import Written

__all__ = [
    "PersonDocument",
    "Written",
    "add_role",
    "change_person",
    "change_role",
    "end_role",
    "move_residents",
    "register_person",
    "release_residents",
    "remove_many",
    "remove_person",
    "remove_role",
    "restore",
    "write_many",
]
