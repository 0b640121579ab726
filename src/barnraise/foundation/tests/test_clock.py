"""Offsets of zones agree with the library's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.clock import offsets

ZONES = ("America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Caracas", "UTC")


@given(st.datetimes(datetime(1990, 1, 2), datetime(2027, 12, 30)), st.sampled_from(ZONES))
def test_every_instant_finds_its_offset(at, zone):
    instant = at.replace(tzinfo=UTC)
    minutes = next(ahead for begin, ahead in offsets(zone, until=2027) if instant >= begin)
    assert timedelta(minutes=minutes) == instant.astimezone(ZoneInfo(zone)).utcoffset()


def test_the_clocks_of_new_york_turned_on_the_first_of_november():
    turns = dict(offsets("America/New_York", until=2026))
    assert turns[datetime(2026, 11, 1, 6, tzinfo=UTC)] == -300
    assert turns[datetime(2026, 3, 8, 7, tzinfo=UTC)] == -240
    with pytest.raises(KeyError):
        offsets("Mars/Olympus", until=2026)
