"""Everything an organisation's record says goes out: by command as CSV and JSON, and from the list as shown."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse

from barnraise.who.communities.services import register_community
from barnraise.who.organisations.documents import (
    Contact,
    Id,
    Name,
    Offered,
    OrganisationDocument,
    Place,
    SectorCode,
)
from barnraise.who.organisations.models import Identifier, Organisation
from barnraise.who.organisations.selectors import documents
from barnraise.who.organisations.services import register_organisation

from .importing import command, everything


@pytest.fixture
def whole(alice):
    """An organisation of which every field says something."""
    mill = register_community(name="Old Mill", by=alice)
    above = register_organisation(OrganisationDocument(name="Riverbend Trust"), by=alice)
    return register_organisation(
        OrganisationDocument(
            name="Mill Street Pantry", kind="nonprofit", mission="Groceries.", status="closed",
            closed_on=date(2025, 3, 4), founded_year=1998, employees=0, employees_band="1-9",
            income_amount=123_450, income_currency="USD", income_year=2024, parent=above.pk,
            capacity=90, capacity_per="week", hours=((1, "15:00", "18:00"), (5, "09:00", "12:00")), hours_note="Not in August",
            services=(Offered("r1", "Groceries", is_free=True), Offered("r2", "Food brought home")),
            facts=(("STATUS", "01"),),
            names=(Name("legal", "Mill Street Pantry Inc"), Name("trading", "The Pantry")),
            identifiers=(Id("EIN", "001234567"), Id("OWN", "P-1")),
            sectors=(SectorCode("NTEE", "K31"), SectorCode("OWN", "Food")),
            addresses=(
                Place("physical", "1 Mill St", "Riverbend", "OH", "02134", "US", 40.06, -82.42),
                Place("postal", "PO Box 7", "Riverbend", "OH", "02135", "US"),
            ),
            contacts=(
                Contact("phone", "+17405550100"),
                Contact("email", "hi@example.org"),
                Contact("website", "https://pantry.example.org/"),
                Contact("social", "https://social.example/@pantry"),
                Contact("social", "https://meet.example/pantry"),
            ),
            communities=(mill.pk,), tags=("Food", "Rooms"),
        ),
        by=alice,
    )  # fmt: skip


WHOLE = {
    "Name": "Mill Street Pantry", "Legal name": "Mill Street Pantry Inc", "Other names": "The Pantry",
    "Kind": "nonprofit", "Mission": "Groceries.", "Status": "closed", "Closed on": "2025-03-04",
    "E-mail": "hi@example.org", "Phone": "+17405550100", "Website": "https://pantry.example.org/",
    "Street": "1 Mill St", "City": "Riverbend", "State or region": "OH", "Postcode": "02134", "Country": "US",
    "Latitude": "40.06", "Longitude": "-82.42", "EIN": "001234567", "Identifiers": "EIN 001234567; OWN P-1",
    "Sectors": "NTEE K31; OWN Food", "Founded in": "1998", "People employed": "0", "Size": "1-9",
    "Yearly income": "1234.50", "Currency": "USD", "Year of the income": "2024",
    "People it can serve": "90", "How often": "week", "Opening hours": "tu 15:00–18:00; sa 09:00–12:00",
    "More about the hours": "Not in August", "Services": "Groceries; Food brought home", "Communities served": "Old Mill",
    "Tags": "Food; Rooms", "Source": "Alice", "Further addresses": "PO Box 7, Riverbend, OH, 02135, US",
    "Social networks": "https://social.example/@pantry; https://meet.example/pantry", "Facts": "STATUS=01",
}  # fmt: skip


def test_the_whole_record_goes_out_as_csv_and_json(tmp_path, capsys, whole):
    command(capsys, "export", "organisations", "-o", tmp_path / "all.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text(encoding="utf-8-sig"))))
    (row,) = [row for row in rows if row["Name"] == "Mill Street Pantry"]
    above = Organisation.objects.get(name="Riverbend Trust")
    assert (row.pop("uuid"), row.pop("Branch of")) == (str(whole.uuid), str(above.uuid))
    assert row.pop("Source says since") == whole.source_at.isoformat()
    assert row == WHOLE
    blank = next(row for row in rows if row["Name"] == "Riverbend Trust")
    assert (blank["People employed"], blank["Latitude"], blank["Yearly income"]) == ("", "", "")
    command(capsys, "export", "organisations", "--format", "json", "-o", tmp_path / "all.json")
    (told,) = [
        one for one in json.loads((tmp_path / "all.json").read_text()) if one["name"] == "Mill Street Pantry"
    ]
    assert told["parent"] == str(above.uuid)
    assert told["communities"] == [str(one.community.uuid) for one in whole.serves.all()]
    assert set(told) >= set(documents([whole.pk])[whole.pk].__slots__) - {"key"}


def test_what_went_out_comes_back_as_the_same_records(tmp_path, capsys, whole, alice):
    at = (Place(lines="Floor 2\n1 Elm St", city="Cody"),)
    elm = OrganisationDocument(name="Elm", addresses=at, income_amount=500, income_currency="GBP")
    register_organisation(elm, by=alice)
    file = tmp_path / "all.csv"
    command(capsys, "export", "organisations", "-o", file)
    before = everything()
    same = command(capsys, "import", file, "--kind", "organisations")
    assert (same["unchanged"], same["created"], same["updated"], same["refused"]) == (
        3, {"organisations": 0}, {"organisations": 0}, [],
    )  # fmt: skip
    assert everything()["organisations"] == before["organisations"]
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(
        text.replace("Elm,", "Elm House,").replace("Riverbend Trust,", "Riverbend Fund,"), encoding="utf-8"
    )
    edited = command(capsys, "import", file, "--kind", "organisations")
    assert (edited["unchanged"], edited["created"], edited["updated"], edited["proposed_matches"]) == (
        1, {"organisations": 0}, {"organisations": 2}, 0,
    )  # fmt: skip
    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Elm House",
        "Riverbend Fund",
        "Mill Street Pantry",
    }
    assert Organisation.objects.get(pk=whole.pk).parent.name == "Riverbend Fund"
    assert not Identifier.objects.filter(scheme="UUID").exists()


def test_the_list_with_the_number_of_each_record_comes_back_as_the_same_records(
    tmp_path, capsys, logged_in, alice, whole
):
    browser = logged_in(alice)
    chosen = ["kind", "sectors", "communities", "identifiers", "lines", "size", "uuid"]
    browser.post(reverse("organisations:list"), {"keep": "columns", "column": chosen, "query": ""})
    answer = browser.get(reverse("organisations:list") + "?export=csv")
    (tmp_path / "list.csv").write_bytes(
        b"".join(answer.streaming_content).replace(b"Mill Street Pantry", b"The Pantry")
    )
    found = command(capsys, "import", tmp_path / "list.csv", "--kind", "organisations")
    assert (found["unchanged"], found["created"], found["updated"]) == (
        1,
        {"organisations": 0},
        {"organisations": 1},
    )
    before = documents([whole.pk])[whole.pk]
    assert before.name == "The Pantry"
    assert (before.sectors, before.employees_band, before.addresses[0].lines) == (
        (SectorCode("NTEE", "K31"), SectorCode("OWN", "Food")), "1-9", "1 Mill St",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "cell", "reason"),
    [
        ("Identifiers", "12345678", "Write the scheme before the number, for example EIN 012345678."),
        ("uuid", "7", "UUID wants 32 hexadecimal digits."),
        ("Currency", "XYZ", "Write the currency as three letters, for example USD."),
    ],
)
def test_numbers_and_currencies_that_cannot_be_are_refused(tmp_path, capsys, db, head, cell, reason):
    (tmp_path / "a.csv").write_text(f"Name,Yearly income,{head}\nOak,5,{cell}\n")
    found = command(capsys, "import", tmp_path / "a.csv", "--kind", "organisations")
    assert [(r["column"], r["reason"]) for r in found["refused"]] == [(head, reason)]
    assert Organisation.objects.count() == 0


def test_the_list_gives_the_columns_that_were_chosen(logged_in, alice, whole):
    browser = logged_in(alice)
    chosen = [
        "kind",
        "email",
        "phone",
        "lines",
        "postcode",
        "founded",
        "employees",
        "size",
        "income",
        "currency",
        "parent",
        "source",
    ]
    browser.post(reverse("organisations:list"), {"keep": "columns", "column": chosen, "query": ""})
    answer = browser.get(reverse("organisations:list") + "?export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == {
        "Name": "Mill Street Pantry", "Kind": "Nonprofit", "E-mail": "hi@example.org", "Phone": "+17405550100",
        "Street": "1 Mill St", "Postcode": "02134", "Founded in": "1998", "People employed": "0", "Size": "1 to 9",
        "Yearly income": "1234.50", "Currency": "USD", "Branch of": "Riverbend Trust", "Source": "Alice",
    }  # fmt: skip
    assert (rows[1]["People employed"], rows[1]["Yearly income"]) == ("", "")


def test_what_hangs_on_the_rows_is_read_once_a_page_and_only_when_shown(
    logged_in, alice, whole, django_assert_num_queries
):
    browser = logged_in(alice)
    url = reverse("organisations:list")

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url).status_code == 200
        return len(asked)

    browser.post(url, {"keep": "columns", "column": ["kind"], "query": ""})
    few = queries()
    browser.post(url, {"keep": "columns", "column": ["email", "phone", "website"], "query": ""})
    assert queries() == few + 1
    for number in range(20):
        register_organisation(OrganisationDocument(name=f"No {number}"), by=alice)
    assert queries() == few + 1


def test_further_addresses_are_written_one_a_line_and_keep_what_is_not_shown(logged_in, alice, whole):
    browser = logged_in(alice)
    url = reverse("organisations:change", args=[whole.uuid])
    before, form = documents([whole.pk])[whole.pk], browser.get(url).context["form"]
    assert form["more_addresses"].value() == "post: PO Box 7 | Riverbend | OH | 02135 | US"
    sent = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}
    added = sent["more_addresses"] + "\n9 Elm St | Northgate | OH | 43098 | us"
    answer = browser.post(url, {**sent, "more_addresses": added})
    assert answer.status_code == 302, answer.context["form"].errors
    assert documents([whole.pk])[whole.pk].contacts == before.contacts
    assert documents([whole.pk])[whole.pk].addresses == (
        Place("physical", "1 Mill St", "Riverbend", "OH", "02134", "US", 40.06, -82.42),
        Place("postal", "PO Box 7", "Riverbend", "OH", "02135", "US"),
        Place("physical", "9 Elm St", "Northgate", "OH", "43098", "US"),
    )
    wrong = browser.post(url, {**sent, "more_addresses": "9 Elm St | Northgate | OH | 43098 | USA"})
    assert wrong.status_code == 422
    assert "write the country as two letters, for example US." in wrong.content.decode()
    assert len(documents([whole.pk])[whole.pk].addresses) == 3
