"""The nouns of indicators' observations."""

from .observation import Observation, ObservationPart, ObservationRow, Restatement
from .report import Report

__all__ = ["Observation", "ObservationPart", "ObservationRow", "Report", "Restatement"]
