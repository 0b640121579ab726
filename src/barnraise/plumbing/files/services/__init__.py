"""Writes of files, and the answer that carries one."""

from ..serving import served
from .change import change, drop, erase_owner, forget, move, open_to, remove, restore_subjects, reword
from .checks import FileRefused
from .keep import ANY_SAFE, DOCUMENTS, IMAGES, check_picture, keep
from .sweep import sweep, sweep_removed

__all__ = [
    "ANY_SAFE",
    "DOCUMENTS",
    "IMAGES",
    "FileRefused",
    "change",
    "check_picture",
    "drop",
    "erase_owner",
    "forget",
    "keep",
    "move",
    "open_to",
    "remove",
    "restore_subjects",
    "reword",
    "served",
    "sweep",
    "sweep_removed",
]
