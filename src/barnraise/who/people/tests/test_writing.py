"""People are written by one writer: what is kept, what is refused, what an undo takes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from barnraise.plumbing.journal.services import close_change_set, open_change_set, record, undo
from barnraise.plumbing.search.models import SearchDocument
from barnraise.plumbing.tags.models import Tagging
from barnraise.who.organisations.services import OrganisationDocument, person_source, register_organisation
from barnraise.who.people import selectors, services
from barnraise.who.people.documents import Id, PersonDocument, Place, Post, Rating, Reach, Standing
from barnraise.who.people.models import CustomField, LeaderNote, Leadership, Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery(db):
    return register_organisation(OrganisationDocument(name="Rosa's Bakery", kind="business"), by=None)


def ana_of(bakery):
    return PersonDocument(
        given_name="Ana",
        family_name="Ruiz",
        kind="representative",
        language="es",
        contacts=(
            Reach("email", "Ana@Example.org".replace("E", "e"), "work"),
            Reach("phone", "+17405550100"),
        ),
        addresses=(Place(label="home", city="Riverbend", region="OH", postcode="43099", country="US"),),
        identifiers=(Id("OWN", "7"),),
        roles=(Post(bakery.pk, "Baker", started_on=date(2020, 1, 1)),),
        leaderships=(
            Standing(
                "grassroots",
                "Mill tenants",
                term_ends_on=date(2027, 1, 1),
                notes=(Rating("reach", 4, "", date(2025, 1, 1)),),
            ),
        ),
        tags=("Food",),
    )


def test_a_person_is_what_the_document_says(bakery, alice):
    row = services.register_person(ana_of(bakery), by=alice)
    assert (row.display_name, row.name_folded, row.family_folded) == ("Ana Ruiz", "ana ruiz", "ruiz ana")
    assert (row.city, row.has_email, row.has_phone, row.source.name) == ("Riverbend", True, True, "Alice")
    said = selectors.documents([row.pk])[row.pk]
    assert said.contacts == (Reach("email", "Ana@example.org", "work"), Reach("phone", "+17405550100"))
    assert [(post.organisation, post.title) for post in said.roles] == [(bakery.pk, "Baker")]
    assert said.leaderships[0].notes[0].level == 4
    assert said.tags == ("Food",)
    found = SearchDocument.objects.get(kind="people.person", key=row.pk)
    assert found.title == "Ana Ruiz"
    assert "Rosa's Bakery" in found.excerpt


def test_writing_the_same_again_changes_nothing(bakery, alice):
    row = services.register_person(ana_of(bakery), by=alice)
    before = selectors.snapshot([row.pk])
    assert services.change_person(row, by=alice, roles=(Post(bakery.pk, "baker "[:5].title()),)) != {}
    assert (
        Role.objects.get().uuid == Role.objects.get(uuid=before[row.pk]["document"]["roles"][0]["uuid"]).uuid
    )
    said = selectors.documents([row.pk])[row.pk]
    written = services.write_many([said], by=alice, source=person_source(alice), change_set=None)
    assert (written.unchanged, written.updated) == ([row.pk], [])


def test_what_is_shown_follows_the_names_unless_somebody_gave_another(alice):
    row = services.register_person(PersonDocument(given_name="Ana", family_name="Ruiz"), by=alice)
    services.change_person(row, by=alice, family_name="Ruiz Vega")
    row.refresh_from_db()
    assert row.display_name == "Ana Ruiz Vega"
    services.change_person(row, by=alice, display_name="Doña Ana")
    services.change_person(row, by=alice, given_name="Anna")
    row.refresh_from_db()
    assert (row.display_name, row.given_name) == ("Doña Ana", "Anna")


@pytest.mark.parametrize(
    ("values", "field", "reason"),
    [
        ({"given_name": "", "family_name": ""}, "given_name", "Write a name: given, family or the one to be shown."),
        ({"kind": "martian"}, "kind", "Choose one of the kinds."),
        ({"language": "xx"}, "language", "Choose one of the languages."),
        ({"contacts": (Reach("email", "nobody"),)}, "contacts",
         "This is not an e-mail address; it needs a name, an @ and a domain."),
        ({"roles": (Post(1, started_on=date(2025, 1, 2), ended_on=date(2025, 1, 1)),)}, "roles",
         "A role cannot end before it began."),
        ({"custom": (("shoe", "42"),)}, "custom", "There is no custom field “shoe”."),
    ],
)  # fmt: skip
def test_refusals_name_the_field_and_change_nothing(alice, values, field, reason):
    row = services.register_person(PersonDocument(given_name="Ana", identifiers=(Id("OWN", "7"),)), by=alice)
    before = selectors.snapshot([row.pk])
    if "given_name" in values:
        values = {**values, "display_name": ""}
    with pytest.raises(ValidationError) as no:
        services.change_person(row, by=alice, **values)
    assert no.value.message_dict == {field: [reason]}
    assert selectors.snapshot([row.pk]) == before


def test_two_people_may_share_a_mailbox_but_not_an_identifier(alice):
    shared = (Reach("email", "home@example.org"),)
    one = services.register_person(
        PersonDocument(given_name="Ana", contacts=shared, identifiers=(Id("OWN", "7"),)), by=alice
    )
    two = services.register_person(PersonDocument(given_name="Luis", contacts=shared), by=alice)
    assert selectors.by_addresses(["Home@Example.org", "x@example.org"]) == {
        "Home@Example.org": [one.pk, two.pk],
        "x@example.org": [],
    }
    with pytest.raises(ValidationError) as no:
        services.change_person(two, by=alice, identifiers=(Id("OWN", "7"),))
    assert no.value.messages == ["OWN 7 belongs to Ana already."]
    assert selectors.documents([two.pk])[two.pk].identifiers == ()


def test_custom_fields_keep_values_of_their_kind(alice):
    field = CustomField(key="size", label="Shirt", type="choice", options=["S", "M"])
    field.created_at = field.updated_at = alice.created_at
    field.save()
    row = services.register_person(PersonDocument(given_name="Ana", custom=(("size", "m"),)), by=alice)
    assert row.custom == {"size": "M"}
    with pytest.raises(ValidationError) as no:
        services.change_person(row, by=alice, custom=(("size", "XL"),))
    assert no.value.messages == ["Shirt: “XL” is not one of its options."]
    services.change_person(row, by=alice, custom=(("size", ""),))
    row.refresh_from_db()
    assert row.custom == {}


def test_roles_begin_and_end_and_both_timelines_tell_it(bakery, alice):
    row = services.register_person(PersonDocument(given_name="Ana"), by=alice)
    role = services.add_role(row, organisation=bakery, title="Baker", is_main_contact=True, by=alice)
    assert services.end_role(role, on=date(2026, 1, 31), by=alice) is True
    assert services.end_role(role, on=date(2026, 1, 31), by=alice) is False
    assert (role.ended_on, role.is_current(date(2026, 1, 31)), role.is_current(date(2026, 2, 1))) == (
        date(2026, 1, 31),
        True,
        False,
    )
    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.journal.selectors import timeline

    told = [entry.plain for entry in timeline(Ref.to(bakery), actor=alice).entries]
    assert told[:2] == [
        "Alice noted that Ana has left Rosa's Bakery",
        "Alice noted a role of Ana at Rosa's Bakery",
    ]
    services.remove_role(role, by=alice)
    assert not Role.objects.exists()


def test_an_undo_brings_everything_back(bakery, alice):
    row = services.register_person(ana_of(bakery), by=alice)
    before = selectors.snapshot([row.pk])
    change_set = services.remove_person(row, by=alice)
    assert (Person.objects.count(), Role.objects.count(), Tagging.objects.count()) == (0, 0, 0)
    assert not SearchDocument.objects.filter(kind="people.person").exists()
    undo(change_set=change_set, by=alice)
    after = selectors.snapshot([row.pk])
    for one in (before[row.pk], after[row.pk]):
        one.pop("updated_at")
    assert after == before
    assert LeaderNote.objects.get().leadership == Leadership.objects.get()
    assert SearchDocument.objects.filter(kind="people.person", key=row.pk).exists()


def test_a_batch_is_undone_as_one(bakery, alice):
    luis = services.register_person(PersonDocument(given_name="Luis", about="plays"), by=alice)
    change_set = open_change_set(by=alice, verb="people.wrote_many")
    said = selectors.documents([luis.pk])[luis.pk]
    written = services.write_many(
        [replace(said, about="sings", tags=("Music",)), ana_of(bakery)],
        by=alice,
        source=person_source(alice),
        change_set=change_set,
    )
    from django.db import transaction

    with transaction.atomic():
        record(
            by=alice,
            verb="people.wrote_many",
            about=[],
            details={"created": 1, "updated": 1},
            change_set=change_set,
        )
    close_change_set(change_set=change_set)
    assert (len(written.created), written.updated) == (1, [luis.pk])
    undo(change_set=change_set, by=alice)
    luis.refresh_from_db()
    assert (luis.about, list(Person.objects.all()), Tagging.objects.count()) == ("plays", [luis], 0)


def test_a_wrong_batch_writes_nothing(bakery, alice):
    taken = PersonDocument(given_name="Luis", identifiers=(Id("OWN", "7"),))
    with pytest.raises(ValidationError):
        services.write_many([ana_of(bakery), taken], by=alice, source=person_source(alice), change_set=None)
    assert not Person.objects.exists()


def test_the_language_to_write_in(alice):
    ana = services.register_person(PersonDocument(given_name="Ana", language="es"), by=alice)
    luis = services.register_person(PersonDocument(given_name="Luis"), by=alice)
    alice.language = "es"
    alice.save(update_fields=["language"])
    self = services.register_person(PersonDocument(given_name="Alice", account=alice.pk), by=alice)
    assert [selectors.language_of(one) for one in (ana, luis, self)] == ["es", "en", "es"]
    with pytest.raises(ValidationError) as no:
        services.change_person(luis, by=alice, account=alice.pk)
    assert no.value.messages == ["This account belongs to Alice already."]


def test_an_account_s_person_can_be_changed(alice):
    self = services.register_person(PersonDocument(given_name="Alice", account=alice.pk), by=alice)
    services.change_person(self, by=alice, about="Leads the team.")
    self.refresh_from_db()
    assert (self.about, self.account_id) == ("Leads the team.", alice.pk)


def test_letters_are_written_in_the_reader_s_language(ada, alice, mailoutbox):
    from barnraise.plumbing.accounts.services import invite
    from barnraise.plumbing.accounts.services.letters import post

    services.register_person(
        PersonDocument(given_name="Ana", language="es", contacts=(Reach("email", "ana@example.org"),)),
        by=alice,
    )
    assert selectors.tongue_of_address("ANA@example.org") == "es"
    assert invite(email="ana@example.org", role="viewer", by=ada).invitation.language == "es"
    services.register_person(PersonDocument(given_name="Alice", language="es", account=alice.pk), by=alice)
    post(name="factors_reset", to=alice.email, language=alice.language, context={"account": alice})
    assert "segundo" in mailoutbox[-1].subject.lower() + mailoutbox[-1].body.lower()
    # A household that does not agree is written to in the partnership's language.
    services.register_person(
        PersonDocument(given_name="Bo", language="en", contacts=(Reach("email", "ana@example.org"),)),
        by=alice,
    )
    assert selectors.tongue_of_address("ana@example.org") == ""
