"""The noun of files: a file."""

from .file import File

__all__ = ["File"]
