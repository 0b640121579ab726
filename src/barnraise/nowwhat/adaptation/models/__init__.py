"""The nouns of adaptation."""

from .experiment import Experiment
from .review import Lesson, Review
from .revision import Move, Revision

__all__ = ["Experiment", "Lesson", "Move", "Review", "Revision"]
