"""Two records of one person become one, with everything that hung on them, and can be parted again."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.services import keep as keep_file
from barnraise.plumbing.imports.models import Listing
from barnraise.plumbing.journal.models import Change, Entry
from barnraise.plumbing.journal.selectors import timeline
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.search.models import SearchDocument
from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people import services
from barnraise.who.people.documents import Id, PersonDocument, Post, Rating, Reach, Standing
from barnraise.who.people.merging import choices, merged
from barnraise.who.people.models import FormerAddress, Person, Role
from barnraise.who.people.selectors import documents, snapshot

from .importing import command, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(db):
    return register_organisation(OrganisationDocument(name="Rosa's Bakery"), by=None)


@pytest.fixture
def two(bakery, alice):
    ana = services.register_person(
        PersonDocument(
            given_name="Ana",
            family_name="Ruiz",
            language="es",
            about="Bakes.",
            contacts=(Reach("email", "ana@example.org"),),
            identifiers=(Id("OWN", "1"),),
            roles=(Post(bakery.pk, "Baker"),),
            tags=("Food",),
        ),
        by=alice,
    )
    anna = services.register_person(
        PersonDocument(
            given_name="Anna",
            family_name="Ruiz",
            kind="resident",
            about="Sings.",
            account=alice.pk,
            contacts=(Reach("email", "ANA@example.org"), Reach("phone", "+17405550100")),
            identifiers=(Id("OWN", "2"),),
            roles=(Post(bakery.pk, "baker", started_on=date(2020, 1, 1)), Post(bakery.pk, "Board", "board")),
            leaderships=(Standing("faith", "Choir", notes=(Rating("reach", 2, "", date(2025, 1, 1)),)),),
            tags=("food", "Music"),
        ),
        by=alice,
    )
    return ana, anna


def everything(*people):
    found = snapshot([one.pk for one in people])
    for one in found.values():
        one.pop("updated_at")
    return found


def test_one_record_says_what_both_said(two, bakery, alice):
    ana, anna = two
    said = documents([ana.pk, anna.pk])
    assert [one.field for one in choices(said[ana.pk], said[anna.pk])] == ["given_name", "display_name"]
    services.merge_people(keep=ana, absorb=anna, by=alice, take=["given_name", "display_name"])
    assert list(Person.objects.all()) == [ana]
    one = documents([ana.pk])[ana.pk]
    assert (one.display_name, one.kind, one.language, one.account) == (
        "Anna Ruiz",
        "resident",
        "es",
        alice.pk,
    )
    assert one.about == "Bakes.\n\nSings."
    assert [(part.kind, part.value) for part in one.contacts] == [
        ("email", "ana@example.org"),
        ("phone", "+17405550100"),
    ]
    assert one.identifiers == (Id("OWN", "1"), Id("OWN", "2"))
    assert [(post.title, post.started_on) for post in one.roles] == [
        ("Baker", date(2020, 1, 1)),
        ("Board", None),
    ]
    assert (one.tags, one.leaderships[0].notes[0].level) == (("Food", "Music"), 2)
    assert not SearchDocument.objects.filter(kind="people.person", key=anna.pk).exists()


def test_what_hung_on_the_other_hangs_on_the_one_that_stays(two, alice):
    ana, anna = two
    file = io.BytesIO(b"A letter.\n")
    file.name = "letter.txt"
    kept = keep_file(file, by=alice, about=Ref.to(anna))
    services.change_person(anna, by=alice, pronouns="she")
    services.merge_people(keep=ana, absorb=anna, by=alice)
    assert File.objects.get(pk=kept.pk).key == ana.pk
    told = [one.plain for one in timeline(Ref.to(ana), actor=alice).entries]
    assert told[0] == "Alice merged Anna Ruiz into Ana Ruiz"
    assert told.count("Alice changed Ana Ruiz") == 1
    assert len(told) == 5  # two were added, one changed, a file came, they were merged


def test_a_merge_is_undone(two, alice, tmp_path, capsys):
    ana, anna = two
    command(
        capsys,
        "import",
        write(tmp_path / "a.csv", "Own id,Name,First name\n1,Ana Ruiz,Ana\n2,Anna Ruiz,Anna\n"),
    )
    before = everything(ana, anna)
    roles = set(Role.objects.values_list("uuid", flat=True))
    change_set = services.merge_people(keep=ana, absorb=anna, by=alice)
    assert set(Listing.objects.values_list("key", flat=True)) == {ana.pk}
    assert len(timeline(Ref.to(anna), actor=alice).entries) == 1  # what the import did to it
    undo(change_set=change_set, by=alice)
    assert everything(ana, anna) == before
    assert set(Role.objects.values_list("uuid", flat=True)) == roles
    assert set(Listing.objects.values_list("key", flat=True)) == {ana.pk, anna.pk}
    assert "Alice added Anna Ruiz" in [one.plain for one in timeline(Ref.to(anna), actor=alice).entries]
    assert not Change.objects.exclude(kept="").exists()
    assert SearchDocument.objects.filter(kind="people.person", key=anna.pk).exists()


def test_a_later_edition_of_a_file_finds_the_merged_person(two, alice, tmp_path, capsys):
    ana, anna = two
    command(
        capsys, "import", write(tmp_path / "a.csv", "Own id,Name,First name,City\n2,Anna Ruiz,Anna,Cody\n")
    )
    services.merge_people(keep=ana, absorb=anna, by=alice)
    found = command(
        capsys, "import", write(tmp_path / "b.csv", "Own id,Name,First name,City\n2,Anna Ruiz,Anna,Casper\n")
    )
    assert (found["created"], found["updated"]) == ({"people": 0}, {"people": 1})
    assert Person.objects.get().city == "Casper"


def test_what_cannot_be_merged_stays_as_it_is(two, alice):
    ana, anna = two
    before = everything(ana, anna)
    entries = Entry.objects.count()
    with pytest.raises(ValidationError):
        services.merge_people(keep=ana, absorb=ana, by=alice)
    with pytest.raises(TypeError):
        services.merge_people(keep=ana, absorb=anna, by=alice, take=["shoe"])
    assert (everything(ana, anna), Entry.objects.count()) == (before, entries)


def test_merging_is_pure_and_keeps_what_is_there():
    one = PersonDocument(given_name="A", display_name="A", kind="volunteer", custom=(("size", "S"),))
    other = PersonDocument(
        given_name="A", display_name="A", kind="resident", custom=(("size", "M"), ("team", "x"))
    )
    both = merged(one, other)
    assert (both.kind, both.custom) == ("volunteer", (("size", "S"), ("team", "x")))
    assert merged(one, other, ["kind"]).kind == "resident"


def test_roles_of_a_removed_organisation_come_back_with_it(two, bakery, alice):
    from barnraise.plumbing.journal.services import close_change_set, open_change_set
    from barnraise.who.organisations.models import Organisation
    from barnraise.who.organisations.services import remove_many

    before = everything(*two)
    change_set = open_change_set(by=alice, verb="organisations.removed_many")
    assert remove_many([bakery.pk], by=alice, change_set=change_set) == {}
    close_change_set(change_set=change_set)
    assert (Role.objects.count(), Organisation.objects.count()) == (0, 0)
    undo(change_set=change_set, by=alice)
    assert everything(*two) == before


def test_an_undone_import_leaves_an_organisation_where_people_have_roles(tmp_path, capsys, alice):
    from barnraise.who.organisations.models import Organisation

    found = command(capsys, "import", write(tmp_path / "o.csv", "Name,City\nRotary,Cody\nLions,Cody\n"))
    command(
        capsys, "import", write(tmp_path / "p.csv", "First name,Last name,Organisation\nAna,Ruiz,Rotary\n")
    )
    undone = command(capsys, "imports", "undo", str(found["import"]))
    assert [one["reason"] for one in undone["kept"]] == ["Other records need it."]
    assert Organisation.objects.get().name == "Rotary"
    assert Role.objects.get().organisation.name == "Rotary"


def test_the_old_address_leads_to_the_one_that_stayed_until_the_merge_is_undone(two, alice, vera, logged_in):
    ana, anna = two
    third = services.register_person(PersonDocument(given_name="Ana Maria", family_name="Ruiz"), by=alice)
    browser, secret = logged_in(vera), add_token(account=vera, scope="read", name="test", by=None)[1]

    def read(person):
        return Client().get(f"/api/v1/people/{person.uuid}", headers={"authorization": f"Bearer {secret}"})

    services.merge_people(keep=ana, absorb=anna, by=alice)
    last = services.merge_people(keep=third, absorb=Person.objects.get(pk=ana.pk), by=alice)
    for gone in (ana, anna):
        answer = browser.get(gone.get_absolute_url())
        assert (answer.status_code, answer["Location"]) == (302, third.get_absolute_url())
        assert (read(gone).status_code, read(gone)["Location"]) == (302, f"/api/v1/people/{third.uuid}")
    undo(change_set=last, by=alice)
    assert browser.get(ana.get_absolute_url()).status_code == 200
    assert browser.get(anna.get_absolute_url())["Location"] == ana.get_absolute_url()
    services.erase_person(Person.objects.get(pk=ana.pk), by=alice)
    assert browser.get(anna.get_absolute_url()).status_code == read(anna).status_code == 404
    assert FormerAddress.objects.count() == 0
