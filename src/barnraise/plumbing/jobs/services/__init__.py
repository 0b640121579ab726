"""What may be done with background work."""

from .cancel import cancel, hold
from .chores import ensure_chores, hand_out_chores, run_chore
from .follow import follow
from .heartbeat import good_bye, report_alive
from .purge import purge_finished, purge_results
from .retry import retry
from .start import start
from .sweep import sweep
from .work import is_stopping, stop_working, work

__all__ = [
    "cancel",
    "ensure_chores",
    "follow",
    "good_bye",
    "hand_out_chores",
    "hold",
    "is_stopping",
    "purge_finished",
    "purge_results",
    "report_alive",
    "retry",
    "run_chore",
    "start",
    "stop_working",
    "sweep",
    "work",
]
