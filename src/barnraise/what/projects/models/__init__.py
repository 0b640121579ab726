"""The nouns of projects."""

from .contribution import Contribution
from .parts import Actual, BudgetLine, Milestone, ProjectPartner
from .placement import Opening, Placement
from .project import Project

__all__ = [
    "Actual",
    "BudgetLine",
    "Contribution",
    "Milestone",
    "Opening",
    "Placement",
    "Project",
    "ProjectPartner",
]
