"""Writes of projects."""

from .apply_online import apply_online
from .bring import amend_placements, bring_placement, check_placement
from .contributions import add_contribution, amend_contributions, change_contribution, remove_contribution
from .following import hand_back, hand_on, let_go
from .forgetting import forget_declined
from .parts import add_part, amend_parts, change_part, finish_milestone, remove_part
from .placements import apply, change_placement, follow_up, move_placement, remove_placement
from .projects import add_project, amend_projects, change_project, remove_project, set_state
from .sample import remove_sample
from .undo import restore, restore_rows

__all__ = [
    "add_contribution",
    "add_part",
    "add_project",
    "amend_contributions",
    "amend_parts",
    "amend_placements",
    "amend_projects",
    "apply",
    "apply_online",
    "bring_placement",
    "check_placement",
    "change_contribution",
    "change_part",
    "change_placement",
    "change_project",
    "finish_milestone",
    "follow_up",
    "forget_declined",
    "hand_back",
    "hand_on",
    "let_go",
    "move_placement",
    "remove_contribution",
    "remove_part",
    "remove_placement",
    "remove_project",
    "remove_sample",
    "restore",
    "restore_rows",
    "set_state",
]
