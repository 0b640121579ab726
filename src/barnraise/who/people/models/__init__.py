"""The room's nouns: persons, their roles and standing, and what hangs on them."""

from .address import PersonAddress
from .apart import Apart
from .contact import PersonContact
from .custom_field import CustomField
from .erasure import ErasedAddress, Erasure
from .former import FormerAddress
from .identifier import PersonIdentifier
from .leadership import LeaderNote, Leadership
from .person import Person
from .role import Role

__all__ = [
    "Apart",
    "CustomField",
    "ErasedAddress",
    "Erasure",
    "FormerAddress",
    "LeaderNote",
    "Leadership",
    "Person",
    "PersonAddress",
    "PersonContact",
    "PersonIdentifier",
    "Role",
]
