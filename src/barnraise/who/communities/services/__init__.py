"""Writes of communities and of figures about them."""

from .change import change_community
from .figures import add_figure, change_figure, remove_figure, remove_figures
from .figures_undo import restore_figures
from .figures_writing import NewFigure, write_figures
from .headcounts import add_headcount, change_headcount, remove_headcount
from .identifiers import add_identifier
from .measures import (
    add_measure,
    change_measure,
    known_measures,
    measures_for,
    remove_measure,
    restore_measures,
)
from .postcodes import keep_postcodes, start_postcodes
from .register import register_community
from .remove import InTheWay, remove_community
from .sample import remove_sample
from .sample_figures import add_sample_figures
from .undo import restore

__all__ = [
    "InTheWay",
    "NewFigure",
    "add_figure",
    "add_headcount",
    "add_identifier",
    "add_measure",
    "add_sample_figures",
    "change_community",
    "change_figure",
    "change_headcount",
    "change_measure",
    "keep_postcodes",
    "known_measures",
    "measures_for",
    "register_community",
    "remove_community",
    "remove_figure",
    "remove_figures",
    "remove_headcount",
    "remove_measure",
    "remove_sample",
    "restore",
    "restore_figures",
    "restore_measures",
    "start_postcodes",
    "write_figures",
]
