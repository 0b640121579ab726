"""The nouns of ui: saved views of lists."""

from .saved_view import SavedView

__all__ = ["SavedView"]
