"""How revisions, experiments and lessons look: states in word, icon and colour."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from barnraise.foundation.html import Safe
from barnraise.plumbing.ui.components import badge

from . import selectors
from .models import Experiment, Lesson, Revision

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
_REVISION: dict[str, tuple[Tone, str]] = {
    "draft": ("warning", "pencil"),
    "approved": ("good", "check"),
    "dropped": ("neutral", "ban"),
}
EXPERIMENT_STATES: tuple[tuple[str, Any], ...] = (
    ("planned", _("Planned")),
    ("running", _("Running")),
    ("to_judge", _("To be judged")),
    *((value, label) for value, label in Experiment.Verdict.choices),
)
_EXPERIMENT: dict[str, tuple[Tone, str]] = {
    "planned": ("neutral", "calendar"),
    "running": ("accent", "player-play"),
    "to_judge": ("warning", "scale"),
    "holds": ("good", "check"),
    "fails": ("bad", "x"),
    "unclear": ("neutral", "help"),
    "stopped": ("bad", "player-stop"),
}
_LESSON: dict[str, tuple[Tone, str]] = {
    "open": ("warning", "unlink"),
    "followed": ("good", "check"),
    "set_aside": ("neutral", "ban"),
}


def revision_badge(row: Revision) -> Safe:
    """The state of a revision."""
    tone, icon = _REVISION[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


def experiment_word(row: Experiment) -> str:
    """How an experiment stands, in a word."""
    return str(dict(EXPERIMENT_STATES)[selectors.state_of(row)])


def experiment_badge(row: Experiment) -> Safe:
    """How an experiment stands."""
    tone, icon = _EXPERIMENT[selectors.state_of(row)]
    return badge(experiment_word(row), tone=tone, icon=icon)


def lesson_badge(row: Lesson) -> Safe:
    """What became of a lesson."""
    tone, icon = _LESSON[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)
