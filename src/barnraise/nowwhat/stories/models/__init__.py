"""The nouns of stories."""

from .story import Story
from .told import StoryFigure, StoryPerson

__all__ = ["Story", "StoryFigure", "StoryPerson"]
