"""The nouns of indicators' observations."""

from .observation import Observation, ObservationRow, Restatement
from .report import Report

__all__ = ["Observation", "ObservationRow", "Report", "Restatement"]
