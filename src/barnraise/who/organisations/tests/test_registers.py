"""Registers that need no mapping: first edition, the same again, a later one, undo."""

from __future__ import annotations

import json

import pytest

from barnraise.plumbing.imports.models import Finding, Import, Listing
from barnraise.plumbing.journal.models import Entry
from barnraise.who.organisations.models import Identifier, Organisation
from barnraise.who.organisations.selectors import one

from .importing import bmf, bmf_row, command, everything, refused, tabbed

pytestmark = pytest.mark.django_db

MARCH = (
    bmf_row("010631747", "AMERICAN LEGION", SORT_NAME="POST 17", NTEE_CD="", INCOME_AMT="", TAX_PERIOD=""),
    bmf_row("830000001", "RIVER CLINIC", NTEE_CD="E32", INCOME_AMT="0"),
    bmf_row("830000002", "HOPE CHURCH", FOUNDATION="10", REVENUE_AMT="-50"),
    bmf_row("830000003", "AMERICAN LEGION", CITY="CODY", STREET="PO BOX 9"),
)
APRIL = (
    MARCH[0],
    {**MARCH[1], "NAME": "RIVER HEALTH CLINIC", "ASSET_AMT": ""},
    MARCH[2],
    bmf_row("830000004", "NEW FUND", FOUNDATION="04"),
)
NOTHING = {"created": {"organisations": 0}, "updated": {"organisations": 0}, "unchanged": 0, "refused": [],
           "proposed_matches": 0, "gone": 0}  # fmt: skip


def named(ein: str) -> Organisation:
    return one(Organisation.objects.get(identifiers__scheme="EIN", identifiers__value=ein).uuid)


def test_the_irs_register_is_taken_in_without_mapping(tmp_path, capsys):
    found = command(capsys, "import", bmf(tmp_path / "eo.csv", *MARCH))
    number = found.pop("import")
    assert found == {**NOTHING, "kind": "irs_bmf", "rows": 4, "created": {"organisations": 4}}
    legion, clinic, church = named("010631747"), named("830000001"), named("830000002")
    assert (legion.name, legion.kind, legion.income_amount, legion.income_year) == (
        "AMERICAN LEGION",
        "nonprofit",
        None,
        None,
    )
    assert [(n.kind, n.name) for n in legion.other_names.all()] == [("sort", "POST 17")]
    assert (clinic.kind, clinic.income_amount, clinic.income_currency) == ("health", 0, "USD")
    assert (church.kind, church.facts["REVENUE_AMT"], church.facts["GROUP"]) == ("faith", "-50", "0000")
    assert church.addresses.get().postcode == "82601-0001"
    assert named("830000003").addresses.get().kind == "postal"
    entry = Entry.objects.get(verb="imports.ran")
    assert (entry.via, entry.data["created"], entry.by) == ("command", 4, None)
    shown = command(capsys, "imports", "show", number)
    assert (shown["state"], shown["rows"], shown["findings"]) == ("done", 4, {"new": 4})


def test_the_same_file_again_changes_nothing(tmp_path, capsys):
    file = bmf(tmp_path / "eo.csv", *MARCH)
    command(capsys, "import", file)
    before = everything()
    found = command(capsys, "import", file)
    assert {**found, "import": 0} == {**NOTHING, "import": 0, "kind": "irs_bmf", "rows": 4, "unchanged": 4}
    assert everything() == before


def test_a_dry_run_says_what_the_run_does_and_writes_nothing(tmp_path, capsys):
    command(capsys, "import", bmf(tmp_path / "march.csv", *MARCH))
    before = everything()
    april = bmf(tmp_path / "april.csv", *APRIL)
    expected = command(capsys, "import", april, "--dry-run")
    assert everything() == before
    found = command(capsys, "import", april)
    assert {**expected, "import": 0} == {**found, "import": 0}
    dry, run = (
        list(
            Finding.objects.filter(batch=number, phase=phase)
            .order_by("kind", "row", "title")
            .values_list("kind", "row", "title", "changes")
        )
        for number, phase in ((expected["import"], "d"), (found["import"], "r"))
    )
    assert dry == run


def test_a_later_edition_updates_by_identifier_and_lists_what_is_gone(tmp_path, capsys):
    command(capsys, "import", bmf(tmp_path / "march.csv", *MARCH))
    found = command(capsys, "import", bmf(tmp_path / "april.csv", *APRIL))
    assert {**found, "import": 0} == {
        "import": 0, "kind": "irs_bmf", "rows": 4, "created": {"organisations": 1}, "updated": {"organisations": 1},
        "unchanged": 2, "refused": [], "proposed_matches": 0, "gone": 1,
    }  # fmt: skip
    assert Organisation.objects.count() == 5
    clinic = named("830000001")
    assert clinic.name == "RIVER HEALTH CLINIC"
    assert "ASSET_AMT" not in clinic.facts
    gone = Finding.objects.get(batch=found["import"], kind="gone")
    assert (gone.title, gone.key) == ("AMERICAN LEGION", named("830000003").pk)
    changed = Finding.objects.get(batch=found["import"], kind="changed")
    assert changed.changes == {
        "name": ["RIVER CLINIC", "RIVER HEALTH CLINIC"],
        "facts.ASSET_AMT": ["0", None],
    }


