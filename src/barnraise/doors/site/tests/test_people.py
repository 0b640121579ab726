"""People sign up and get involved: kept with consent, routed with a day by which they are answered."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache

from barnraise.doors.site.services import due
from barnraise.plumbing.mail.models import Message
from barnraise.who.consent.models import Consent, Standing
from barnraise.who.consent.services import add_purpose, end_purpose
from barnraise.who.interactions.models import Interaction, MailProposal, NextStep
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.models import Person
from barnraise.who.people.services import register_person

pytestmark = pytest.mark.django_db
WISH = {
    "way": "volunteer",
    "name": "Nora Diaz",
    "email": "Nora@Example.org",
    "phone": "",
    "organisation": "",
    "message": "I can drive on Saturdays.",
}


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


@pytest.fixture
def letter(opened, alice):
    return add_purpose(
        by=alice, name="Monthly letter", about="", channels=["email"], texts={"en": "Once a month we write."}
    )


def test_the_day_of_the_answer_leaves_out_the_weekend():
    assert [due(date(2026, 11, day)) for day in (23, 26, 27)] == [
        date(2026, 11, 26),
        date(2026, 12, 1),
        date(2026, 12, 2),
    ]


def test_who_wants_to_get_involved_is_in_the_notebook_with_a_step_and_is_told_the_day(
    opened, client, alice, bob, logged_in
):
    answer = client.post("/en/get-involved/", WISH)
    assert answer.status_code == 200
    assert "Your message has arrived" in answer.content.decode()
    row = Interaction.objects.get()
    assert (row.kind, row.direction, row.subject) == ("mail", "in", "Wants to volunteer: Nora Diaz")
    assert "I can drive on Saturdays." in row.text
    step = NextStep.objects.get()
    assert step.due_on == due(date.today())
    assert "Nora Diaz" in step.text
    assert [one.address for one in MailProposal.objects.all()] == ["nora@example.org"]
    assert Person.objects.count() == 0
    told = Message.objects.get()
    assert (told.to_address, told.language) == ("nora@example.org", "en")
    listed = logged_in(bob).get("/who/interactions/steps/").content.decode()
    assert "Nora Diaz" in listed
    assert "nobody sees to it yet" in logged_in(alice).get("/").content.decode(), (
        "those who lead have it on Today"
    )
    assert "nobody sees to it yet" not in logged_in(bob).get("/").content.decode()


def test_whoever_has_name_and_address_of_a_person_is_that_person(opened, client, alice):
    nora = register_person(
        PersonDocument(given_name="Nora", family_name="Diaz", contacts=(Reach("email", "nora@example.org"),)),
        by=alice,
    )
    client.post("/es/get-involved/", WISH)
    assert list(Interaction.objects.get().people.values_list("person_id", flat=True)) == [nora.pk]
    assert MailProposal.objects.count() == 0
    assert Message.objects.get().body.subject == "Su mensaje ha llegado"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"email": "nora"}, "Enter a valid email address."),
        ({"way": "king"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_nothing_is_kept(opened, client, change, words):
    answer = client.post("/en/get-involved/", {**WISH, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "I can drive on Saturdays." in answer.content.decode()
    assert (Interaction.objects.count(), Message.objects.count()) == (0, 0)


def test_programs_that_fill_in_every_field_are_thanked_and_floods_are_refused(opened, client):
    assert client.post("/en/get-involved/", {**WISH, "website": "https://spam"}).status_code == 200
    assert Interaction.objects.count() == 0
    answers = [client.post("/en/get-involved/", {**WISH, "name": ""}).status_code for _ in range(21)]
    assert 429 in answers, "ten in a minute, of which one may end on the way"
    assert Interaction.objects.count() == 0


def test_who_signs_up_consents_by_the_button_of_a_mail_and_not_before(letter, client, page_with):
    page_with(("sign_up", {"title": "Our letter", "purpose": str(letter.uuid)}))
    assert f"/en/sign-up/{letter.uuid}/" in client.get("/en/garden/").content.decode()
    form = f"/en/sign-up/{letter.uuid}/"
    assert "Once a month we write." in client.get(form).content.decode()
    answer = client.post(form, {"name": "Nora Diaz", "email": "Nora@Example.org"})
    assert "We have sent you a mail." in answer.content.decode()
    assert (Person.objects.count(), Consent.objects.count()) == (0, 0)
    told = Message.objects.get()
    link = re.search(r"http://testserver(/\S+)", told.body.text).group(1)
    page = client.get(link)
    assert "Once a month we write." in page.content.decode()
    assert Consent.objects.count() == 0
    assert client.post(link).status_code in {200, 302}
    standing = Standing.objects.get()
    assert (standing.is_given, standing.channel, standing.purpose) == (True, "email", letter)
    assert str(standing.person) == "Nora Diaz"
    line = Consent.objects.get()
    assert (line.source, line.wording.number) == ("form", 1)
    client.post(link)
    assert (Consent.objects.count(), Person.objects.count()) == (1, 1)


def test_nobody_signs_up_for_what_has_ended(letter, client, alice):
    client.post(f"/en/sign-up/{letter.uuid}/", {"name": "Nora Diaz", "email": "nora@example.org"})
    link = re.search(r"http://testserver(/\S+)", Message.objects.get().body.text).group(1)
    end_purpose(letter, by=alice)
    assert client.get(f"/en/sign-up/{letter.uuid}/").status_code == 404
    assert client.post(link).status_code == 410
    assert Consent.objects.count() == 0
