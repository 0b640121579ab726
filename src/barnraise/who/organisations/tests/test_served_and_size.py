"""Communities served and size from a spreadsheet: by name, tolerant, several in a cell; what is unknown is refused and named."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from barnraise.plumbing.imports.models import Finding, Import
from barnraise.who.communities.services import add_identifier, register_community
from barnraise.who.organisations import sizes
from barnraise.who.organisations.building import builder
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import documents

from .importing import command, everything

pytestmark = pytest.mark.django_db

HEAD = "Name,City,Size,Communities served"


@pytest.fixture
def places():
    called = ("Mill Quarter", "Peña Alta", "Willow County", "St. Mary's")
    made = [register_community(name=name, by=None) for name in called]
    add_identifier(made[2], scheme="FIPS", value="39061", by=None)
    return {one.name: one.pk for one in made}


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def said():
    rows = Organisation.objects.order_by("name").values_list("pk", flat=True)
    found = documents(list(rows))
    return {one.name: (one.employees_band, set(one.communities)) for one in found.values()}


def test_both_are_suggested_taken_in_updated_and_undone(tmp_path, capsys, places):
    mill, pena, willow, mary = places.values()
    file = tmp_path / "a.csv"
    write(file, HEAD, "Oak,Casper,10-49,mill quarter; PENA ALTA", "Elm,Casper,60 staff,FIPS 39061; St Mary's; the county of Willow",
          "Ash,Casper,,")  # fmt: skip
    found = command(capsys, "import", file)
    assert (found["created"], found["refused"]) == ({"organisations": 3}, [])
    as_given = {"Ash": ("", set()), "Elm": ("50-249", {willow, mary}), "Oak": ("10-49", {mill, pena})}
    assert said() == as_given
    before = everything()
    again = command(capsys, "import", file)
    assert (again["unchanged"], again["updated"]) == (3, {"organisations": 0})
    assert everything() == before

    # A spreadsheet is no authority: what it leaves out stays, what it names comes.
    write(file, HEAD, "Oak,Casper,250+,Willow County", "Elm,Casper,,", "Ash,Casper,small,")
    later = command(capsys, "import", file)
    assert later["updated"] == {"organisations": 2}
    assert said() == {
        "Ash": ("10-49", set()),
        "Elm": as_given["Elm"],
        "Oak": ("250+", {mill, pena, willow}),
    }
    changes = {f.title: f.changes for f in Finding.objects.filter(batch=later["import"], kind="changed")}
    assert changes["Ash"] == {"employees_band": ["", "10-49"]}
    assert [one["name"] for one in changes["Oak"]["communities"][1]] == ["Mill Quarter", "Peña Alta", "Willow County"]  # fmt: skip
    command(capsys, "imports", "undo", later["import"])
    assert said() == as_given
    assert everything() == before


def test_what_is_unknown_or_several_is_refused_whole_with_the_row_the_value_and_the_mend(
    tmp_path, capsys, places, logged_in, alice
):
    twin = register_community(name="mill quarter", by=None)
    file = write(
        tmp_path / "a.csv",
        HEAD,
        "Oak,Casper,10-49,Willow County; Atlantis",
        "Elm,Casper,10-49,Wilow Conty",
        "Ash,Casper,10-49,Mill Quarter",
        "Fir,Casper,20-80,",
        'Bay,Casper,10-49,"Willow County, St Marys"',
    )
    found = command(capsys, "import", file)
    assert [(r["row"], r["column"], r["value"], r["reason"]) for r in found["refused"]] == [
        (2, "Communities served", "Atlantis",
         "There is no community called “Atlantis”. Add it under Communities, or correct the name."),
        (3, "Communities served", "Wilow Conty",
         "There is no community called “Wilow Conty”. Is “Willow County” meant?"),
        (4, "Communities served", "Mill Quarter",
         "Several communities are called “Mill Quarter”. Name the one that is meant by a code, for example FIPS 39061."),
        (5, "Size", "20-80",
         "“20-80” is no size. Write 0, 1-9, 10-49, 50-249 or 250+, a number of people, or small, medium or large."),
    ]  # fmt: skip
    assert said() == {"Bay": ("10-49", {places["Willow County"], places["St. Mary's"]})}
    # The refused rows as they are given out, mended, are taken in.
    batch = Import.objects.get(pk=found["import"])
    given = logged_in(alice).get(reverse("imports:findings_csv", args=[batch.uuid, "run", "refused"]))
    text = b"".join(given.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["Oak", "Elm", "Ash", "Fir"]
    served = ("Willow County", "Willow County", str(twin.uuid), "")
    for row, size, community in zip(rows[1:], ("10-49", "10-49", "10-49", "small"), served, strict=True):
        row[2], row[3] = size, community
    with (tmp_path / "mended.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    mended = command(capsys, "import", tmp_path / "mended.csv")
    assert (mended["created"], mended["refused"]) == ({"organisations": 4}, [])
    willow, mary = {places["Willow County"]}, {places["St. Mary's"]}
    assert said() == {
        "Ash": ("10-49", {twin.pk}),
        "Bay": ("10-49", willow | mary),
        "Elm": ("10-49", willow),
        "Fir": ("10-49", set()),
        "Oak": ("10-49", willow),
    }


def test_a_file_of_any_length_asks_for_the_communities_once(places):
    build = builder()
    with CaptureQueriesContext(connection) as asked:
        found = [build({"name": f"No {n}", "communities": ["Mill Quarter", "FIPS 39061"]}) for n in range(50)]
    assert found[49]["communities"] == [
        {"key": places["Mill Quarter"], "name": "Mill Quarter"},
        {"key": places["Willow County"], "name": "Willow County"},
    ]
    assert sum("communities_community" in query["sql"] for query in asked) == 1


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", "0"), ("Volunteers only", "0"), ("no staff", "0"), ("1-9", "1-9"), ("1 to 9", "1-9"), ("1-10", "1-9"),
        ("7", "1-9"), ("35", "10-49"), ("about 35 people", "10-49"), ("11–50 employees", "10-49"), ("10 a 49 personas", "10-49"),
        ("51-200", "50-249"), ("201-500", "250+"), ("1,001-5,000", "250+"), ("250+", "250+"), ("more than 500", "250+"),
        ("> 249", "250+"), ("fewer than 10", "1-9"), ("<10", "1-9"), ("Small", "10-49"), ("mediana", "50-249"),
        ("grande", "250+"), ("Micro", "1-9"),
        ("50+", None), ("20-80", None), ("10-5", None), ("lots", None), ("-3", None), ("3.5", None), ("99999999999", None),
    ],
)  # fmt: skip
def test_sizes_as_people_write_them(text, size):
    assert sizes.read(text) == size
