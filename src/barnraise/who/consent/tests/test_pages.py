"""The team notes what people said; people choose by themselves on their own page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.plumbing.ui.sockets import kinds
from barnraise.who.consent.models import Consent, Purpose, Standing
from barnraise.who.consent.selectors import current_wording
from barnraise.who.consent.services import add_purpose, record_consent

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def note(browser, person, purpose, **more):
    sent = {
        "answer": "given",
        "purpose": purpose.pk,
        "channels": ["email"],
        "source": "paper",
        "said_on": timezone.localdate().isoformat(),
        **more,
    }
    return browser.post(f"/who/consent/of/{person.uuid}/note/", sent)


def test_a_purpose_is_added_changed_ended_and_refused_with_a_reason(alice, bob, logged_in):
    browser = logged_in(alice)
    page = browser.post("/who/consent/purposes/add/", {"name": " Newsletter ", "channels": [], "text_en": ""})
    assert page.status_code == 422
    assert not Purpose.objects.exists()
    sent = {"name": " Newsletter ", "channels": ["post", "email"], "text_en": "We write once a month."}
    answer = browser.post("/who/consent/purposes/add/", sent)
    purpose = Purpose.objects.get()
    assert (answer.url, purpose.name, purpose.channels) == (
        purpose.get_absolute_url(),
        "Newsletter",
        ["email", "post"],
    )
    again = browser.post("/who/consent/purposes/add/", {**sent, "name": "NEWSLETTER"})
    assert (again.status_code, "There is a purpose of this name already." in text(again)) == (422, True)
    browser.post(f"/who/consent/purposes/{purpose.uuid}/change/", {**sent, "text_en": "We write every week."})
    assert current_wording(purpose).number == 2
    page = text(browser.get(purpose.get_absolute_url()))
    assert "We write every week." in page
    assert "Version 1" in page
    browser.post(f"/who/consent/purposes/{purpose.uuid}/end/")
    assert Purpose.objects.get().is_ended
    assert "Ended" in text(browser.get("/who/consent/purposes/?ended=1"))
    assert purpose.get_absolute_url() not in browser.get("/who/consent/purposes/?ended=0").content.decode()
    browser.post(f"/who/consent/purposes/{purpose.uuid}/reopen/")
    assert logged_in(bob).post(f"/who/consent/purposes/{purpose.uuid}/remove/").status_code == 403
    assert Purpose.objects.count() == 1
    browser.post(f"/who/consent/purposes/{purpose.uuid}/remove/")
    assert not Purpose.objects.exists()


def test_words_in_a_language_the_house_no_longer_speaks_are_kept(newsletter, alice, logged_in):
    browser = logged_in(alice)
    where = f"/who/consent/purposes/{newsletter.uuid}/change/"
    fields = re.findall(r'name="(text_[a-z]+)"', browser.get(where).content.decode())
    assert fields == ["text_en", "text_es"]
    sent = {"name": "Monthly letter", "channels": ["email"]}
    browser.post(
        where, {**sent, "text_en": "We write once a month.", "text_es": "Escribimos una vez al mes."}
    )
    newsletter.refresh_from_db()
    assert (newsletter.name, current_wording(newsletter).number) == ("Monthly letter", 1)


def test_what_somebody_said_is_noted_listed_withdrawn_and_taken_back(
    ana, newsletter, bob, alice, vera, logged_in
):
    browser = logged_in(bob)
    assert "Nothing is recorded: they are not written to." in text(browser.get(ana.get_absolute_url()))
    wrong = note(browser, ana, newsletter, said_on=(timezone.localdate() + timedelta(days=2)).isoformat())
    assert (wrong.status_code, "This lies in the future." in text(wrong)) == (422, True)
    assert note(browser, ana, newsletter, channels=["phone"]).status_code == 422
    assert logged_in(vera).get(f"/who/consent/of/{ana.uuid}/note/").status_code == 403
    assert not Consent.objects.exists()
    until = timezone.localdate() + timedelta(days=9)
    assert note(browser, ana, newsletter, expires_on=until.isoformat(), proof="List 4").status_code == 302
    page = text(browser.get(f"/who/consent/of/{ana.uuid}/"))
    assert "List 4" in page
    assert "words of version 1" in page
    assert "Ana Ruiz" in text(browser.get("/"))
    table = text(browser.get("/who/consent/?person=Ana Ruiz&state=given&channel=email"))
    assert "1 consent" in table
    sheet = browser.get("/who/consent/?export=csv")
    lines = sheet.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Person,For what,Channel,State")
    assert lines[1].startswith("Ana Ruiz,Newsletter,E-mail,Given")
    standing = Standing.objects.get()
    browser.post(f"/who/consent/{standing.uuid}/withdraw/")
    assert Standing.objects.get().is_given is False
    assert f"/who/consent/of/{ana.uuid}/" not in browser.get("/who/consent/?state=given").content.decode()
    assert browser.post(f"/who/consent/{standing.uuid}/withdraw/").status_code == 302
    assert Consent.objects.count() == 2


def test_people_choose_on_their_own_page_without_an_account(ana, newsletter, alice, logged_in):
    other = add_purpose(name="Invitations", channels=["email"], texts={"en": "Come along."}, by=alice)
    page = logged_in(alice).get(f"/who/consent/of/{ana.uuid}/link/").content.decode()
    address = re.search(r'value="http://testserver(/l/act/[^"]+)"', page)[1]
    stranger = Client()
    opened = stranger.get(address).content.decode()
    assert "We write once a month." in opened
    assert not Consent.objects.exists(), "opening the page changes nothing"
    asked = re.search(r'name="asked" value="([^"]+)"', opened)[1]
    assert asked == f"{other.pk}:email {newsletter.pk}:email {newsletter.pk}:post"
    late = add_purpose(name="Surveys", channels=["email"], texts={"en": "We ask."}, by=alice)
    record_consent(ana, by=alice, purpose=late, channels=["email"], is_given=True, source="paper")
    stranger.post(address, {"asked": asked, "yes": [f"{newsletter.pk}:email"]})
    rows = Standing.objects.order_by("purpose__name").values_list("purpose__name", "channel", "is_given")
    assert list(rows) == [("Newsletter", "email", True), ("Surveys", "email", True)]
    line = Consent.objects.get(purpose=newsletter)
    assert (line.source, line.by, line.wording.number) == ("link", None, 1)
    stranger.post(address, {"asked": asked, "yes": [f"{newsletter.pk}:email"]})
    assert Consent.objects.count() == 2, "what is not changed is not noted again"
    asked = re.search(r'name="asked" value="([^"]+)"', stranger.get(address).content.decode())[1]
    stranger.post(address, {"asked": asked})
    assert not Standing.objects.filter(is_given=True).exists()
    stranger.post(address, {"asked": f"{newsletter.pk}:pigeon 999:email x", "yes": "999:email"})
    assert Consent.objects.count() == 4


def test_a_purpose_is_found_by_search(newsletter, bob, logged_in):
    assert "Newsletter" in text(logged_in(bob).get("/search?q=newsletter"))


def test_a_number_leads_to_the_line_it_counted(ana, newsletter, bob, logged_in):
    browser = logged_in(bob)
    note(browser, ana, newsletter)
    line = Consent.objects.get()
    plug = kinds.find("consent.consent")
    assert plug.titles([line.pk]) == {line.pk: f"{newsletter.name}, E-mail: given"}
    assert browser.get(plug.url(line.pk)).url == f"/who/consent/of/{ana.uuid}/"