def test_what_a_person_changed_is_kept_and_told(tmp_path, capsys, alice):
    command(capsys, "import", bmf(tmp_path / "march.csv", *MARCH))
    clinic = named("830000001")
    from barnraise.who.organisations import documents as shapes
    from barnraise.who.organisations.selectors import documents
    from barnraise.who.organisations.services import person_source, write_many

    document = shapes.with_fields(documents([clinic.pk])[clinic.pk], {"name": "Our River Clinic"})
    write_many([document], by=alice, source=person_source(alice), change_set=None)
    found = command(capsys, "import", bmf(tmp_path / "april.csv", *APRIL))
    assert named("830000001").name == "Our River Clinic"
    kept = Finding.objects.get(batch=found["import"], kind="kept")
    assert kept.changes == {"name": ["Our River Clinic", "RIVER HEALTH CLINIC"]}


def test_undo_takes_back_exactly_what_the_import_did(tmp_path, capsys):
    command(capsys, "import", bmf(tmp_path / "march.csv", *MARCH))
    before = everything()
    number = command(capsys, "import", bmf(tmp_path / "april.csv", *APRIL))["import"]
    assert everything() != before
    undone = command(capsys, "imports", "undo", number)
    assert undone == {"import": number, "state": "undone", "undone": 2, "kept": []}
    assert everything() == before
    again = refused(capsys, "imports", "undo", number)
    assert again["error"] == "This import has been undone already."


def test_undo_of_the_first_edition_leaves_nothing(tmp_path, capsys):
    number = command(capsys, "import", bmf(tmp_path / "march.csv", *MARCH))["import"]
    command(capsys, "imports", "undo", number)
    assert everything() == {"organisations": {}, "search": [], "listings": []}
    assert Identifier.objects.count() == 0
    assert command(capsys, "import", tmp_path / "march.csv")["created"] == {"organisations": 4}


def test_undo_keeps_what_a_person_changed_since(tmp_path, capsys, alice):
    from barnraise.who.organisations.services import close_organisation

    number = command(capsys, "import", bmf(tmp_path / "march.csv", *MARCH))["import"]
    clinic = Organisation.objects.get(name="RIVER CLINIC")
    close_organisation(organisation=clinic, by=alice)
    undone = command(capsys, "imports", "undo", number)
    assert undone["undone"] == 3
    assert [(k["key"], k["title"], k["reason"]) for k in undone["kept"]] == [
        (clinic.pk, "RIVER CLINIC", "Changed by somebody since.")
    ]
    assert list(Organisation.objects.values_list("name", flat=True)) == ["RIVER CLINIC"]
    assert list(Listing.objects.values_list("source_key", flat=True)) == ["EIN:830000001"]


def test_refused_rows_name_row_column_and_reason(tmp_path, capsys):
    rows = [
        MARCH[0],
        {**MARCH[1], "EIN": "12-X"},
        {**MARCH[2], "NAME": ""},
        {**MARCH[3], "INCOME_AMT": "many"},
        MARCH[0],
    ]
    found = command(capsys, "import", bmf(tmp_path / "eo.csv", *rows))
    assert found["created"] == {"organisations": 1}
    assert [(r["row"], r["column"], r["reason"]) for r in found["refused"]] == [
        (3, "EIN", "The EIN must have nine digits."),
        (4, "NAME", "The name is missing."),
        (5, "INCOME_AMT", "“many” is not a whole number of dollars."),
        (6, "", "The same record stands in row 2 already."),
    ]


CHARITY = {
    "date_of_extract": "2023-09-07 00:00:00.0000000", "organisation_number": "1", "registered_charity_number": "203460",
    "linked_charity_number": "0", "charity_name": "Amy Haven Trust", "charity_registration_status": "Registered",
    "date_of_removal": "", "latest_income": "12.50", "latest_acc_fin_period_end_date": "2022-03-31 00:00:00.0000000",
    "charity_contact_address1": "Studio 9", "charity_contact_address2": "Wardmouth", "charity_contact_postcode": "B1 6DG",
    "charity_contact_phone": "(01632) 960902", "charity_contact_email": "x@example.com", "charity_activities": "Helps.",
}  # fmt: skip


