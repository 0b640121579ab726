"""Seasons: which days they hold, when they begin again, and how people write a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from barnraise.who.organisations import exchange_words
from barnraise.who.organisations.season import Season, day_of, read_day, season_of

WINTER = Season(since=(11, 15), until=(3, 31))
HARVEST = Season(frozenset({8, 9, 10}))


@pytest.mark.parametrize(
    ("season", "on", "holds"),
    [
        (Season(), date(2026, 1, 1), True),
        (HARVEST, date(2026, 7, 31), False),
        (HARVEST, date(2026, 8, 1), True),
        (WINTER, date(2026, 11, 14), False),
        (WINTER, date(2026, 11, 15), True),
        (WINTER, date(2027, 1, 1), True),
        (WINTER, date(2027, 3, 31), True),
        (WINTER, date(2027, 4, 1), False),
        (Season(since=(5, 1), until=(5, 1)), date(2026, 5, 1), True),
    ],
)
def test_it_holds_its_days_also_over_the_turn_of_the_year(season, on, holds):
    assert season.holds(on) is holds


@pytest.mark.parametrize(
    ("season", "after", "begins"),
    [
        (HARVEST, date(2026, 11, 3), date(2027, 8, 1)),
        (HARVEST, date(2026, 9, 3), None),
        (WINTER, date(2026, 4, 1), date(2026, 11, 15)),
        (Season(since=(2, 29), until=(3, 5)), date(2026, 7, 1), date(2027, 2, 28)),
        (Season(), date(2026, 7, 1), None),
    ],
)
def test_it_says_when_it_begins_again(season, after, begins):
    assert season.begins(after) == begins


def test_the_day_it_begins_is_the_first_one_it_holds():
    for season in (HARVEST, WINTER, Season(frozenset({1, 12})), Season(since=(6, 10), until=(6, 20))):
        on = date(2026, 1, 1)
        for _day in range(400):
            begins = season.begins(on)
            if begins is not None:
                between = (begins - on).days
                assert season.holds(begins)
                assert not any(season.holds(on + timedelta(days=n)) for n in range(between))
            on += timedelta(days=1)


def test_its_months_are_kept_as_bits():
    assert HARVEST.mask == 0b001110000000
    assert season_of(HARVEST.mask) == HARVEST
    assert WINTER.mask == 0b110000000111
    assert season_of(WINTER.mask, "11-15", "03-31") == WINTER


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("15 November", "en", "11-15"),
        ("Nov 15", "en", "11-15"),
        ("15 de noviembre", "es", "11-15"),
        ("15 November", "es", "11-15"),
        ("11-15", "es", "11-15"),
        ("29 February", "en", "02-29"),
        ("  ", "en", ""),
    ],
)
def test_a_day_is_read_as_people_write_it(text, language, day):
    with override(language):
        assert read_day(text, exchange_words.month_names()) == day


@pytest.mark.parametrize("text", ["31 April", "November", "15", "13-01", "ju 3", "3 May June", "02-30", "x"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        read_day(text, exchange_words.month_names())


def test_it_is_said_in_the_readers_language():
    with override("en"):
        assert exchange_words.season(Season(frozenset({11, 12, 1, 2}))) == "November to February"
        assert exchange_words.season(Season(frozenset({3, 5}))) == "March, May"
        assert exchange_words.season(WINTER) == "15 November to 31 March"
        assert exchange_words.season(Season()) == ""
    with override("es"):
        assert exchange_words.season(WINTER).startswith("15 de noviembre")
    assert day_of("11-15") == (11, 15)
