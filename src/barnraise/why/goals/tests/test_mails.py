"""A partner is asked by mail for an endorsement: read first, sent in their language, with what became of it."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from barnraise.plumbing.mail.models import Message
from barnraise.who.organisations.documents import Contact, OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import add_role, register_person
from barnraise.why.goals.models import Endorsement
from barnraise.why.goals.services import ask, take_back

pytestmark = pytest.mark.django_db


def text(response):
    """What a page says, without its tags."""
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split()))


def draft_of(page):
    """What stands in the fields of the mail."""
    shown = page.content.decode()
    words = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', shown, re.S)[1]
    found = {"text": html.unescape(words).strip()}
    for name in ("to_address", "subject"):
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', shown)[0]
        value = re.search(r'value="([^"]*)"', field)
        found[name] = html.unescape(value[1]) if value else ""
    return found


@pytest.fixture
def oven(alice):
    """A partner with a mailbox, and Rosa, its main contact, who reads Spanish."""
    box = Contact("email", "hola@oven.example", "office")
    there = register_organisation(OrganisationDocument(name="Oven {{given_name}}", contacts=(box,)), by=alice)
    for name, is_main, tongue in (("Ben Oak", False, ""), ("Rosa Vega", True, "es")):
        reach = Reach("email", f"{name.split()[0].lower()}@oven.example")
        who = register_person(PersonDocument(display_name=name, language=tongue, contacts=(reach,)), by=alice)
        add_role(who, organisation=there, is_main_contact=is_main, by=alice)
    return there


def test_a_partner_is_asked_by_mail_and_answers_from_it(fed, oven, mill, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    asked = browser.post(f"/why/goals/{fed.uuid}/ask/", {"organisation": oven.name})
    assert "Nobody was written to yet." in text(browser.get(asked.url))
    row = Endorsement.objects.get()
    where = f"/mail/ask/goals.endorsement/{row.pk}/"
    assert where in browser.get(asked.url).content.decode()
    page = browser.get(where)
    offered = re.findall(r'href="\?to=([^"]+)"', page.content.decode())
    assert len(offered) == 3
    assert offered[2] == "hola%40oven.example", "people first, the organisation's own mailbox last"
    written = draft_of(page)
    assert written["to_address"] == "rosa@oven.example", "the main contact comes first"
    assert "¿Apoya Oven" in written["subject"], "in the language of its reader"
    assert "Every child eats" in written["text"]
    assert "{{" not in written["subject"] + written["text"], "no name is taken for a placeholder"
    to_ben = draft_of(browser.get(f"{where}?to={offered[1]}"))
    assert (to_ben["to_address"], "Dear Ben Oak," in to_ben["text"]) == ("ben@oven.example", True)
    assert logged_in(vera).get(where).status_code == 403
    assert logged_in(vera).post(where, written).status_code == 403
    without = browser.post(where, {**written, "text": "Please answer."})
    assert (without.status_code, "The link is missing." in text(without)) == (422, True)
    assert browser.post(where, {**written, "to_address": "rosa"}).status_code == 422
    assert not Message.objects.exists(), "nothing that was refused is in the outbox"
    sent = browser.post(where, written, follow=True)
    mail = Message.objects.get()
    assert (mail.to_address, mail.to_name, mail.language) == ("rosa@oven.example", "Rosa Vega", "es")
    assert (mail.about, mail.by, mail.state) == (f"goals.endorsement:{row.pk}", bob, "queued")
    assert mail.recipient.startswith("people.person:")
    assert "The mail to rosa@oven.example is in the outbox." in text(sent)
    assert "Rosa Vega" in text(sent)
    assert oven.name in text(browser.get(mail.get_absolute_url())), "the mail says what it is about"
    address = re.search(r"http://testserver(/l/act/\S+)", mail.body.text)[1]
    partner = Client()
    partner.get(address)
    row.refresh_from_db()
    assert row.state == "asked", "opening the page changes nothing"
    partner.post(address, {"state": "endorsed", "signed_by": "Rosa Vega"})
    row.refresh_from_db()
    assert (row.state, row.way) == ("endorsed", "link")


def test_who_has_no_address_is_written_to_by_hand_and_a_question_taken_back_is_not_sent(
    fed, mill, alice, logged_in
):
    row = ask(fed, organisation=mill, by=alice)
    browser = logged_in(alice)
    where = f"/mail/ask/goals.endorsement/{row.pk}/"
    page = browser.get(where)
    assert "Nobody there has a mail address in the directory yet." in text(page)
    given = {**draft_of(page), "to_address": "front@mill.example"}
    browser.post(where, given)
    assert (Message.objects.get().to_name, Message.objects.get().recipient) == ("", "")
    take_back(row, by=alice)
    assert Message.objects.get().state == "cancelled"
    assert browser.get(where).status_code == 404


def test_what_belongs_to_the_sample_town_is_kept_and_never_sent(fed, mill, alice, logged_in):
    row = ask(fed, organisation=mill, by=alice, is_sample=True)
    browser = logged_in(alice)
    where = f"/mail/ask/goals.endorsement/{row.pk}/"
    page = browser.get(where)
    assert "It belongs to the sample town: the mail is kept, and never sent." in text(page)
    browser.post(where, {**draft_of(page), "to_address": "front@mill.example"})
    mail = Message.objects.get()
    assert (mail.state, mail.reason, mail.is_sample) == ("suppressed", "sample", True)
