"""Files of County Health Rankings and CDC PLACES: taken in without mapping, for the communities there are."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from barnraise.plumbing.imports.models import Finding, Import
from barnraise.plumbing.journal.services import undo
from barnraise.who.communities import services
from barnraise.who.communities.models import Community, Figure, Measure

from .importing import analytic, command, everything, places, places_row, refused, sheet, single

pytestmark = pytest.mark.django_db


@pytest.fixture
def willow(alice):
    return services.register_community(
        name="Willow County", kind="county", identifiers=[("FIPS", "39089")], by=alice
    )


def _counts(found):
    return {
        "new": found["created"]["figures"],
        "changed": found["updated"]["figures"],
        "same": found["unchanged"],
        "refused": len(found["refused"]),
        "absent": found["absent"],
        "gone": found["gone"],
    }


def _county(code, *cells):
    return (code[:2], code[2:], *cells)


def test_a_dataset_of_one_measure(tmp_path, capsys, willow):
    path = single(
        tmp_path / "v001_r2025.csv",
        _county("00000", "4763989", "925367214", "8351.736549364388", "5.7", "8340.5", "8362.9", "", ""),
        _county("39000", "201", "301", "9012.5", "", "", "", "", ""),
        _county("39089", "1008", "163064", "9938.26338234698", "467.8", "9021.29", "10855.22", "1", ""),
        _county("39091", "1", "2", "3", "", "", "", "", ""),
        _county("40000", "1", "2", "3", "", "", "", "", ""),
    )
    found = command(capsys, "import", path)
    assert (found["kind"], _counts(found)) == (
        "county_health",
        {"new": 3, "changed": 0, "same": 0, "refused": 0, "absent": 2, "gone": 0},
    )
    row = Figure.objects.select_related("measure").get(community=willow)
    assert (row.value, row.low, row.high, row.numerator, row.denominator, row.is_unreliable) == (
        Decimal("9938.263382347"), Decimal("9021.29"), Decimal("10855.22"), 1008, 163064, True,
    )  # fmt: skip
    assert (row.measure.name, row.measure.unit, row.edition) == (
        "Premature death",
        "years lost per 100,000",
        "2025",
    )
    assert sorted(Figure.objects.exclude(area="").values_list("area", flat=True)) == ["US", "US-OH"]


def test_the_release_is_asked_where_the_file_does_not_say_it(tmp_path, capsys, willow):
    path = single(tmp_path / "export.csv", _county("39089", "1", "2", "3.5", "", "3", "4", "", ""))
    no = refused(capsys, "import", path)
    assert "answer first: Release" in no["error"]
    assert Figure.objects.count() == 0
    wrong = refused(capsys, "import", path, "--answer", "release=soon")
    assert "is no year" in wrong["error"]
    found = command(capsys, "import", path, "--answer", "release=2024", "--answer", "period=2019-2021")
    assert _counts(found)["new"] == 1
    row = Figure.objects.get()
    assert (str(row.period), row.edition) == ("2019-2021", "2024")


@pytest.mark.parametrize("is_short", [False, True])
def test_analytic_data_have_two_rows_of_headings(tmp_path, capsys, willow, is_short):
    values = ("9938.2", "1008", "163064", "9021.2", "10855.2", "0.217", "", "", "0.19", "0.24")
    path = analytic(
        tmp_path / "data.csv",
        ("39", "000", "39000", "OH", "Ohio", "2024", "", *values),
        ("39", "089", "39089", "OH", "Willow County", "2024", "1", *values[:5], "NA", "", "", "", ""),
        ("39", "091", "39091", "OH", "Logan County", "2024", "1", *values),
        measures=[("Premature Death", "v001"), ("Poor or Fair Health", "v002")],
        is_short=is_short,
    )
    found = command(capsys, "import", path)
    assert _counts(found) == {"new": 4, "changed": 0, "same": 0, "refused": 0, "absent": 2, "gone": 0}
    assert found["rows"] == 6
    ohio = Figure.objects.get(area="US-OH", measure__code="v002")
    assert (ohio.value, ohio.low, ohio.high, ohio.measure.unit) == (
        Decimal("21.7"), Decimal(19), Decimal(24), "%",
    )  # fmt: skip
    poor = Figure.objects.get(community=willow, measure__code="v002")
    assert (poor.value, poor.reason, str(poor.period), poor.edition) == (None, "not_given", "2024", "2024")
    absent = Finding.objects.get(kind="absent", phase="r")
    assert (absent.title, absent.value, absent.many) == ("Logan County, OH", "FIPS 39091", 2)


def test_a_measure_nobody_listed_is_taken_in_as_the_file_calls_it(tmp_path, capsys, willow):
    path = analytic(
        tmp_path / "data.csv",
        ("39", "089", "39089", "OH", "Willow County", "2024", "1", "0.5", "", "", "", ""),
        measures=[("Ferries per Person", "v999")],
    )
    command(capsys, "import", path)
    row = Figure.objects.select_related("measure").get()
    assert (row.measure.name, row.measure.unit, row.measure.direction, row.value) == (
        "Ferries per Person", "", "neutral", Decimal("0.5"),
    )  # fmt: skip


def test_groups_flags_and_lost_zeros(tmp_path, capsys, alice):
    place = services.register_community(
        name="Autauga", kind="county", identifiers=[("FIPS", "01001")], by=alice
    )
    path = sheet(
        tmp_path / "v001_other_r2026.csv",
        [
            ["statecode", "countycode", "v001_race_white", "v001_race_white_cilow", "v001_race_white_cihigh",
             "v001_race_white_flag2", "v001_race_black", "v001_race_black_flag2", "v001_race_flag_CT"],
            ["1", "1", "9646.07", "8590.5", "10701.5", "1", "", "2", ""],
        ],
    )  # fmt: skip
    command(capsys, "import", path)
    found = {
        row.measure.name: row for row in Figure.objects.filter(community=place).select_related("measure")
    }
    assert sorted(found) == ["Premature death (Black)", "Premature death (white)"]
    assert (found["Premature death (white)"].value, found["Premature death (white)"].is_unreliable) == (
        Decimal("9646.07"), True,
    )  # fmt: skip
    assert (found["Premature death (Black)"].value, found["Premature death (Black)"].reason) == (
        None,
        "suppressed",
    )


def test_places_of_every_kind(tmp_path, capsys, willow, alice):
    codes = {"Newark": ("GEOID", "3953970"), "Tract": ("GEOID", "39089750100"), "Zip": ("ZCTA", "43023")}
    for name, code in codes.items():
        services.register_community(name=name, identifiers=[code], by=alice)
    counties = places(
        tmp_path / "PLACES__County_Data_2025_release.csv",
        places_row(),
        places_row(MeasureId="CHECKUP", Measure="Visits to doctor", Data_Value="", Data_Value_Footnote_Symbol="*",
                   Data_Value_Footnote="Estimates suppressed for population less than 50"),
        places_row("59", "", StateAbbr="US", StateDesc="United States", Data_Value="33.0"),
        places_row("06037", "Los Angeles", StateAbbr="CA"),
    )  # fmt: skip
    found = command(capsys, "import", counties)
    assert _counts(found) == {"new": 3, "changed": 0, "same": 0, "refused": 0, "absent": 1, "gone": 0}
    row = Figure.objects.select_related("measure").get(community=willow, measure__code="OBESITY:CrdPrv")
    assert (row.value, row.low, row.high, row.population, row.edition, str(row.period)) == (
        Decimal("36.4"), Decimal(31), Decimal("41.9"), 180401, "2025", "2023",
    )  # fmt: skip
    assert (row.measure.name, row.measure.direction) == ("Obesity among adults (crude prevalence)", "lower")
    withheld = Figure.objects.get(community=willow, measure__code="CHECKUP:CrdPrv")
    assert (withheld.value, withheld.reason, withheld.note) == (
        None, "suppressed", "Estimates suppressed for population less than 50",
    )  # fmt: skip
    assert Figure.objects.get(area="US").value == 33
    others = places(
        tmp_path / "others.csv",
        places_row("3953970", "Newark"),
        places_row("39089750100", "39089750100", CountyName="Licking", CountyFIPS="39089"),
        columns=(*places_columns(), "CountyName", "CountyFIPS"),
    )
    assert _counts(command(capsys, "import", others))["new"] == 2
    zips = places(
        tmp_path / "zips.csv",
        {**places_row("43023", "43023")},
        columns=tuple(name for name in places_columns() if name not in {"StateAbbr", "StateDesc"}),
    )
    assert _counts(command(capsys, "import", zips))["new"] == 1
    assert Figure.objects.exclude(community=None).values("community").distinct().count() == 4


def test_places_as_json_say_what_the_sheet_says(tmp_path, capsys, willow):
    """As the open data portal answers: small letters, a place as an object, blanks left out, numbers as text."""
    given = [
        places_row(),
        places_row(MeasureId="CHECKUP", Measure="Visits to doctor", Data_Value="", Data_Value_Footnote="Suppressed"),
        places_row("06037", "Los Angeles", StateAbbr="CA"),
    ]  # fmt: skip
    answered = [
        {name.lower(): value for name, value in row.items() if value}
        | {"geolocation": {"type": "Point", "coordinates": [-82.4, 40.1]}}
        for row in given
    ]
    path = tmp_path / "swc5-untb.json"
    path.write_text(json.dumps(answered), encoding="utf-8")
    found = command(capsys, "import", path, "--answer", "release=2025")
    assert (found["kind"], _counts(found)) == (
        "places",
        {"new": 2, "changed": 0, "same": 0, "refused": 0, "absent": 1, "gone": 0},
    )

    def figures():
        rows = Figure.objects.select_related("measure").order_by("measure__code")
        names = ("value", "low", "high", "population", "edition", "period", "reason", "note")
        return [(row.measure.code, row.measure.name, *(getattr(row, name) for name in names)) for row in rows]

    said = figures()
    assert said[1][:6] == (
        "OBESITY:CrdPrv", "Obesity among adults (crude prevalence)", Decimal("36.4"), Decimal(31), Decimal("41.9"), 180401,
    )  # fmt: skip
    command(capsys, "imports", "undo", found["import"])
    assert Figure.objects.count() == 0
    sheet = places(tmp_path / "PLACES_2025_release.csv", *given)
    command(capsys, "import", sheet)
    assert figures() == said


def places_columns():
    from .importing import PLACES

    return PLACES


def test_the_same_file_changes_nothing_and_a_later_one_what_it_changed(tmp_path, capsys, willow):
    first = places(tmp_path / "a.csv", places_row(), places_row(MeasureId="SLEEP", Measure="Short sleep"))
    command(capsys, "import", first)
    before = everything()
    again = command(capsys, "import", first)
    assert _counts(again) == {"new": 0, "changed": 0, "same": 2, "refused": 0, "absent": 0, "gone": 0}
    assert everything() == before
    later = places(
        tmp_path / "b.csv",
        places_row(Data_Value="36.9"),
        places_row(Year="2024", Data_Value="37.5"),
    )
    found = command(capsys, "import", later, "--answer", "release=2026")
    assert _counts(found) == {"new": 1, "changed": 1, "same": 0, "refused": 0, "absent": 0, "gone": 1}
    told = {
        (row.measure.code, str(row.period)): (row.value, row.edition)
        for row in Figure.objects.select_related("measure")
    }
    assert told == {
        ("OBESITY:CrdPrv", "2023"): (Decimal("36.9"), "2026"),
        ("OBESITY:CrdPrv", "2024"): (Decimal("37.5"), "2026"),
        ("SLEEP:CrdPrv", "2023"): (Decimal("36.4"), ""),
    }
    command(capsys, "imports", "undo", found["import"])
    assert everything() == before


def test_what_a_person_changed_stays_and_is_told(tmp_path, capsys, willow, bob):
    command(capsys, "import", places(tmp_path / "a.csv", places_row(), places_row(MeasureId="SLEEP")))
    row = Figure.objects.get(measure__code="OBESITY:CrdPrv")
    services.change_figure(row, value=Decimal(30), by=bob)
    later = places(tmp_path / "b.csv", places_row(Data_Value="36.9"), places_row(MeasureId="SLEEP"))
    found = command(capsys, "import", later)
    row.refresh_from_db()
    assert (row.value, _counts(found)["changed"]) == (Decimal(30), 0)
    kept = Finding.objects.get(kind="kept", phase="r")
    assert (kept.key, kept.changes) == (row.pk, {"value": ["30", "36.9"]})


def test_an_undo_leaves_what_a_person_changed_since(tmp_path, capsys, willow, bob):
    found = command(capsys, "import", places(tmp_path / "a.csv", places_row(), places_row(MeasureId="SLEEP")))
    row = Figure.objects.get(measure__code="OBESITY:CrdPrv")
    services.change_figure(row, value=Decimal(30), by=bob)
    undone = command(capsys, "imports", "undo", found["import"])
    assert [one["key"] for one in undone["kept"]] == [row.pk]
    assert list(Figure.objects.values_list("measure__code", flat=True)) == ["OBESITY:CrdPrv"]
    assert list(Measure.objects.values_list("code", flat=True)) == ["OBESITY:CrdPrv"]


def test_a_value_that_goes_is_not_known_any_more_and_never_zero(tmp_path, capsys, willow):
    command(capsys, "import", places(tmp_path / "a.csv", places_row()))
    later = places(tmp_path / "b.csv", places_row(Data_Value="", Low_Confidence_Limit="", High_Confidence_Limit="",
                                                  Data_Value_Footnote_Symbol="*"))  # fmt: skip
    assert _counts(command(capsys, "import", later))["changed"] == 1
    row = Figure.objects.get()
    assert (row.value, row.low, row.high, row.reason) == (None, None, None, "suppressed")


@pytest.mark.parametrize(
    ("other", "column", "words"),
    [
        ({"Data_Value": "many"}, "data_value", "“many” is not a number."),
        ({"Year": "lately"}, "Year", "“lately” is no period."),
        ({"LocationID": "ABC"}, "LocationID", "“ABC” is not the code of"),
        (
            {"Low_Confidence_Limit": "50", "High_Confidence_Limit": "40"},
            "low_confidence_limit",
            "lies above the upper end",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_row_and_column(tmp_path, capsys, willow, other, column, words):
    path = places(tmp_path / "a.csv", places_row(), places_row(MeasureId="SLEEP", **other))
    found = command(capsys, "import", path)
    assert _counts(found)["new"] == 1
    (no,) = found["refused"]
    assert (no["row"], no["column"]) == (3, column)
    assert words in no["reason"]


def test_two_rows_about_the_same_are_not_both_taken(tmp_path, capsys, willow):
    found = command(capsys, "import", places(tmp_path / "a.csv", places_row(), places_row(Data_Value="1")))
    assert (_counts(found)["new"], _counts(found)["refused"]) == (1, 1)
    assert Figure.objects.get().value == Decimal("36.4")


def test_a_dry_run_says_what_a_run_would_do_and_writes_nothing(tmp_path, capsys, willow):
    path = places(tmp_path / "a.csv", places_row(), places_row("06037", "Los Angeles", StateAbbr="CA"))
    dry = command(capsys, "import", path, "--dry-run")
    assert (Figure.objects.count(), Measure.objects.count()) == (0, 0)
    run = command(capsys, "import", path)
    assert {**dry, "import": 0} == {**run, "import": 0}


def test_a_place_is_added_and_its_rows_are_taken_in_by_the_next_edition(tmp_path, capsys, willow, alice):
    from barnraise.plumbing.imports.services import add_absent

    path = places(tmp_path / "a.csv", places_row(), places_row("06037", "Los Angeles", StateAbbr="CA"))
    first = command(capsys, "import", path)
    batch = Import.objects.get(pk=first["import"])
    absent = Finding.objects.get(batch=batch, kind="absent")
    many, change_set = add_absent(batch=batch, findings=[absent.pk], by=alice)
    made = Community.objects.get(name="Los Angeles, CA")
    assert (many, made.kind, [str(one) for one in made.identifiers.all()]) == (1, "county", ["FIPS 06037"])
    assert add_absent(batch=batch, findings=[absent.pk], by=alice)[0] == 0
    again = command(capsys, "import", path)
    assert _counts(again) == {"new": 1, "changed": 0, "same": 1, "refused": 0, "absent": 0, "gone": 0}
    command(capsys, "imports", "undo", again["import"])
    undo(change_set=change_set, by=alice)
    assert list(Community.objects.all()) == [willow]


def test_one_of_ours_gets_the_code_of_a_place(tmp_path, capsys, willow, alice):
    from barnraise.plumbing.imports import screens
    from barnraise.plumbing.imports.services import join_absent

    oak = services.register_community(name="Oak", kind="county", by=alice)
    services.register_community(name="Elm", kind="county", by=alice)
    path = places(tmp_path / "a.csv", places_row("39101", "Oak"))
    batch = Import.objects.get(pk=command(capsys, "import", path)["import"])
    (shown,) = screens.absent_page(batch, "oak", 0)["rows"]
    assert ([one[1] for one in shown["likely"]], [one[1] for one in shown["candidates"]]) == (
        ["Oak"],
        ["Elm"],
    )
    assert screens.absent_page(batch, "pine", 0)["rows"] == []
    join_absent(batch=batch, finding=shown["finding"].pk, key=oak.pk, by=alice)
    assert [str(one) for one in oak.identifiers.all()] == ["FIPS 39101"]
    assert _counts(command(capsys, "import", path))["new"] == 1


def test_who_may_not_take_files_in_adds_no_place(tmp_path, capsys, willow, alice, bob):
    from barnraise.foundation.policy import Refused
    from barnraise.plumbing.imports.services import add_absent

    path = places(tmp_path / "a.csv", places_row("06037", "Los Angeles", StateAbbr="CA"))
    batch = Import.objects.get(pk=command(capsys, "import", path)["import"])
    absent = Finding.objects.get(batch=batch, kind="absent")
    with pytest.raises(Refused):
        add_absent(batch=batch, findings=[absent.pk], by=bob)
    with pytest.raises(Refused, match="At most 200"):
        add_absent(batch=batch, findings=list(range(1000, 1300)), by=alice)
    assert list(Community.objects.all()) == [willow]


def test_a_file_that_brings_more_communities_than_before_is_still_an_edition(
    tmp_path, capsys, willow, alice, bob
):
    rows = [places_row(f"39{number:03}", f"County {number}") for number in range(91, 111, 2)]
    path = places(tmp_path / "a.csv", places_row(), *rows)
    command(capsys, "import", path)
    row = Figure.objects.get()
    services.change_figure(row, value=Decimal(30), by=bob)
    for one in rows:
        services.register_community(
            name=one["LocationName"], identifiers=[("FIPS", one["LocationID"])], by=alice
        )
    later = places(tmp_path / "b.csv", places_row(Data_Value="36.9"), *rows)
    found = command(capsys, "import", later)
    row.refresh_from_db()
    assert (_counts(found)["new"], row.value) == (10, Decimal(30))


def test_a_file_of_other_columns_is_no_format(tmp_path, capsys, willow):
    columns = tuple(name for name in places_columns() if name != "MeasureId")
    path = places(tmp_path / "PLACES.csv", places_row(), columns=columns)
    found = command(capsys, "import", path, "--dry-run")
    assert found["kind"] == "figures"
