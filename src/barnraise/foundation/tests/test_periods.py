"""Periods as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.foundation.periods import Period, in_words, parse, whole_years_since, years

READ = {
    "2023": (date(2023, 1, 1), date(2023, 12, 31)),
    " 2020-2022 ": (date(2020, 1, 1), date(2022, 12, 31)),
    "2020–2022": (date(2020, 1, 1), date(2022, 12, 31)),
    "2020 to 2022": (date(2020, 1, 1), date(2022, 12, 31)),
    "2024-02": (date(2024, 2, 1), date(2024, 2, 29)),
    "2024 Q4": (date(2024, 10, 1), date(2024, 12, 31)),
    "Q1 2023": (date(2023, 1, 1), date(2023, 3, 31)),
    "2024-03-01": (date(2024, 3, 1), date(2024, 3, 1)),
    "2024-03-01 – 2024-08-31": (date(2024, 3, 1), date(2024, 8, 31)),
    "2024-03-01/2024-08-31": (date(2024, 3, 1), date(2024, 8, 31)),
}


@pytest.mark.parametrize("text", READ)
def test_a_period_is_read_as_people_write_it(text):
    found = parse(text)
    assert (found.begins, found.ends) == READ[text]
    assert parse(str(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "last year",
        "23",
        "20231",
        "2022-2020",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2024 Q5",
        "1799",
        "2500",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_a_period_is_written_as_short_as_it_can():
    assert [str(parse(text)) for text in ("2023", "2020 to 2022", "2024-02", "2024 Q2")] == [
        "2023",
        "2020-2022",
        "2024-02",
        "2024-04-01/2024-06-30",
    ]
    assert str(years(2021)) == "2021"
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2024, 1, 2), date(2024, 1, 1))


def test_years_that_have_gone_are_counted_in_full():
    assert whole_years_since(date(2020, 12, 31), date(2023, 12, 30)) == 2
    assert whole_years_since(date(2020, 12, 31), date(2023, 12, 31)) == 3
    assert whole_years_since(date(2030, 1, 1), date(2023, 1, 1)) == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2026", "2026"),
        ("2024-2026", "2024–2026"),
        ("2026-05", "2026 May"),
        ("2026 Q4", "October to 2026 December"),
        ("2026-11-01/2027-01-31", "2026 November to 2027 January"),
        ("2026-02-01/2026-02-27", "day 2026-02-01 to day 2026-02-27"),
        ("2026-02-03", "day 2026-02-03"),
    ],
)
def test_periods_in_words(said, words):
    forms = {"month": "%B", "year_month": "%Y %B", "day": "day %Y-%m-%d"}
    found = in_words(parse(said), say=lambda text: text, dated=lambda day, form: day.strftime(forms[form]))
    assert found == words
