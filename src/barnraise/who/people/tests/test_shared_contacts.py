"""Real exports of contacts, where they lie beside the checkout, against what is written down for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from barnraise.plumbing.imports.models import Import
from barnraise.who.people.models import Person

from .importing import command, everything

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def _shared(path: str) -> Path:
    named = os.environ.get("BARNRAISE_SHARED_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[5].parent / "shared" / "data"
    if not (folder / path).exists():
        pytest.skip(f"{path} is not here")
    return folder / path


CASES = [
    ("people/mailchimp/subscribed.csv", "mailchimp", 5, 0),
    ("people/mailchimp/unsubscribed.csv", "mailchimp", 5, 0),
    ("people/contacts_csv/roundcube_gmail.csv", "google_contacts", 1, 0),
    ("people/contacts_csv/expected_email.vcf", "vcard", 4, 0),
    ("people/vcard/ez_gmail-list.vcf", "vcard", 3, 0),
    ("people/vcard/ez_John_Doe_EVOLUTION.vcf", "vcard", 1, 0),
    ("people/vcard/ez_John_Doe_GMAIL.vcf", "vcard", 1, 0),
    ("people/vcard/ez_John_Doe_MS_OUTLOOK.vcf", "vcard", 1, 0),
    ("people/vcard/ez_outlook-2007.vcf", "vcard", 1, 0),
    ("people/vcard/ez_rfc2426-example.vcf", "vcard", 2, 0),
    ("people/vcard/ez_rfc6350-example.vcf", "vcard", 1, 0),
    ("people/vcard/icaljs_vcard.vcf", "vcard", 1, 0),
    ("people/vcard/icaljs_vcard3.vcf", "vcard", 1, 0),
    ("people/vcard/roundcube_johndoe.vcf", "vcard", 1, 0),
    ("people/vcard/roundcube_photo.vcf", "vcard_organisations", 1, 0),
    ("people/vcard/tine_contacts.vcf", "vcard", 2, 0),
    ("people/vcard/tine_emclient_addressbook.vcf", "vcard", 1, 0),
    ("people/vcard/tine_ios_5_addressbook.vcf", "vcard", 1, 0),
    ("people/vcard/tine_mac_os_x_addressbook.vcf", "vcard", 1, 0),
]


@pytest.mark.parametrize(("path", "kind", "count", "refused"), CASES)
def test_it_comes_in_unmapped_and_twice_is_once(path, kind, count, refused, capsys):
    file = _shared(path)
    nothing = everything()
    found = command(capsys, "import", file)
    noun = "organisations" if kind == "vcard_organisations" else "people"
    assert (found["kind"], found["created"][noun], len(found["refused"])) == (kind, count, refused)
    before = everything()
    again = command(capsys, "import", file)
    assert (again["created"][noun], again["updated"][noun]) == (0, 0)
    assert everything() == before
    for batch in Import.objects.order_by("-pk"):
        command(capsys, "imports", "undo", batch.uuid)
    assert everything() == nothing


def test_nobody_who_left_the_audience_is_reachable(capsys):
    command(capsys, "import", _shared("people/mailchimp/unsubscribed.csv"))
    assert Person.objects.filter(has_email=True).count() == 0
    left = dict(Person.objects.values_list("display_name", "facts"))
    assert left["Dolor"]["UNSUB_TIME"] == "2018-07-23 12:19:27"
    assert {one["MAILCHIMP_STATUS"] for one in left.values()} == {"unsubscribed"}


def test_the_roundcube_person_of_google(capsys):
    command(capsys, "import", _shared("people/contacts_csv/roundcube_gmail.csv"))
    person = Person.objects.get()
    assert [one.value for one in person.contacts.filter(kind="email").order_by("position")] == [
        "home@aaa.pl",
        "work@email.pl",
        "unknown@email.com",
        "other@email.com",
    ]
    assert person.roles.get().organisation.name == "company"
