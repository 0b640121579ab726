"""Named reads of observations and reports."""

from .observations import (
    OBSERVATION,
    REPORT,
    indicators_without_observation,
    latest_of,
    observation_titles,
    observations_listed,
    observations_of,
    off_track,
    one_observation,
    one_observation_by_key,
    path_of,
    rows_of,
    standing_of,
)
from .reports import (
    answered,
    one_report,
    one_report_by_key,
    report_titles,
    reports_beside,
    reports_due,
    reports_listed,
)

__all__ = [
    "OBSERVATION",
    "REPORT",
    "answered",
    "indicators_without_observation",
    "latest_of",
    "observation_titles",
    "observations_listed",
    "observations_of",
    "off_track",
    "one_observation",
    "one_observation_by_key",
    "one_report",
    "one_report_by_key",
    "path_of",
    "report_titles",
    "reports_beside",
    "reports_due",
    "reports_listed",
    "rows_of",
    "standing_of",
]
