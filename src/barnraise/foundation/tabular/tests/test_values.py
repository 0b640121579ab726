"""Dates, numbers, several values in one cell, and mojibake."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.tabular.dates import ORDERS, Order, date_order, parse_date
from barnraise.foundation.tabular.numbers import (
    Ambiguous,
    NumberStyle,
    number_style,
    parse_amount,
    parse_number,
)
from barnraise.foundation.tabular.repair import find_damage, repair_text
from barnraise.foundation.tabular.split import likely_separator, split_values


def test_date_order() -> None:
    assert date_order(["2024-03-01", "2024-12-31", ""]).order == "ymd"
    assert date_order(["01/02/2024", "13/02/2024"]).order == "dmy"
    assert date_order(["01/02/2024", "02/13/2024"]).order == "mdy"
    assert date_order(["5 Mar 2024", "March 6, 2024"]).is_certain
    asked = date_order(["01/02/2024", "03/04/2024", "05/05/2024", "soon"])
    assert asked.order is None
    assert asked.possible == ("dmy", "mdy")
    assert asked.samples == ("01/02/2024", "03/04/2024")
    assert asked.unreadable == 1
    assert date_order(["01-02-03"]).possible == ("ymd", "dmy", "mdy")
    assert date_order(["", " "]).possible == ()


@pytest.mark.parametrize(
    ("text", "order", "wanted"),
    [
        ("2024-01-02T03:04:05", "dmy", (2024, 1, 2)),
        ("2023-09-07 00:00:00.0000000", "mdy", (2023, 9, 7)),
        ("20240229", "mdy", (2024, 2, 29)),
        ("1/2/24", "mdy", (2024, 1, 2)),
        ("1.2.1969", "dmy", (1969, 2, 1)),
        ("31-Dec-99", "dmy", (1999, 12, 31)),
        ("5 marzo 2024", "dmy", (2024, 3, 5)),
        ("March 5th, 2024", "dmy", (2024, 3, 5)),
    ],
)
def test_dates(text: str, order: Order, wanted: tuple[int, int, int]) -> None:
    assert parse_date(text, order) == datetime.date(*wanted)


@pytest.mark.parametrize("text", ["", "30/02/2024", "2024", "12/13/14/15", "soon", "1/2/024", "0/0/2024"])
def test_no_dates(text: str) -> None:
    assert [parse_date(text, order) for order in ORDERS] == [None, None, None]


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31)))
def test_dates_round_trip(day: datetime.date) -> None:
    assert parse_date(day.isoformat(), "dmy") == day
    assert parse_date(f"{day:%d/%m/%y}", "dmy") == day
    assert parse_date(f"{day:%m/%d/%Y}", "mdy") == day


@pytest.mark.parametrize(
    ("text", "style", "wanted"),
    [
        ("4,585,871", "point", "4585871"),
        ("1.234,56", "comma", "1234.56"),
        ("1 234,5", "comma", "1234.5"),
        ("-12", "point", "-12"),
        ("(1,200.50)", "point", "-1200.50"),
        ("7-", "point", "-7"),
        ("$ 3.5", "point", "3.5"),
        ("-$5", "point", "-5"),
        ("12,5 €", "comma", "12.5"),
        ("45 %", "point", "45"),
        ("0", "point", "0"),
    ],
)
def test_numbers(text: str, style: NumberStyle, wanted: str) -> None:
    assert parse_number(text, style) == Decimal(wanted)


def test_blank_is_no_number() -> None:
    assert parse_number("  ") is None


@pytest.mark.parametrize("text", ["n/a", "1,2,3", "1.2.3", "-", "1e5", "12 34a", "--5", "1,23"])
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "style", "wanted"),
    [
        ("4,000.25", "point", "4000.25"),
        ("4,000.25", "comma", "4000.25"),
        ("4.000,25", "point", "4000.25"),
        ("4.000,25", "comma", "4000.25"),
        ("4,000", "point", "4000"),
        ("4.000", "comma", "4000"),
        ("1.234.567", "point", "1234567"),
        ("1 234,5 €", "point", "1234.5"),
        ("-$45.50", "comma", "-45.50"),
        ("(1.200,50)", "point", "-1200.50"),
        ("0.125", "comma", "0.125"),
        ("1250", "comma", "1250"),
    ],
)
def test_amounts_are_read_in_the_only_style_they_can_have(text: str, style: NumberStyle, wanted: str) -> None:
    assert parse_amount(text, style) == Decimal(wanted)


def test_thousands_that_may_be_decimals_are_asked_about() -> None:
    written: dict[NumberStyle, tuple[str, ...]] = {
        "point": ("4.000", "-12.500 USD"),
        "comma": ("4,000", "$999,999"),
    }
    for style, texts in written.items():
        for text in texts:
            with pytest.raises(Ambiguous):
                parse_amount(text, style)
    with pytest.raises(Ambiguous) as asked:
        parse_amount("4.000", "point")
    assert asked.value.whole == "4000"
    assert parse_amount(" ") is None
    for text in ("1,2,3", "4.00,25.1", "--5", "(-5)-", "four"):
        with pytest.raises(ValueError, match="not a number"):
            parse_amount(text)


def test_number_style() -> None:
    assert number_style(["1 234,50", "12"]) == "comma"
    assert number_style(["$45,50", "-4.000"]) == "comma"
    assert number_style(["1234.567"]) == "point"
    assert number_style(["1,234", "4,585,871"]) == "point"
    assert number_style(["1.234,56"]) == "comma"
    assert number_style(["12,5"]) == "comma"
    assert number_style(["1,234"]) is None
    assert number_style(["1.5", "1,5"]) is None


@given(st.decimals(-(10**9), 10**9, places=2))
def test_numbers_round_trip(number: Decimal) -> None:
    english = f"{number:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english, "point") == number
    assert parse_number(german, "comma") == number


def test_splitting() -> None:
    assert split_values("Friends ::: Board ::: ", " ::: ") == ("Friends", "Board")
    assert split_values('"""Tag one"""', ",") == ("Tag one",)
    assert split_values('"Tag, one","Tag two"', ",") == ("Tag, one", "Tag two")
    assert split_values("a||b|c||a", "||") == ("a", "b|c")
    assert split_values("a|b", "|") == ("a", "b")
    assert split_values("a, b,,a", ",") == ("a", "b")
    assert split_values("a, b", "") == ("a, b",)
    assert split_values("  ", ",") == ()


def test_options_hold_the_separator() -> None:
    options = ["Yes", "Food, water", "Food", "Rides (to school, work)"]
    text = "Food, water, Rides (to school, work), Yes, Other: tea, milk"
    wanted = ("Food, water", "Rides (to school, work)", "Yes", "Other: tea", "milk")
    assert split_values(text, ",", options) == wanted
    assert split_values("Food, Yes", ", ", options) == ("Food", "Yes")
    assert split_values("Foodbank, Yes", ",", options) == ("Foodbank", "Yes")


def test_likely_separator() -> None:
    assert likely_separator(["a ::: b", "c", ""]) == " ::: "
    assert likely_separator(["a||b", "c"]) == "||"
    assert likely_separator(["plain", "text"]) == ""


def test_damage_is_found_and_repaired() -> None:
    found = find_damage("Georgeâ€™s cafÃ© â€œnowâ€ù")
    assert found is not None
    assert found.after == "George’s café “now”"
    assert found.before == "Georgeâ€™s cafÃ© â€œnowâ€ù"
    mac = b"Prince George\x89\xdb\xaas \x89\xdb\xa2 x"
    assert repair_text(mac.decode("mac_roman"), "utf8_as_cp1252") == "Prince George’s • x"
    read_wrongly = find_damage(mac.decode("cp1252"))
    assert read_wrongly is not None
    assert (read_wrongly.damage, read_wrongly.after) == ("mac_roman_double", "Prince George’s • x")


@pytest.mark.parametrize(
    "text", ["", "plain", "Straße 3", "Hagelschieß\xa03", "São João", "naïve café", "10 €", "“x”"]
)
def test_whole_text_is_left_alone(text: str) -> None:
    assert find_damage(text) is None
    assert repair_text(text, "utf8_as_cp1252") == text


@given(st.text("abc éüñ’“”–•€àß", max_size=20))
def test_repair_undoes_the_damage(text: str) -> None:
    damaged = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    assert repair_text(damaged, "utf8_as_cp1252") == text
