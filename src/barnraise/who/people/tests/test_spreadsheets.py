"""People and their organisations from the team's own spreadsheets."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.plumbing.imports import services as imports
from barnraise.plumbing.imports.models import Finding, Import
from barnraise.plumbing.jobs.services import follow
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import CustomField, Person, Role
from barnraise.who.people.services import register_person

from .importing import command, everything, write

pytestmark = pytest.mark.django_db

FILE = (
    "First Name,Last Name,E-mail,Mobile,Organization,Job Title,Start Date,City,Language\n"
    "Ana,Ruiz,ana@example.org,307-555-0100,Rosa's Bakery,Baker,2024-02-01,Casper,es\n"
    "Luis,Vega,luis@example.org,,Rosa's Bakery,Driver,,Casper,\n"
    "Mia,Chen,mia@example.org,,River Library,,,Cody,English\n"
    "Solo,Person,solo@example.org,,,,,Cody,\n"
)


def test_people_and_organisations_come_from_one_file(tmp_path, capsys):
    bakery = register_organisation(OrganisationDocument(name="ROSA'S  bakery".replace("  ", " ")), by=None)
    file = write(tmp_path / "people.csv", FILE)
    expected = command(capsys, "import", file, "--dry-run")
    assert (expected["kind"], expected["created"]) == ("people", {"people": 4, "organisations": 1})
    assert (Person.objects.count(), Organisation.objects.count()) == (0, 1)
    found = command(capsys, "import", file)
    assert (found["created"], found["refused"]) == ({"people": 4, "organisations": 1}, [])
    ana = Person.objects.get(display_name="Ana Ruiz")
    assert (ana.kind, ana.language, ana.city) == ("representative", "es", "Casper")
    assert [(one.kind, one.value, one.label) for one in ana.contacts.order_by("position")] == [
        ("email", "ana@example.org", ""),
        ("phone", "+13075550100", "mobile"),
    ]
    role = ana.roles.get()
    assert (role.organisation, role.title, role.kind, role.started_on) == (
        bakery,
        "Baker",
        "employee",
        date(2024, 2, 1),
    )
    assert Person.objects.get(display_name="Mia Chen").roles.get().kind == "contact"
    assert Person.objects.get(display_name="Solo Person").kind == "other"


def test_the_same_file_again_changes_nothing_and_a_new_edition_only_what_it_says(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "a.csv", FILE))
    before = everything()
    again = command(capsys, "import", write(tmp_path / "b.csv", FILE))
    assert (again["unchanged"], again["created"], again["updated"]) == (4, {"people": 0}, {"people": 0})
    assert everything() == before
    later = command(capsys, "import", write(tmp_path / "c.csv", FILE.replace("Baker,2024", "Baker,2023")))
    assert (later["unchanged"], later["updated"]) == (3, {"people": 1})
    assert Role.objects.get(title="Baker").started_on == date(2023, 2, 1)
    assert Role.objects.count() == 3


def test_an_undo_takes_back_people_and_the_organisations_that_came_with_them(tmp_path, capsys):
    kept = register_organisation(OrganisationDocument(name="River Library"), by=None)
    before = everything()
    found = command(capsys, "import", write(tmp_path / "a.csv", FILE))
    assert Organisation.objects.count() == 2
    command(capsys, "imports", "undo", str(found["import"]))
    assert everything() == before
    assert list(Organisation.objects.all()) == [kept]


def test_an_organisation_is_found_by_its_number_and_several_of_a_name_are_refused(tmp_path, capsys):
    from barnraise.who.organisations.services import Id, Place

    one = register_organisation(
        OrganisationDocument(
            name="Lions Club", identifiers=(Id("EIN", "012345678"),), addresses=(Place(city="Cody"),)
        ),
        by=None,
    )
    register_organisation(OrganisationDocument(name="Lions Club", addresses=(Place(city="Casper"),)), by=None)
    file = write(
        tmp_path / "a.csv",
        "Full name,Organisation,Organisation EIN,Organisation city\n"
        "Ana Ruiz,Lions,01-2345678,\nLuis Vega,Lions Club,,\nMia Chen,Lions Club,,Cody\nBo Li,,123,\n",
    )
    found = command(capsys, "import", file)
    assert found["created"] == {"people": 2}
    assert [(no["row"], no["reason"]) for no in found["refused"]] == [
        (5, "An EIN has nine digits; leading zeros may be missing down to seven."),
        (3, "There are 2 organisations named “Lions Club”. Add a column with the number of the one meant."),
    ]
    assert {role.person.display_name: role.organisation for role in Role.objects.all()} == {
        "Ana Ruiz": one,
        "Mia Chen": one,
    }


def test_a_household_shares_a_mailbox_and_nobody_is_merged_by_it(tmp_path, capsys):
    register_person(
        PersonDocument(given_name="Ana", family_name="Ruiz", contacts=(Reach("email", "home@example.org"),)),
        by=None,
    )
    file = write(
        tmp_path / "a.csv", "Name,E-mail\nLuis Ruiz,home@example.org\nAna Ruiz Vega,HOME@example.org\n"
    )
    found = command(capsys, "import", file, "--kind", "people", "--dry-run")
    assert (found["created"], found["proposed_matches"]) == ({"people": 2}, 1)
    match = Finding.objects.get(batch=found["import"], kind="match")
    ana = Person.objects.get()
    assert (match.row, match.key, match.reason) == (
        3,
        ana.pk,
        "A similar name, and the same e-mail address %(value)s.",
    )
    batch = Import.objects.get(pk=found["import"])
    imports.decide(batch=batch, row=3, table=match.table, choice=ana.pk, by=None)
    batch.refresh_from_db()
    follow(job=imports.start_run(batch=batch, by=None))
    assert sorted(Person.objects.values_list("display_name", flat=True)) == ["Ana Ruiz Vega", "Luis Ruiz"]


def test_names_are_read_as_people_write_them(tmp_path, capsys):
    file = write(
        tmp_path / "a.csv",
        'Name,E-mail,City\n"Ruiz, Ana",,Casper\nMadonna,,Casper\n,only@example.org,\n,,Casper\n',
    )
    found = command(capsys, "import", file, "--kind", "people")
    assert [(no["row"], no["column"], no["reason"]) for no in found["refused"]] == [
        (5, "Name", "There is neither a name nor an e-mail address.")
    ]
    assert list(Person.objects.order_by("pk").values_list("display_name", "given_name", "family_folded")) == [
        ("Ana Ruiz", "Ana", "ruiz ana"),
        ("Madonna", "", "madonna"),
        ("only@example.org", "", "only@example.org"),
    ]


def test_custom_fields_are_columns_too(tmp_path, capsys, alice):
    for key, label, kind, options in (
        ("shirt", "Shirt", "choice", ["S", "M"]),
        ("speaks", "Speaks up", "yes_no", []),
        ("kids", "Children", "number", []),
    ):
        CustomField.objects.create(
            key=key,
            label=label,
            type=kind,
            options=options,
            created_at=alice.created_at,
            updated_at=alice.created_at,
        )
    file = write(tmp_path / "a.csv", "Name,First name,Shirt,Speaks up,Children\nA,Ana,m,yes,2\nB,Bo,XL,,\n")
    found = command(capsys, "import", file)
    assert Person.objects.get().custom == {"shirt": "M", "speaks": True, "kids": 2}
    assert [(no["row"], no["column"], no["reason"]) for no in found["refused"]] == [
        (3, "Shirt", "“XL” is not one of: S, M.")
    ]
    again = command(capsys, "import", write(tmp_path / "b.csv", file.read_text().replace("yes,2", "yes,3")))
    assert again["updated"] == {"people": 1}
    assert Person.objects.get().custom["kids"] == 3
