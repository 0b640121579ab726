"""The nouns of goals."""

from .endorsement import Endorsement
from .goal import Citation, Goal
from .indicator import Indicator
from .logic import LogicArrow, LogicStep
from .objective import Objective

__all__ = ["Citation", "Endorsement", "Goal", "Indicator", "LogicArrow", "LogicStep", "Objective"]
