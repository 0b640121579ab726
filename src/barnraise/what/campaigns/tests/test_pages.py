"""Campaigns in the browser, by API, as CSV, in search, on Today, in Trace; and the sample town's."""

from __future__ import annotations

import html
import re

import pytest
from django.utils import timezone

from barnraise.config.sample_town import change_whole_town
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.campaigns.models import Campaign, CampaignReader
from barnraise.what.campaigns.services import ask_for_approval, change_campaign
from barnraise.why.goals.services import add_goal

pytestmark = pytest.mark.django_db


def text(response):
    """What a page says, without its tags."""
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split()))


def given(audience, newsletter, **more):
    return {
        "kind": "newsletter", "name": "Spring", "subject": "Spring is here", "preview": "What grew", "language": "en",
        "audience": audience.pk, "purpose": newsletter.pk, **more,
    }  # fmt: skip


def test_a_campaign_is_made_written_filtered_refused_approved_sent_and_ended(
    audience, newsletter, people, bob, alice, vera, logged_in
):
    browser, lead = logged_in(bob), logged_in(alice)
    assert logged_in(vera).get("/what/campaigns/write/").status_code == 403
    for field, value in (
        ("name", ""),
        ("language", "xx"),
        ("reply_to", "nobody"),
        ("audience", "999"),
        ("cites", "goals.goal:1"),
    ):
        assert (
            browser.post("/what/campaigns/write/", {**given(audience, newsletter), field: value}).status_code
            == 422
        ), field
    assert not Campaign.objects.exists()
    made = browser.post("/what/campaigns/write/", given(audience, newsletter))
    row = Campaign.objects.get()
    url = row.get_absolute_url()
    assert (made.url, row.by, row.purpose) == (url, bob, newsletter)
    assert "It says nothing yet: add a block." in text(browser.get(url))
    assert browser.post(f"{url}blocks/add/?kind=text", {"text": ""}).status_code == 422
    assert browser.get(f"{url}blocks/add/?kind=nonsense").status_code == 404
    browser.post(f"{url}blocks/add/?kind=text", {"text": "Dear {{given_name}}, **look**."})
    browser.post(f"{url}blocks/add/?kind=line")
    browser.post(f"{url}blocks/add/?kind=heading", {"text": "The garden"})
    browser.post(f"{url}blocks/2/move/", {"to": "up"})
    browser.post(f"{url}blocks/2/remove/")
    browser.post(f"{url}blocks/1/change/", {"text": "Our garden"})
    assert browser.post(f"{url}blocks/7/remove/").status_code == 404
    assert Campaign.objects.get().blocks == [
        {"kind": "text", "text": "Dear {{given_name}}, **look**."},
        {"kind": "heading", "text": "Our garden"},
    ]
    shown = browser.get(f"{url}shown/")
    assert "Dear Ana, <strong>look</strong>." in shown.content.decode()
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "Dear Ana, look." in browser.get(f"{url}shown/?as=text").content.decode()
    browser.post(f"{url}change/", given(audience, newsletter, subject="Spring has come"))
    assert Campaign.objects.get().subject == "Spring has come"
    page = text(browser.get(url))
    assert "2 people may be written to." in page
    assert "No recorded consent for “Newsletter” by E-mail. 1" in page
    assert browser.post(f"{url}approve/").status_code == 403, "a contributor approves nothing"
    browser.post(f"{url}send/")
    assert Campaign.objects.get().state == "draft"
    browser.post(f"{url}ask/")
    assert "Spring waits for your approval" in text(lead.get("/"))
    assert "waits for your approval" not in text(browser.get("/"))
    lead.post(f"{url}approve/")
    assert "Send to 2 people" in text(browser.get(url))
    browser.post(f"{url}send/", {"send_at": "2999-01-01 10:00"})
    assert "Spring goes out" in text(browser.get("/"))
    browser.post(f"{url}send/")
    assert Campaign.objects.get().state == "sending"
    work(Job.objects.get(handler="campaigns.send").pk)
    page = text(browser.get(url))
    assert "Sent" in page
    assert "Mails written 2" in page
    assert browser.get(f"{url}change/").status_code == 403
    assert "1 campaign" in text(browser.get("/what/campaigns/?state=sent&kind=newsletter&name=spri"))
    assert (
        "Spring"
        not in text(browser.get("/what/campaigns/?state=draft"))
        .partition("No campaign")[0]
        .partition("Filter")[2][:50]
    )
    sheet = browser.get("/what/campaigns/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Spring,Newsletter,Sent,Residents")
    assert "2 readers" in text(browser.get(f"/what/campaigns/readers/?campaign={row.pk}&mail=queued"))
    sheet = browser.get("/what/campaigns/readers/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sorted(line.partition(",")[0] for line in sheet[1:]) == ["Ana", "Ben"]
    assert lead.post(f"{url}remove/").status_code == 403, "it went to people"
    browser.post(f"{url}cancel/")
    assert Campaign.objects.get().state == "cancelled"
    assert set(Message.objects.filter(about=str(Ref.to(row))).values_list("state", flat=True)) == {
        "cancelled"
    }
    browser.post(f"{url}copy/")
    copy = Campaign.objects.get(state="draft")
    assert copy.blocks == Campaign.objects.get(pk=row.pk).blocks
    lead.post(f"{copy.get_absolute_url()}remove/")
    assert not Campaign.objects.filter(pk=copy.pk).exists()


def test_a_campaign_stands_in_search_the_journal_the_trace_and_its_readers_timelines(
    campaign, people, bob, alice, logged_in
):
    browser = logged_in(bob)
    goal = add_goal(name="Green neighbourhood", by=alice)
    change_campaign(campaign, by=bob, cites=str(Ref.to(goal)))
    assert "Spring" in text(browser.get("/search?q=spring"))
    assert "Bob made the campaign Spring" in text(browser.get("/journal/"))
    up = threads.get("campaigns.campaign").upstream(Ref.to(campaign))
    assert up == [Ref.to(goal), Ref("audiences", "audience", campaign.audience_id)]
    assert threads.get("goals.goal@campaigns").downstream(Ref.to(goal)) == [Ref.to(campaign)]
    assert "Spring" in text(browser.get(f"/trace/{Ref.to(goal)}/"))
    assert "Green neighbourhood" in text(browser.get(campaign.get_absolute_url()))
    ask_for_approval(campaign, by=bob)
    logged_in(alice).post(f"{campaign.get_absolute_url()}approve/")
    browser.post(f"{campaign.get_absolute_url()}send/")
    work(Job.objects.get(handler="campaigns.send").pk)
    assert "Mail from the outbox · Waiting" in text(browser.get(people["Ana"].get_absolute_url()))


def test_campaigns_by_api(audience, newsletter, people, bob, alice, vera, asks):
    send, lead = asks(bob), asks(alice)
    wanted = {
        "name": "Spring", "subject": "Spring", "preview": "x", "audience": str(audience.uuid), "purpose": str(newsletter.uuid),
        "blocks": [{"kind": "text", "text": "Hello"}],
    }  # fmt: skip
    assert asks(vera)("POST", "/campaigns", wanted)[0] == 403
    for wrong in (
        {"audience": str(newsletter.uuid)},
        {"kind": "telegram"},
        {"cites": "people.person:1"},
        {"blocks": [{"kind": "text"}]},
        {"blocks": [{"kind": "nonsense"}]},
        {"name": "a\x00b"},
    ):
        assert send("POST", "/campaigns", {**wanted, **wrong})[0] == 422, wrong
    assert not Campaign.objects.exists()
    status, made = send("POST", "/campaigns", wanted)
    assert (status, made["state"], made["blocks"]) == (201, "draft", [{"kind": "text", "text": "Hello"}])
    where = f"/campaigns/{made['id']}"
    assert send("GET", f"{where}/check")[1]["reached"] == 2
    assert send("POST", f"{where}/send")[0] == 409
    assert send("POST", f"{where}/approve")[0] == 403
    status, changed = send("PATCH", where, {"subject": "Spring has come"})
    assert (status, changed["subject"]) == (200, "Spring has come")
    assert send("POST", f"{where}/blocks", {"kind": "line"})[0] == 201
    assert lead("POST", f"{where}/approve")[1]["state"] == "approved"
    assert send("POST", f"{where}/send")[1]["state"] == "sending"
    work(Job.objects.get(handler="campaigns.send").pk)
    assert send("GET", where)[1]["state"] == "sent"
    assert send("PATCH", where, {"subject": "Late"})[0] == 409
    assert lead("DELETE", where)[0] == 409
    report = send("GET", f"{where}/report")[1]
    assert (report["states"], report["left_out"], report["clicks"]) == (
        {"queued": 2},
        {"never_asked": 1, "withdrawn": 1},
        {},
    )
    readers = send("GET", f"/campaign-readers?campaign={made['id']}")[1]["items"]
    assert {one["person"] for one in readers} == {str(people[name].uuid) for name in ("Ana", "Ben")}
    assert send("POST", f"{where}/cancel")[1]["state"] == "cancelled"
    assert [one["id"] for one in send("GET", "/campaigns?state=cancelled")[1]["items"]] == [made["id"]]
    other = send("POST", "/campaigns", {"name": "Never"})[1]
    assert lead("DELETE", f"/campaigns/{other['id']}")[0] == 204


def test_the_sample_town_has_campaigns_and_takes_them_away(sample_town, alice, logged_in):
    assert sorted(Campaign.objects.values_list("state", flat=True)) == ["review", *["sent"] * 7]
    first = min(Campaign.objects.values_list("started_at", flat=True).exclude(started_at=None))
    assert (timezone.now() - first).days >= 690
    assert CampaignReader.objects.count() > 10
    previews = Campaign.objects.values_list("preview", flat=True)
    assert all(line[:1].isupper() and "**" not in line for line in previews)
    assert CampaignReader.objects.exclude(answer="").exists()
    assert not Message.objects.exclude(transport="none").exists()
    sent = Campaign.objects.filter(state="sent").order_by("pk")[0]
    assert "Handed over" in text(logged_in(alice).get(sent.get_absolute_url()))
    assert not Campaign.objects.filter(started_at__gt=timezone.now()).exists()
    change_whole_town("remove")
    assert (Campaign.objects.count(), CampaignReader.objects.count(), Message.objects.count()) == (0, 0, 0)
