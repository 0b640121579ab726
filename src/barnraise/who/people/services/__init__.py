"""Writes of people."""

from ..documents import PersonDocument, Reach
from .apart import forget_apart, tell_apart
from .bulk import write_many
from .erase import apply_erasures_again, erase_person, record_of_erasures
from .export import export_person
from .fields import add_custom_field, change_custom_field, move_custom_field_up, remove_custom_field
from .leaders import (
    add_leadership,
    change_leadership,
    change_note,
    end_leadership,
    note_leader,
    remove_leadership,
    remove_note,
)
from .likely import look_for_duplicates
from .living import move_residents, release_residents
from .merge import merge_people
from .names import follow_names
from .photo import remove_photo, set_photo
from .places import count_unplaced, locate_by_postcode, note_located
from .register import change_person, register_person
from .remove import remove_many, remove_person, still_needed
from .roles import add_role, change_role, end_role, remove_role
from .sample import remove_sample
from .together import (
    own_together,
    place_together,
    remove_together,
    retire_together,
    tag_together,
    untag_together,
)
from .undo import restore
from .writing import Written

__all__ = [
    "PersonDocument",
    "Reach",
    "Written",
    "add_custom_field",
    "add_leadership",
    "add_role",
    "apply_erasures_again",
    "change_custom_field",
    "change_leadership",
    "change_note",
    "change_person",
    "change_role",
    "count_unplaced",
    "end_leadership",
    "end_role",
    "erase_person",
    "export_person",
    "follow_names",
    "forget_apart",
    "locate_by_postcode",
    "look_for_duplicates",
    "merge_people",
    "move_custom_field_up",
    "move_residents",
    "note_leader",
    "note_located",
    "own_together",
    "place_together",
    "record_of_erasures",
    "register_person",
    "release_residents",
    "remove_custom_field",
    "remove_leadership",
    "remove_many",
    "remove_note",
    "remove_person",
    "remove_photo",
    "remove_role",
    "remove_sample",
    "remove_together",
    "restore",
    "retire_together",
    "set_photo",
    "still_needed",
    "tag_together",
    "tell_apart",
    "untag_together",
    "write_many",
]
