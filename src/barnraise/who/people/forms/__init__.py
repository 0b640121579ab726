"""The forms of people."""

from .bulk import CommunityForm, OwnerForm, TagsForm
from .fields import FieldForm
from .leaders import LeaderForm, NoteForm
from .person import PersonForm
from .roles import EndForm, RoleForm

__all__ = [
    "CommunityForm",
    "EndForm",
    "FieldForm",
    "LeaderForm",
    "NoteForm",
    "OwnerForm",
    "PersonForm",
    "RoleForm",
    "TagsForm",
]
