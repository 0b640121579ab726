"""Writes of files."""

from .change import change, erase_owner, forget, move, remove
from .keep import ANY_SAFE, DOCUMENTS, IMAGES, FileRefused, keep
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
