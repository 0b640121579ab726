"""Writes of cost and value: one verb in each function."""

from .assume import (
    Line,
    add_outcome,
    amend_lines,
    assume,
    change_outcome,
    forget,
    remove_outcome,
    write_lines,
)
from .begin import New, amend_valuations, begin_valuation, change_valuation, write
from .end import (
    ASSUMPTION,
    end_valuation,
    remove_sample,
    remove_valuation,
    reopen,
    restore,
    restore_assumptions,
)
from .outcomes import amend_outcomes, restore_outcomes, write_outcomes

__all__ = [
    "ASSUMPTION",
    "Line",
    "New",
    "add_outcome",
    "amend_lines",
    "amend_outcomes",
    "amend_valuations",
    "assume",
    "begin_valuation",
    "change_outcome",
    "change_valuation",
    "end_valuation",
    "forget",
    "remove_outcome",
    "remove_sample",
    "remove_valuation",
    "reopen",
    "restore",
    "restore_assumptions",
    "restore_outcomes",
    "write",
    "write_lines",
    "write_outcomes",
]
