"""Periods as people read them, in their language."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from barnraise.foundation.periods import Period, in_words

_FORMATS = {"month": "F", "year_month": "YEAR_MONTH_FORMAT", "day": "DATE_FORMAT"}


def period_words(period: Period) -> str:
    """ "2026", "May 2026", "October to December 2026", or both days."""
    return in_words(period, say=gettext, dated=_dated)


def _dated(day: date, form: str) -> str:
    return date_format(day, _FORMATS[form])
