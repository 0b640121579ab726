"""Opening hours: how people write them, how pages say them, how a directory's rules become them."""

from __future__ import annotations

import pytest

from barnraise.who.organisations.hours import (
    HoursError,
    grouped,
    is_open,
    is_span,
    of_schedule,
    read_day,
    spans,
    write_day,
)

WEEK = (
    (0, "09:00", "12:00"),
    (0, "14:00", "18:00"),
    (1, "09:00", "12:00"),
    (1, "14:00", "18:00"),
    (5, "22:00", "02:00"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:00–12:00, 14:00–18:00", [("09:00", "12:00"), ("14:00", "18:00")]),
        ("9-17", [("09:00", "17:00")]),
        ("9am to 5 pm", [("09:00", "17:00")]),
        ("12pm-12am", [("12:00", "00:00")]),
        ("8.30 — 16h00", [("08:30", "16:00")]),
        ("18:00-24:00; 6:00-7:00", [("18:00", "24:00"), ("06:00", "07:00")]),
        ("9 a 14", [("09:00", "14:00")]),
        ("", []),
    ],
)
def test_a_day_is_read_as_people_write_it(text, found):
    assert read_day(text) == found


@pytest.mark.parametrize(
    "text", ["closed", "9", "9-25", "9:70-10", "13pm-14pm", "9-9", "24:00-3:00", "9-17-18"]
)
def test_what_is_no_hours_is_refused(text):
    with pytest.raises(HoursError):
        read_day(text)


def test_what_is_written_is_read_again():
    for day in range(7):
        assert [(day, *pair) for pair in read_day(write_day(WEEK, day))] == [
            span for span in WEEK if span[0] == day
        ]


def test_days_with_the_same_hours_stand_together():
    assert grouped(WEEK) == [([0, 1], "09:00–12:00, 14:00–18:00"), ([5], "22:00–02:00")]
    assert grouped(((0, "09:00", "10:00"), (2, "09:00", "10:00"))) == [
        ([0], "09:00–10:00"),
        ([2], "09:00–10:00"),
    ]


def test_open_and_closed_also_past_midnight():
    assert is_open(WEEK, 0, "09:00")
    assert not is_open(WEEK, 0, "12:00")
    assert not is_open(WEEK, 2, "10:00")
    assert is_open(WEEK, 5, "23:30")
    assert is_open(WEEK, 6, "01:59")
    assert not is_open(WEEK, 6, "02:00")
    assert not is_open(WEEK, 5, "01:00")


def test_what_json_kept_is_sorted_and_checked():
    assert spans([[1, "09:00", "10:00"], [0, "09:00", "10:00"], [1, "09:00", "10:00"]]) == (
        (0, "09:00", "10:00"), (1, "09:00", "10:00"),
    )  # fmt: skip
    assert [
        is_span(span) for span in ((7, "09:00", "10:00"), (0, "9:00", "10:00"), (0, "09:00", "09:00"))
    ] == [False] * 3


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            {
                "freq": "WEEKLY",
                "byday": "TH,FR",
                "opens_at": "10:00:00",
                "closes_at": "18:00:00",
                "bymonthday": "2,3",
            },
            ([(3, "10:00", "18:00"), (4, "10:00", "18:00")], ""),
        ),
        (
            {"freq": "DAILY", "opens_at": "10:00Z", "closes_at": "11:30Z", "notes": "Ring twice"},
            ([(day, "10:00", "11:30") for day in range(7)], "Ring twice"),
        ),
        (
            {
                "freq": "MONTHLY",
                "byday": "1TU",
                "opens_at": "10:00",
                "closes_at": "12:00",
                "description": "First Tuesday",
            },
            ([], "monthly tu 10:00–12:00; First Tuesday"),
        ),
        (
            {"freq": "WEEKLY", "interval": 2, "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"},
            ([], "weekly ×2 mo 10:00–12:00"),
        ),
        ({"description": "By appointment"}, ([], "By appointment")),
        (
            {
                "byday": "MO",
                "opens_at": "10:00",
                "closes_at": "12:00",
                "valid_from": "2026-01-01",
                "valid_to": "2026-06-30",
            },
            ([(0, "10:00", "12:00")], "2026-01-01–2026-06-30"),
        ),
        ({}, ([], "")),
    ],
)
def test_rules_of_a_directory_become_hours_where_a_week_holds_them(row, found):
    assert of_schedule(row) == found
