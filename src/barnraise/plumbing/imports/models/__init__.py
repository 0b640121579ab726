"""The nouns of imports."""

from .batch import Import, ImportFile
from .finding import Finding
from .series import Listing, Series
from .shape import RememberedMapping

__all__ = ["Finding", "Import", "ImportFile", "Listing", "RememberedMapping", "Series"]
