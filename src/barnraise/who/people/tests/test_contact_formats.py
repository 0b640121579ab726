"""Google Contacts, Mailchimp audiences and address cards, as those programs export them."""

from __future__ import annotations

import zipfile

import pytest

from barnraise.plumbing.imports import services as imports
from barnraise.plumbing.imports.models import Finding, Import
from barnraise.plumbing.imports.selectors import job_of
from barnraise.plumbing.jobs.services import follow
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import documents as organisation_documents
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Person, PersonIdentifier
from barnraise.who.people.selectors import by_addresses, documents
from barnraise.who.people.services import register_person

from .importing import command, everything, write

pytestmark = pytest.mark.django_db

GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Nickname,Birthday,Notes,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,"
    "Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
    "Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Title,Organization 1 - Department,Relation 1 - Type,Relation 1 - Value,Website 1 - Type,Website 1 - Value\n"
    'Dr. Ana Luz Ruiz,Ana,Luz,Ruiz,,Dr.,Anita,1980-03-22,"Knows soil.\nAsk her.",* myContacts ::: Garden ::: * Starred,'
    "* Home,ana@home.example ::: ana2@home.example,Work,ana@example.org,Mobile,(307) 555-0100,Work Fax,no number,"
    'Home,"1 Mill Street\nCasper, WY 82601\nUSA",1 Mill Street,Casper,,WY,82601,USA,,,Rosa\'s Bakery,Baker,Ovens,Spouse,Bob,Blog,ana.example\n'
    ",,,,,,,,,,,nobody@example.org,,,,,,,,,,,,,,,,,,,,,,,\n"
    ",,,,,,,,only a note,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,"
    "Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,"
    "Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address\n"
    "Luis,,Vega,,,,,,,,River Library,Driver,,,,https://photos.example/1,Books ::: * myContacts,* Work,luis@example.org,"
    'Mobile,+1 307-555-0102,Home,"2 Oak\nCody, WY 82414\nUS",2 Oak,Cody,,WY,82414,US,\n'
)


def _tags(person: Person) -> tuple[str, ...]:
    return documents([person.pk])[person.pk].tags


def _format() -> str:
    return Import.objects.latest("pk").format


def _person(name: str) -> Person:
    return Person.objects.get(display_name=name)


def _reached(person: Person) -> list[tuple[str, str, str]]:
    return [(one.kind, one.value, one.label) for one in person.contacts.order_by("position")]


def test_google_contacts_with_the_old_headings(tmp_path, capsys):
    found = command(capsys, "import", write(tmp_path / "contacts.csv", GOOGLE_OLD))
    assert (_format(), found["created"]) == ("google_contacts", {"people": 2, "organisations": 1})
    assert [(one["row"], one["column"]) for one in found["refused"]] == [(4, "Name")]
    ana = _person("Dr. Ana Luz Ruiz")
    assert (ana.given_name, ana.family_name, ana.kind, ana.about) == (
        "Ana",
        "Ruiz",
        "representative",
        "Knows soil.\nAsk her.",
    )
    assert _reached(ana) == [
        ("email", "ana@home.example", "home"),
        ("email", "ana2@home.example", "home"),
        ("email", "ana@example.org", "work"),
        ("phone", "+13075550100", "mobile"),
        ("website", "https://ana.example/", "blog"),
    ]
    at = ana.addresses.get()
    assert (at.label, at.lines, at.city, at.region, at.postcode, at.country) == (
        "home",
        "1 Mill Street",
        "Casper",
        "WY",
        "82601",
        "US",
    )
    role = ana.roles.get()
    assert (role.organisation.name, role.title, role.note) == ("Rosa's Bakery", "Baker", "Ovens")
    assert ana.facts == {
        "Nickname": "Anita",
        "Birthday": "1980-03-22",
        "Additional Name": "Luz",
        "Name Prefix": "Dr.",
        "Spouse": "Bob",
        "phone work fax": "no number",
    }
    assert _tags(ana) == ("Garden",)
    assert _reached(_person("nobody@example.org")) == [("email", "nobody@example.org", "")]


