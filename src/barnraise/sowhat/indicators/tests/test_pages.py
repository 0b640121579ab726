"""Observations on pages, and partners who report by their own link."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.foundation.periods import parse
from barnraise.plumbing.mail.models import Message
from barnraise.sowhat.indicators.models import Observation, Report
from barnraise.sowhat.indicators.services import compute, lock, write_value

pytestmark = pytest.mark.django_db
SPRING = parse("2026 Q2")


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_number_is_written_listed_refused_locked_and_restated(bags, mill, alice, bob, vera, logged_in):
    browser, lead = logged_in(bob), logged_in(alice)
    where = f"/sowhat/indicators/of/{bags.uuid}/write/"
    assert logged_in(vera).get(where).status_code == 403
    assert "No observations yet" in text(browser.get("/sowhat/indicators/"))
    page = browser.post(where, {"on": "2026-05-02", "value": "", "reason": ""})
    assert (page.status_code, "Write the number, or choose why there is none." in text(page)) == (422, True)
    assert not Observation.objects.exists()
    browser.post(where, {"on": "2026-05-02", "value": "310"})
    row = Observation.objects.get()
    assert (row.value, row.period) == (310, SPRING)
    page = text(browser.get(row.get_absolute_url()))
    assert "310 bags Off track" in page
    assert "Sum of the values · 1 row" in page
    panel = browser.get(bags.get_absolute_url())
    assert "Path to the target" in panel.content.decode()
    assert "April to June 2026" in text(panel)
    table = text(browser.get(f"/sowhat/indicators/?indicator={bags.pk}&from_from=2026-04-01&locked=0"))
    assert "1 observation" in table
    sheet = browser.get("/sowhat/indicators/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Bags handed out,2026-04-01/2026-06-30,310")
    assert browser.post(f"/sowhat/indicators/{row.uuid}/lock/").status_code == 403
    lead.post(f"/sowhat/indicators/{row.uuid}/lock/")
    refused = browser.post(where, {"on": "2026-05-02", "value": "320"})
    assert "This period is locked. Say why its number changes" in text(refused)
    assert Observation.objects.get().value == 310
    browser.post(where, {"on": "2026-05-02", "value": "320", "restating": "A list came late"})
    page = text(browser.get(row.get_absolute_url()))
    assert "310 → 320 · A list came late" in page
    assert "was restated from 310 to 320" in page
    report = Report.objects.get()
    refused = browser.post(f"/sowhat/indicators/reports/{report.uuid}/remove/", follow=True)
    assert "This period is locked." in text(refused)
    write_value(bags, on=date(2026, 8, 1), value=Decimal(1), by=bob)
    late = Report.objects.order_by("-pk")[0]
    browser.post(f"/sowhat/indicators/reports/{late.uuid}/remove/")
    assert (Report.objects.count(), Observation.objects.count()) == (1, 1)


def test_a_partner_reports_by_a_link_of_their_own(bags, mill, bob, alice, logged_in):
    browser = logged_in(bob)
    where = f"/sowhat/indicators/of/{bags.uuid}/ask/"
    asked = {"organisation": "Mill Bakery", "on": "2026-05-02", "due_on": "2026-07-15"}
    assert browser.post(where, {**asked, "organisation": "Nobody"}).status_code == 422
    answer = browser.post(where, asked)
    page = browser.get(answer.url).content.decode()
    address = re.search(r'value="http://testserver(/l/act/[^"]+)"', page)[1]
    assert "Mill Bakery" in text(browser.get("/")), "it is due on Today"
    partner = Client()
    assert "Bags handed out" in text(partner.get(address))
    assert not Observation.objects.exists(), "opening the page changes nothing"
    for wrong, said in [
        ({"value": "many"}, "is not a number"),
        ({"value": ""}, "Write the number, or choose"),
        ({"value": "4", "signed_by": ""}, "Write the name of whoever"),
    ]:
        page = partner.post(address, {"signed_by": "Rosa", **wrong})
        assert (page.status_code, said in text(page)) == (422, True), wrong
    assert (Report.objects.get().answered_at, Observation.objects.count()) == (None, 0)
    partner.post(address, {"value": "1,250.5", "signed_by": "Rosa Vega"})
    row = Observation.objects.get()
    assert (row.value, row.row_count) == (Decimal("1250.5"), 1)
    partner.post(address, {"value": "12,5", "signed_by": "Rosa Vega"})
    assert Observation.objects.get().value == Decimal("12.5")
    partner.post(address, {"reason": "not_collected", "signed_by": "Rosa Vega"})
    assert (Observation.objects.get().value, Observation.objects.get().reason) == (None, "not_collected")
    lock(Observation.objects.get(), by=alice)
    page = partner.post(address, {"value": "9", "signed_by": "Rosa Vega"})
    assert "This period is locked." in text(page)
    story = text(browser.get(bags.get_absolute_url()))
    assert "Rosa Vega reported a number of Bags handed out" in story


def test_three_clicks_from_a_number_to_its_rows_and_back(reached, people, talk, vera, bob, logged_in):
    visit = talk((4, 3), people[0], people[1])
    row = compute(reached, SPRING)
    browser = logged_in(vera)
    one = browser.get(reached.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in one
    two = browser.get(row.get_absolute_url()).content.decode()
    address = re.search(r'href="(/who/interactions/key/\d+/)"', two)[1]
    three = browser.get(address, follow=True)
    assert "Came by." in text(three)
    assert three.redirect_chain[-1][0] == visit.get_absolute_url()
    assert two.count('translate="no">Ana Ruiz</a>') == 1
    sheet = b"".join(browser.get(f"/sowhat/indicators/{row.uuid}/rows.csv").streaming_content).decode()
    assert f"interactions.interaction:{visit.pk},people.person:{people[0].pk},2026-04-03,1" in sheet
    walk = browser.get(f"/trace/indicators.observation:{row.pk}/").content.decode()
    for ref in (
        f"goals.indicator:{reached.pk}",
        f"goals.objective:{reached.objective_id}",
        f"interactions.interaction:{visit.pk}",
    ):
        assert f"/trace/{ref}/" in walk, ref
    job = logged_in(bob).post(f"/sowhat/indicators/of/{reached.uuid}/count/", follow=True)
    assert "It is being counted." in text(job)


def test_today_tells_what_is_off_track_and_loose_ends_are_found(bags, reached, alice, logged_in):
    browser = logged_in(alice)
    page = text(browser.get("/broken-threads/"))
    assert "Indicators without an observation 2" in page
    last_quarter = timezone.localdate().replace(day=1) - timedelta(days=100)
    write_value(bags, on=last_quarter, value=Decimal(1), by=alice)
    page = text(browser.get("/"))
    assert "Indicators off track Bags handed out 1 bags" in page
    assert "Indicators without an observation 1" in text(browser.get("/broken-threads/"))


def test_a_partner_is_asked_for_a_number_by_mail(bags, mill, bob, vera, logged_in):
    browser = logged_in(bob)
    asked = {"organisation": "Mill Bakery", "on": "2026-05-02", "due_on": "2026-07-15"}
    back = browser.post(f"/sowhat/indicators/of/{bags.uuid}/ask/", asked).url
    where = f"/mail/ask/indicators.report/{Report.objects.get().pk}/"
    assert where in browser.get(back).content.decode()
    page = browser.get(where).content.decode()
    written = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1]).strip()
    assert "Bags handed out (bags), April to June 2026" in written
    assert "We need it by July 15, 2026." in written
    given = {"to_address": "front@mill.example", "subject": "A number", "text": written}
    assert logged_in(vera).post(where, given).status_code == 403
    assert not Message.objects.exists()
    assert browser.post(where, given).url == back
    mail = Message.objects.get()
    assert (mail.to_address, mail.state, mail.about) == (
        "front@mill.example",
        "queued",
        f"indicators.report:{Report.objects.get().pk}",
    )
    assert "front@mill.example Waiting" in text(browser.get(back))
    address = re.search(r"http://testserver(/l/act/\S+)", mail.body.text)[1]
    Client().post(address, {"value": "12", "signed_by": "Rosa Vega"})
    assert Observation.objects.get().value == 12
    browser.post(f"/sowhat/indicators/reports/{Report.objects.get().uuid}/remove/")
    assert Message.objects.get().state == "cancelled", "what is not asked any more is not sent"


def test_a_number_of_ours_stands_once_and_beside_a_partners_it_is_said_whose_it_is(
    bags, mill, bob, logged_in
):
    browser = logged_in(bob)
    write_value(bags, on=date(2026, 2, 1), value=Decimal(310), by=bob)
    page = text(browser.get(bags.get_absolute_url()))
    assert ("January to March 2026" in page, "Who reported what" in page) == (True, False)
    write_value(bags, on=date(2026, 5, 1), value=Decimal(40), by=bob)
    write_value(bags, on=date(2026, 5, 1), value=Decimal("2.5"), organisation=mill, by=bob)
    told = text(browser.get(bags.get_absolute_url())).partition("Who reported what")[2]
    assert re.search(rf"Our own number April to June 2026 · 40 {mill.name} April to June 2026 · 2.5", told)
    assert told.count("Our own number") == 1