def test_the_charity_register_joins_its_tables(tmp_path, capsys):
    removed = {**CHARITY, "organisation_number": "2", "linked_charity_number": "7", "charity_name": "Conor Mouth",
               "charity_registration_status": "Removed", "date_of_removal": "2018-11-06 00:00:00.0000000"}  # fmt: skip
    key = {name: CHARITY[name] for name in ("date_of_extract", "organisation_number")}
    files = [
        tabbed(tmp_path / "a.zip", "publicextract.charity.txt", [CHARITY, removed]),
        tabbed(tmp_path / "b.zip", "names.txt", [{**key, "charity_name_type": "Working name", "charity_name": "Amy's"}]),
        tabbed(tmp_path / "c.zip", "class.txt", [{**key, "classification_code": "302", "classification_type": "How",
                                                "classification_description": "Makes Grants"}]),
    ]  # fmt: skip
    found = command(capsys, "import", *files)
    assert {**found, "import": 0} == {
        **NOTHING,
        "import": 0,
        "kind": "ccew",
        "rows": 2,
        "created": {"organisations": 2},
    }
    amy = one(Organisation.objects.get(name="Amy Haven Trust").uuid)
    assert (amy.kind, amy.mission, amy.income_amount, amy.income_currency, amy.income_year) == (
        "funder",
        "Helps.",
        1250,
        "GBP",
        2022,
    )
    assert [(n.kind, n.name) for n in amy.other_names.all()] == [("trading", "Amy's")]
    assert sorted(c.value for c in amy.contact_points.all()) == ["+441632960902", "x@example.com"]
    assert (amy.city, amy.facts["classification_how"]) == ("Wardmouth", "Makes Grants")
    conor = Organisation.objects.get(name="Conor Mouth")
    assert (conor.status, str(conor.closed_on)) == ("closed", "2018-11-06")
    assert sorted(Identifier.objects.values_list("scheme", "value")) == [
        ("GB-CHC", "203460"),
        ("GB-CHC", "203460-7"),
    ]


DIRECTORY = {
    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example Help", "alternate_name": "Help", "description": "Helps",
    "email": "help@example.com", "website": "https://example.com", "year_incorporated": 2011, "legal_status": "Nonprofit",
    "organization_identifiers": [{"id": "1", "identifier_scheme": "GB-COH", "identifier": "1234567"}],
    "locations": [{"id": "3", "latitude": 43.1, "longitude": -107.2,
                   "addresses": [{"id": "4", "address_1": "1 Main", "city": "Lander", "country": "US", "address_type": "physical"}]}],
    "phones": [{"id": "5", "number": '"+1 307 555 0100"'}],
}  # fmt: skip


@pytest.mark.parametrize("shape", ["one", "list", "page"])
def test_a_directory_of_services_gives_its_organisations(tmp_path, capsys, shape):
    document = {"one": DIRECTORY, "list": [DIRECTORY], "page": {"total_items": 1, "contents": [DIRECTORY]}}[
        shape
    ]
    file = tmp_path / "hsds.json"
    file.write_text(json.dumps(document))
    found = command(capsys, "import", file)
    assert (found["kind"], found["rows"], found["created"]) == ("hsds", 1, {"organisations": 1})
    row = one(Organisation.objects.get().uuid)
    assert (row.name, row.kind, row.founded_year, row.city, row.lat) == (
        "Example Help",
        "nonprofit",
        2011,
        "Lander",
        43.1,
    )
    assert sorted((i.scheme, i.value) for i in row.identifiers.all()) == [
        ("GB-COH", "01234567"),
        ("HSDS", DIRECTORY["id"]),
    ]
    assert sorted(c.value for c in row.contact_points.all()) == [
        "+13075550100",
        "help@example.com",
        "https://example.com/",
    ]


def test_a_data_package_of_tables_gives_the_same(tmp_path, capsys):
    own = DIRECTORY["id"]
    tables = {
        "organizations": [{n: str(DIRECTORY[n]) for n in ("id", "name", "alternate_name", "description", "email", "website",
                                                          "year_incorporated", "legal_status")}],
        "organization_identifiers": [{"id": "1", "organization_id": own, "identifier_scheme": "GB-COH", "identifier": "1234567"}],
        "locations": [{"id": "3", "organization_id": own, "latitude": "43.1", "longitude": "-107.2"}],
        "addresses": [{"id": "4", "location_id": "3", "address_1": "1 Main", "city": "Lander", "country": "US",
                       "address_type": "physical"}],
        "phones": [{"id": "5", "organization_id": own, "number": "+1 307 555 0100"}],
    }  # fmt: skip
    package = {"name": "x", "resources": [{"name": n, "path": f"{n}.csv"} for n in tables]}
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    for name, rows in tables.items():
        text = ",".join(rows[0]) + "\n" + "\n".join(",".join(row.values()) for row in rows) + "\n"
        (tmp_path / f"{name}.csv").write_text(text)
    command(capsys, "import", tmp_path / "datapackage.json", *sorted(tmp_path.glob("*.csv")))
    before = everything()["organisations"]
    nested = tmp_path / "hsds.json"
    nested.write_text(json.dumps(DIRECTORY))
    again = command(capsys, "import", nested)
    assert (again["unchanged"], everything()["organisations"]) == (1, before)


def test_an_import_on_behalf_of_somebody_says_so(tmp_path, capsys, alice, bob):
    file = bmf(tmp_path / "eo.csv", *MARCH)
    command(capsys, "import", file, "--as", "alice@example.org")
    assert Entry.objects.get(verb="imports.ran").by == alice
    count = Import.objects.count()
    no = refused(capsys, "import", file, "--as", "bob@example.org")
    assert no["error"] == "Your role does not allow taking files in."
    assert Import.objects.count() == count