def test_google_contacts_with_the_new_headings(tmp_path, capsys):
    found = command(capsys, "import", write(tmp_path / "contacts.csv", GOOGLE_NEW))
    assert (_format(), found["created"], found["refused"]) == (
        "google_contacts",
        {"people": 1, "organisations": 1},
        [],
    )
    luis = _person("Luis Vega")
    assert _reached(luis) == [("email", "luis@example.org", "work"), ("phone", "+13075550102", "mobile")]
    assert (luis.roles.get().organisation.name, luis.roles.get().title) == ("River Library", "Driver")
    assert _tags(luis) == ("Books",)


COMMON = (
    "Email Address,First Name,Last Name,Company,Position,Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,"
    "LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,"
)
SUBSCRIBED = (
    f"{COMMON}LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
    "ana@example.org, Ana , Ruiz ,Rosa's Bakery,Baker,1 Mill Street    Casper  WY  82601  US,4,2023-04-21 11:16:57,192.0.2.1,"
    '2023-04-21 11:20:00,192.0.2.1,42.8,-106.3,-7,-6,America/Denver,us,wy,2024-01-01 00:00:00,501,e501,Likes bread,"""Board"",""Garden, seeds"""\n'
    "luis@example.org,,,,,,,2023-05-01 00:00:00,,2023-05-01 00:00:00,,,,,,,,,,502,e502,,\n"
)
UNSUBSCRIBED = (
    f"{COMMON}UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID,NOTES,TAGS\n"
    "mia@example.org,Mia,Chen,,,,,2018-02-12 10:54:27,,2018-02-12 10:54:27,,,,,,,,,2018-07-23 12:19:27,July news,77,"
    "NO_LONGER_INTERESTED,,503,e503,,\n"
)
CLEANED = (
    f"{COMMON}CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS\n"
    "gone@example.org,Gone,Person,,,,,2018-02-12 10:54:27,,,,,,,,,,,2019-01-02 03:04:05,January news,78,504,e504,,\n"
    "not an address,,,,,,,,,,,,,,,,,,,,,505,e505,,\n"
)


def test_a_mailchimp_audience_as_its_zip_holds_it(tmp_path, capsys):
    archive = tmp_path / "audience.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("subscribed_email_audience_export_1.csv", SUBSCRIBED)
        packed.writestr("unsubscribed_email_audience_export_1.csv", UNSUBSCRIBED)
        packed.writestr("cleaned_email_audience_export_1.csv", CLEANED)
    expected = command(capsys, "import", archive, "--dry-run")
    assert (expected["created"], Person.objects.count()) == ({"people": 4, "organisations": 1}, 0)
    found = command(capsys, "import", archive)
    assert (_format(), found["created"]) == ("mailchimp", {"people": 4, "organisations": 1})
    assert [(one["column"], one["value"]) for one in found["refused"]] == [
        ("Email Address", "not an address")
    ]
    ana = _person("Ana Ruiz")
    assert (ana.has_email, _reached(ana), ana.about) == (
        True,
        [("email", "ana@example.org", "")],
        "Likes bread",
    )
    assert ana.facts == {
        "MAILCHIMP_STATUS": "subscribed",
        "MEMBER_RATING": "4",
        "OPTIN_TIME": "2023-04-21 11:16:57",
        "OPTIN_IP": "192.0.2.1",
        "CONFIRM_TIME": "2023-04-21 11:20:00",
        "CONFIRM_IP": "192.0.2.1",
        "LAST_CHANGED": "2024-01-01 00:00:00",
    }
    assert _tags(ana) == ("Board", "Garden seeds")
    assert (ana.addresses.get().lines, ana.city, ana.addresses.get().country) == (
        "1 Mill Street",
        "Casper",
        "US",
    )
    assert (ana.roles.get().organisation.name, ana.roles.get().title) == ("Rosa's Bakery", "Baker")
    assert set(PersonIdentifier.objects.filter(person=ana).values_list("scheme", "value")) == {
        ("MAILCHIMP", "501"),
        ("MAILCHIMP.EUID", "e501"),
    }
    assert _person("luis@example.org").has_email


