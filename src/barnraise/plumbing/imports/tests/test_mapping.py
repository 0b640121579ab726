"""A mapping: what comes of cells, for any cells; what is wrong with a mapping; what is suggested."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.tabular import Row, recognise
from barnraise.plumbing.imports.mapping import MappingRefused, compile_mapping, problems
from barnraise.plumbing.imports.sockets import Bad, Field
from barnraise.plumbing.imports.suggestions import LOOKS, suggest


class Garden:
    """A noun with a field of every kind."""

    name = "gardens"
    kind = "gardens.garden"
    title = "Gardens"
    fields = (
        Field("name", "Name", is_required=True, aliases=("plot",)),
        Field("sown", "Sown on", "date", aliases=("sowing day",)),
        Field("beds", "Beds", "number"),
        Field("crops", "Crops", "many"),
        Field("soil", "Soil", "choice", options=(("clay", "Heavy clay"), ("sand", "Sand"))),
        Field("email", "E-mail", "email"),
    )


GARDEN = Garden()
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


def mapper(columns, names, constants=None):
    mapping = {"version": 1, "columns": columns, "constants": constants or {}}
    return compile_mapping(mapping, names, GARDEN)  # type: ignore[arg-type]


@given(CELL, CELL, CELL)
def test_any_cells_give_values_or_one_reason_with_row_and_column(name, sown, beds):
    make = mapper(
        {"A": {"field": "name"}, "B": {"field": "sown", "order": "dmy"}, "C": {"field": "beds"}},
        ["A", "B", "C"],
    )
    made = make(Row(7, (name, sown, beds)))
    if isinstance(made, Bad):
        assert made.row == 7
        assert made.column in {"A", "B", "C"}
        assert made.reason
    else:
        assert made["name"]
        assert made["sown"] is None or datetime.date.fromisoformat(made["sown"])


@given(st.lists(st.text("abcdefghij ", min_size=1, max_size=8), max_size=6))
def test_several_values_keep_their_order_and_come_once(parts):
    make = mapper({"N": {"field": "name"}, "C": {"field": "crops", "split": ";"}}, ["N", "C"])
    made = make(Row(2, ("Mill Lane", ";".join(parts))))
    wanted = [" ".join(part.split()) for part in parts]
    assert made["crops"] == list(dict.fromkeys(part for part in wanted if part))


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)))
def test_a_day_is_read_in_the_order_that_was_chosen(day):
    for order, written in (("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y"), ("ymd", "%Y-%m-%d")):
        make = mapper({"N": {"field": "name"}, "D": {"field": "sown", "order": order}}, ["N", "D"])
        assert make(Row(2, ("Mill Lane", day.strftime(written))))["sown"] == day.isoformat()


@given(st.integers(-(10**9), 10**9))
def test_numbers_are_read_in_the_style_that_was_chosen(number):
    point = mapper({"N": {"field": "name"}, "B": {"field": "beds", "style": "point"}}, ["N", "B"])
    comma = mapper({"N": {"field": "name"}, "B": {"field": "beds", "style": "comma"}}, ["N", "B"])
    written = f"{number:,}"
    assert point(Row(2, ("Mill Lane", written)))["beds"] == str(number)
    assert comma(Row(2, ("Mill Lane", written.replace(",", "."))))["beds"] == str(number)


def test_blank_is_not_zero_and_leading_zeros_stay():
    make = mapper({"N": {"field": "name"}, "B": {"field": "beds"}}, ["N", "B"])
    assert make(Row(2, ("00741", "")))["beds"] is None
    assert make(Row(2, ("00741", "0"))) == {"name": "00741", "beds": "0"}


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (("", "", "", ""), "N", "%(field)s is missing."),
        (("Mill Lane", "31/31/2026", "", ""), "D", "“%(value)s” is not a date in the order %(order)s."),
        (("Mill Lane", "", "a few", ""), "B", "“%(value)s” is not a number."),
        (("Mill Lane", "", "", "peat"), "S", "“%(value)s” is not one of: %(options)s."),
    ],
)
def test_what_cannot_be_taken_names_its_place(cells, column, reason):
    make = mapper(
        {
            "N": {"field": "name"},
            "D": {"field": "sown", "order": "dmy"},
            "B": {"field": "beds"},
            "S": {"field": "soil"},
        },
        ["N", "D", "B", "S"],
    )
    made = make(Row(9, cells))
    assert isinstance(made, Bad)
    assert (made.row, made.column, made.reason) == (9, column, reason)


def test_a_choice_is_known_by_its_title_too():
    make = mapper({"N": {"field": "name"}, "S": {"field": "soil"}}, ["N", "S"])
    assert make(Row(2, ("Mill Lane", "HEAVY CLAY")))["soil"] == "clay"


def test_a_mapping_that_cannot_be_used_says_why():
    mapping = {
        "columns": {"A": {"field": "beds"}, "B": {"field": "beds"}, "X": {"field": "colour"}},
        "constants": {},
    }
    found = [(source, details) for source, details in problems(mapping, ["A", "B"], GARDEN)]  # type: ignore[arg-type]
    assert found == [
        ("The file has no column “%(column)s”.", {"column": "X"}),
        ("There is no field “%(field)s”.", {"field": "colour"}),
        ("Choose the column that holds %(field)s.", {"field": "Name"}),
        ("%(field)s takes one column; it is chosen more than once.", {"field": "Beds"}),
    ]
    with pytest.raises(MappingRefused):
        compile_mapping(mapping, ["A", "B"], GARDEN)  # type: ignore[arg-type]


def test_suggestions_go_by_heading_and_by_looks_and_ask_for_the_order_of_dates(tmp_path: Path):
    path = tmp_path / "plots.csv"
    path.write_text(
        "Plot,Sowing day,Write to,Crops,Remarks\n"
        "Mill Lane,03/04/2026,mill@example.org,beans; kale,\n"
        "North Field,05/06/2026,north@example.org,peas; leek,wet\n",
        encoding="utf-8",
    )
    table = recognise(path, name="plots.csv").tables[0]
    columns = suggest(table, GARDEN)["columns"]  # type: ignore[arg-type]
    assert {column: rule["field"] for column, rule in columns.items()} == {
        "Plot": "name",
        "Sowing day": "sown",
        "Write to": "email",
        "Crops": "crops",
    }
    assert [columns[name]["sure"] for name in columns] == [1.0, 1.0, 0.6, 1.0]
    assert columns["Sowing day"]["order"] == ""
    assert set(columns["Sowing day"]["asks"]) == {"dmy", "mdy"}
    assert columns["Crops"]["split"] == ";"


def test_dates_do_not_look_like_phone_numbers():
    phone = LOOKS["phone"]
    assert not any(phone.match(text) for text in ("2011-01-01", "03/04/2026", "1.2.2026"))
    assert all(
        phone.match(text) for text in ("(307) 555-0101", "+1 307 555 0102", "307-555-0103", "3075550103")
    )
