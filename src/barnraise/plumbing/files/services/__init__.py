"""Writes of files."""

from .change import change, erase_owner, forget, move, remove
from .checks import FileRefused
from .keep import ANY_SAFE, DOCUMENTS, IMAGES, keep
from .sweep import sweep

__all__ = [
    "ANY_SAFE",
    "DOCUMENTS",
    "IMAGES",
    "FileRefused",
    "change",
    "erase_owner",
    "forget",
    "keep",
    "move",
    "remove",
    "sweep",
]