def test_who_left_an_audience_is_not_reachable_by_mail(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "unsubscribed.csv", UNSUBSCRIBED))
    command(capsys, "import", write(tmp_path / "cleaned.csv", CLEANED))
    mia, gone = _person("Mia Chen"), _person("Gone Person")
    assert (mia.has_email, _reached(mia)) == (False, [("email", "mia@example.org", "unsubscribed")])
    assert (gone.has_email, _reached(gone)) == (False, [("email", "gone@example.org", "cleaned")])
    told = {
        name: mia.facts[name]
        for name in ("MAILCHIMP_STATUS", "UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_REASON")
    }
    assert told == {
        "MAILCHIMP_STATUS": "unsubscribed",
        "UNSUB_TIME": "2018-07-23 12:19:27",
        "UNSUB_CAMPAIGN_TITLE": "July news",
        "UNSUB_REASON": "NO_LONGER_INTERESTED",
    }
    assert gone.facts["CLEAN_TIME"] == "2019-01-02 03:04:05"
    # Who they are is still told by their address: a mail from them belongs to them.
    assert by_addresses(["mia@example.org"]) == {"mia@example.org": [mia.pk]}


def test_a_subscriber_who_left_since_is_the_same_person_and_reachable_no_more(tmp_path, capsys):
    command(capsys, "import", write(tmp_path / "subscribed.csv", SUBSCRIBED))
    ana = _person("Ana Ruiz")
    assert ana.has_email
    left = UNSUBSCRIBED.replace("mia@example.org,Mia,Chen", "ana@example.org,Ana,Ruiz").replace(
        "503,e503", "501,e501"
    )
    found = command(capsys, "import", write(tmp_path / "unsubscribed.csv", left))
    assert (found["created"], found["updated"]) == ({"people": 0}, {"people": 1})
    ana.refresh_from_db()
    assert (ana.has_email, _reached(ana)) == (False, [("email", "ana@example.org", "unsubscribed")])
    assert ana.facts["MAILCHIMP_STATUS"] == "unsubscribed"
    assert ana.roles.get().title == "Baker"


CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-1\r\nFN:Dr. Ana Ruiz\r\nN:Ruiz;Ana;;Dr.;\r\nORG:Rosa's Bakery;Ovens\r\nTITLE:Baker\r\n"
    "EMAIL;TYPE=WORK:ana@example.org\r\nTEL;TYPE=CELL:(307) 555-0100\r\nADR;TYPE=HOME:;;1 Mill Street;Casper;WY;82601;USA\r\n"
    "CATEGORIES:Garden\r\nBDAY:1980-03-22\r\nLANG:es\r\nNOTE:Knows soil.\r\nPHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nUID:card-2\r\nFN:Riverbend Garden Club\r\nORG:Riverbend Garden Club\r\n"
    "EMAIL:hello@garden.example\r\nTEL:+13075550109\r\nADR:;;9 Garden Way;Casper;WY;82601;US\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Block Watch\r\nMEMBER:urn:uuid:card-1\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Pe=C3=B1a;Luz\r\nTEL;WORK:ask at the desk\r\nbroken line\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n"
)


