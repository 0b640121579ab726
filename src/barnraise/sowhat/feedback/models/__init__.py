"""The nouns of feedback."""

from .answer import Answer
from .comment import Comment, Mark, Suggestion, Theme

__all__ = ["Answer", "Comment", "Mark", "Suggestion", "Theme"]
