"""After an erasure nothing tells who it was; a restore of an older backup erases again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.foundation.belongings import Belonging, belongings
from barnraise.foundation.refs import Ref
from barnraise.plumbing.files.services import keep as keep_file
from barnraise.plumbing.journal.selectors import entries
from barnraise.who.organisations.services import OrganisationDocument, register_organisation
from barnraise.who.people import selectors, services
from barnraise.who.people.documents import Id, PersonDocument, Post, Rating, Reach, Standing
from barnraise.who.people.models import ErasedAddress, Erasure, Person

from .importing import command, write

pytestmark = pytest.mark.django_db
TELLING = ("zelda", "quimby", "+17405550177", "zquimby", "riverbed choir")


@pytest.fixture(autouse=True)
def no_erasures_yet():
    services.record_of_erasures().unlink(missing_ok=True)
    yield
    services.record_of_erasures().unlink(missing_ok=True)


@pytest.fixture
def zelda(alice, tmp_path, capsys):
    """Somebody known by everything there is: an import, roles, a file, changes, a merge."""
    file = write(
        tmp_path / "people.csv",
        "First name,Last name,E-mail,Organisation,Job title\nZelda,Quimby,zquimby@example.org,Rosa's Bakery,Baker\n"
        "Bo,Li,bo@example.org,Rosa's Bakery,Driver\n",
    )
    command(capsys, "import", file)
    row = Person.objects.get(family_name="Quimby")
    services.change_person(
        row,
        by=alice,
        about="Zelda sings.",
        contacts=(Reach("email", "zquimby@example.org"), Reach("phone", "+17405550177")),
        identifiers=(Id("OWN", "quimby-7"),),
        leaderships=(
            Standing(
                "faith", "Riverbed Choir", notes=(Rating("reach", 3, "Quimby is loud", timezone.localdate()),)
            ),
        ),
        tags=("Music",),
    )
    twin = services.register_person(PersonDocument(given_name="Zelda", family_name="Quimby-Twin"), by=alice)
    services.merge_people(keep=row, absorb=twin, by=alice)
    letter = io.BytesIO(b"Dear Zelda Quimby\n")
    letter.name = "zelda-letter.txt"
    keep_file(letter, by=alice, about=Ref.to(row))
    row.refresh_from_db()
    return row


def told_anywhere():
    """Every text of the database and of the data folder that still tells who it was."""
    found = []
    for model in apps.get_models():
        if model._meta.label == "people.Erasure":
            continue
        for values in model._default_manager.values():
            text = json.dumps(
                {k: v for k, v in values.items() if not isinstance(v, bytes)}, default=str
            ).casefold()
            found += [(model._meta.label, word) for word in TELLING if word in text]
    for path in Path(settings.DATA).rglob("*"):
        if path.is_file() and path.suffix != ".sqlite3":
            text = path.read_bytes().decode("utf-8", "replace").casefold()
            found += [(path.name, word) for word in TELLING if word in text]
    return sorted(set(found))


def test_nothing_tells_who_it_was(zelda, alice, django_capture_on_commit_callbacks):
    assert told_anywhere()
    with django_capture_on_commit_callbacks(execute=True):
        erasure = services.erase_person(zelda, by=alice)
    assert told_anywhere() == []
    assert [one.display_name for one in Person.objects.all()] == ["Bo Li"]
    assert (erasure.erased_on, erasure.by, erasure.addresses.count()) == (timezone.localdate(), alice, 2)
    told = [one.plain for one in entries(actor=alice).entries]
    assert told[0] == "Alice erased a person"
    assert "Alice added something" in told or "Alice added person" in told
    line = json.loads(services.record_of_erasures().read_text())
    assert (line["uuid"], len(line["addresses"])) == (str(erasure.uuid), 2)
    assert services.record_of_erasures().stat().st_mode & 0o077 == 0


def test_an_erased_address_is_recognised_when_it_comes_again(zelda, alice, tmp_path, capsys):
    services.erase_person(zelda, by=alice)
    mailbox = ("email", "zquimby@example.org")
    assert selectors.erased_on([mailbox, ("email", "x@example.org")]) == {mailbox: timezone.localdate()}
    file = write(
        tmp_path / "b.csv",
        "First name,Last name,E-mail\nZelda,Quimby,zquimby@example.org\nCy,Ng,cy@example.org\n",
    )
    found = command(capsys, "import", file)
    assert found["created"] == {"people": 1}
    assert found["refused"][0]["reason"].startswith("Somebody with this address asked to be erased, on 20")
    again = services.register_person(
        PersonDocument(given_name="Zelda", contacts=(Reach(*mailbox),)), by=alice
    )
    assert again.pk  # by hand they may be here again


def test_a_room_that_still_holds_the_person_stops_it_all(zelda, alice):
    def refuse(ref, *, by):
        raise ValidationError("held")

    plug = Belonging((), ("people.person",), lambda *a, **k: None, lambda ref: {}, refuse)
    before = selectors.snapshot([zelda.pk])
    with belongings.plugged("test.holds", plug, order=999), pytest.raises(ValidationError):
        services.erase_person(zelda, by=alice)
    assert selectors.snapshot([zelda.pk]) == before
    assert not Erasure.objects.exists()
    assert not services.record_of_erasures().exists()


def test_a_restored_backup_is_held_against_the_record(alice, django_capture_on_commit_callbacks):
    people = [services.register_person(PersonDocument(given_name=name), by=alice) for name in ("Ana", "Bo")]
    stored = selectors.snapshot([people[0].pk])[people[0].pk]
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_person(people[0], by=alice)
    assert services.apply_erasures_again() == 0
    # The older database: the person is there again, and nobody has heard of the erasure.
    Erasure.objects.all().delete()
    back = services.register_person(PersonDocument(given_name="Ana"), by=alice)
    Person.objects.filter(pk=back.pk).update(uuid=stored["uuid"])
    assert services.apply_erasures_again() == 1
    assert [one.display_name for one in Person.objects.all()] == ["Bo"]
    assert Erasure.objects.count() == 1
    assert services.apply_erasures_again() == 0


def test_the_file_learns_what_only_the_database_knows(alice):
    ana = services.register_person(
        PersonDocument(given_name="Ana", contacts=(Reach("email", "ana@example.org"),)), by=alice
    )
    services.erase_person(ana, by=alice)  # the process died before it wrote the line
    assert not services.record_of_erasures().exists()
    assert services.apply_erasures_again() == 0
    line = json.loads(services.record_of_erasures().read_text())
    assert line["addresses"] == [ErasedAddress.objects.get().digest]


def test_everything_is_handed_out_on_request(zelda, alice):
    told = services.export_person(zelda, by=alice)
    assert json.loads(json.dumps(told)) == told
    assert told["people"]["given_name"] == "Zelda"
    assert told["people"]["roles"][0]["organisation"] == "Rosa's Bakery"
    assert [one["name"] for one in told["files"]["files"]] == ["zelda-letter.txt"]
    assert told["imports"]["imports"][0]["said"]["family_name"] == "Quimby"
    assert any("merged" in one["what"] for one in told["journal"]["journal"])
    assert entries(actor=alice).entries[0].plain == "Alice exported everything kept about Zelda Quimby"


def test_an_organisation_tells_who_works_there(alice):
    bakery = register_organisation(OrganisationDocument(name="Rosa's Bakery"), by=alice)
    services.register_person(PersonDocument(given_name="Ana", roles=(Post(bakery.pk, "Baker"),)), by=alice)
    plug = belongings.get("people.roles")
    assert plug.export(Ref.to(bakery))["roles"][0]["person"] == "Ana"
    assert plug.holds([Ref.to(bakery)]) == {bakery.pk}