def test_address_cards_of_three_versions(tmp_path, capsys):
    file = write(tmp_path / "cards.vcf", CARDS)
    expected = command(capsys, "import", file, "--dry-run")
    assert (expected["created"], Person.objects.count()) == ({"organisations": 2}, 0)
    found = command(capsys, "import", file)
    assert (found["kind"], found["created"], found["refused"]) == (
        "vcard_organisations",
        {"organisations": 2},
        [],
    )
    rest = found["then"]
    assert (_format(), rest["created"]) == ("vcard", {"people": 2, "organisations": 1})
    assert [(one["row"], one["column"], one["value"]) for one in rest["refused"]] == [(5, "FN", "")]
    assert sorted(Organisation.objects.values_list("name", flat=True)) == [
        "Block Watch",
        "Riverbend Garden Club",
        "Rosa's Bakery",
    ]
    ana = _person("Ana Ruiz")
    assert (ana.language, ana.about, ana.kind, ana.city) == ("es", "Knows soil.", "representative", "Casper")
    assert _reached(ana) == [("email", "ana@example.org", "work"), ("phone", "+13075550100", "mobile")]
    assert (ana.roles.get().organisation.name, ana.roles.get().title, ana.roles.get().note) == (
        "Rosa's Bakery",
        "Baker",
        "Ovens",
    )
    assert ana.facts == {"BDAY": "1980-03-22", "name prefix": "Dr."}
    assert PersonIdentifier.objects.get(person=ana).value == "card-1"
    luz = _person("Luz Peña")
    assert (_reached(luz), luz.facts) == ([], {"phone work": "ask at the desk"})


def test_one_file_gives_organisations_and_the_people_whose_roles_find_them(
    tmp_path, capsys, alice, logged_in
):
    file = write(
        tmp_path / "cards.vcf", CARDS.replace("ORG:Rosa's Bakery;Ovens", "ORG:Riverbend Garden Club")
    )
    with file.open("rb") as opened:
        batch = imports.give(files=[opened], by=alice)
    follow(job=imports.start_run(batch=batch, by=alice))
    batch.refresh_from_db()
    assert (batch.state, batch.created, Person.objects.count()) == (Import.State.DONE, 2, 0)
    rest = batch.followed_by.get()
    follow(job=job_of(rest))
    rest.refresh_from_db()
    assert (rest.state, rest.created, rest.brought, rest.by) == (Import.State.DONE, 2, {}, alice)
    browser = logged_in(alice)
    assert rest.get_absolute_url() in browser.get(batch.get_absolute_url()).content.decode()
    assert batch.get_absolute_url() in browser.get(rest.get_absolute_url()).content.decode()
    assert sorted(Organisation.objects.values_list("name", flat=True)) == [
        "Block Watch",
        "Riverbend Garden Club",
    ]
    assert _person("Ana Ruiz").roles.get().organisation.identifiers.get().value == "card-2"
    club = Organisation.objects.get(name="Riverbend Garden Club")
    assert sorted((one.kind, one.value) for one in organisation_documents([club.pk])[club.pk].contacts) == [
        ("email", "hello@garden.example"),
        ("phone", "+13075550109"),
    ]
    assert (club.city, club.identifiers.get().value) == ("Casper", "card-2")


def test_whoever_looked_at_the_first_part_looks_at_the_rest_before_it_is_taken_in(tmp_path, alice, logged_in):
    file = write(tmp_path / "cards.vcf", CARDS)
    with file.open("rb") as opened:
        batch = imports.give(files=[opened], by=alice)
    follow(job=imports.start_check(batch=batch, by=alice))
    batch.refresh_from_db()
    follow(job=imports.start_run(batch=batch, by=alice))
    rest = batch.followed_by.get()
    assert rest.state == Import.State.CHECKING
    follow(job=job_of(rest))
    rest.refresh_from_db()
    assert (rest.state, rest.expected["created"], rest.expected["refused"]) == (Import.State.CHECKED, 2, 1)
    assert Person.objects.count() == 0
    page = logged_in(alice).get(batch.get_absolute_url()).content.decode()
    assert "nothing of it is taken in yet" in page
    follow(job=imports.start_run(batch=rest, by=alice))
    rest.refresh_from_db()
    assert (rest.state, rest.created, Person.objects.count()) == (Import.State.DONE, 2, 2)


