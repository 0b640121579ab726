"""Writes of people."""

from ..documents import PersonDocument, Reach
from .bulk import write_many
from .erase import apply_erasures_again, erase_person, record_of_erasures
from .export import export_person
from .living import move_residents, release_residents
from .merge import merge_people
from .places import count_unplaced, locate_by_postcode, note_located
from .register import change_person, register_person
from .remove import remove_many, remove_person
from .roles import add_role, change_role, end_role, remove_role
from .undo import restore
from .writing import Written

__all__ = [
    "PersonDocument",
    "Reach",
    "Written",
    "add_role",
    "apply_erasures_again",
    "change_person",
    "change_role",
    "count_unplaced",
    "end_role",
    "erase_person",
    "export_person",
    "locate_by_postcode",
    "merge_people",
    "move_residents",
    "note_located",
    "record_of_erasures",
    "register_person",
    "release_residents",
    "remove_many",
    "remove_person",
    "remove_role",
    "restore",
    "write_many",
]
