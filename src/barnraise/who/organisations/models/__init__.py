"""The room's nouns: organisations and everything written about them."""

from .address import Address
from .contact_point import ContactPoint
from .exchange import Concerns, Exchange
from .identifier import Identifier
from .organisation import Organisation
from .other_name import OtherName
from .sector import Sector
from .serves import Serves
from .service import Service
from .source import FactSource, Source

__all__ = [
    "Address",
    "Concerns",
    "ContactPoint",
    "Exchange",
    "FactSource",
    "Identifier",
    "Organisation",
    "OtherName",
    "Sector",
    "Serves",
    "Service",
    "Source",
]
