"""Backup and restore: one zip file with a manifest, the database and the files."""

from .manifest import BackupError, Manifest

__all__ = ["BackupError", "Manifest"]
