"""Writes of observations and reports."""

from .compute import compute, compute_all, count_soon, recount, start_counting
from .following import forget_person, forget_signer, let_go_stale
from .lock import lock, lock_by_file, lock_many, unlock
from .reports import answer_report, ask_report, remove_report, write_value
from .sample import remove_sample
from .undo import restore
from .whole import count_whole

__all__ = [
    "answer_report",
    "ask_report",
    "compute",
    "compute_all",
    "count_soon",
    "count_whole",
    "forget_person",
    "forget_signer",
    "let_go_stale",
    "lock",
    "lock_by_file",
    "lock_many",
    "recount",
    "remove_report",
    "remove_sample",
    "restore",
    "start_counting",
    "unlock",
    "write_value",
]