def test_people_alone_refuse_cards_of_organisations(tmp_path, alice):
    file = write(tmp_path / "cards.vcf", CARDS)
    with file.open("rb") as opened:
        batch = imports.give(files=[opened], by=alice)
    batch = imports.set_format(batch=batch, format_name="vcard", by=alice)
    follow(job=imports.start_run(batch=batch, by=alice))
    batch.refresh_from_db()
    assert (batch.created, batch.refused, batch.followed_by.count()) == (2, 3, 0)


def test_google_contacts_without_a_person_are_organisations(tmp_path, capsys):
    head, *rows = GOOGLE_NEW.splitlines()
    names = head.split(",")
    club = dict.fromkeys(names, "") | {
        "Organization Name": "Garden Club",
        "E-mail 1 - Value": "hi@garden.example",
    }
    text = "\n".join([head, ",".join(club.values()), *rows]) + "\n"
    found = command(capsys, "import", write(tmp_path / "contacts.csv", text))
    assert (found["kind"], found["created"]) == ("google_organisations", {"organisations": 1})
    assert (found["then"]["kind"], found["then"]["rows"]) == ("google_contacts", 1)
    row = Organisation.objects.get(name="Garden Club")
    assert [one.value for one in organisation_documents([row.pk])[row.pk].contacts] == ["hi@garden.example"]
    assert not Person.objects.filter(display_name="hi@garden.example").exists()


def test_a_file_of_organisations_only_needs_no_choice(tmp_path, capsys):
    only = CARDS[CARDS.index("BEGIN:VCARD\r\nVERSION:4.0") : CARDS.index("BEGIN:VCARD\r\nVERSION:2.1")]
    found = command(capsys, "import", write(tmp_path / "clubs.vcf", only))
    assert (_format(), found["created"]["organisations"]) == ("vcard_organisations", 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("contacts.csv", GOOGLE_OLD),
        ("new.csv", GOOGLE_NEW),
        ("subscribed.csv", SUBSCRIBED),
        ("left.csv", UNSUBSCRIBED),
        ("c.vcf", CARDS),
    ],
)
def test_again_changes_nothing_and_an_undo_takes_it_all_back(tmp_path, capsys, name, text):
    nothing = everything()
    command(capsys, "import", write(tmp_path / name, text))
    before = everything()
    assert before != nothing
    again = command(capsys, "import", write(tmp_path / f"again-{name}", text))
    for told in (again, again.get("then", again)):
        assert set(told["created"].values()) == set(told["updated"].values()) == {0}
    assert everything() == before
    for batch in Import.objects.order_by("-pk"):
        command(capsys, "imports", "undo", batch.uuid)
    assert everything() == nothing


def test_a_member_without_a_name_is_offered_as_the_person_of_that_address(tmp_path, capsys, alice):
    there = register_person(
        PersonDocument(given_name="Luis", family_name="Vega", contacts=(Reach("email", "luis@example.org"),)),
        by=alice,
    )
    command(capsys, "import", write(tmp_path / "subscribed.csv", SUBSCRIBED), "--dry-run")
    match = Finding.objects.get(kind=Finding.Kind.MATCH)
    assert (match.key, match.details["value"]) == (there.pk, "luis@example.org")


def test_cards_can_be_mapped_as_a_table_too(tmp_path, alice):
    file = write(tmp_path / "cards.vcf", CARDS)
    with file.open("rb") as opened:
        batch = imports.give(files=[opened], by=alice)
    mapping = {"columns": {"Organisation": {"field": "name"}, "City": {"field": "city"}}}
    batch = imports.set_mapping(batch=batch, mapping=mapping, noun="organisations", by=alice)
    follow(job=imports.start_run(batch=batch, by=alice))
    batch.refresh_from_db()
    assert (batch.created, batch.refused) == (2, 3)
