"""A campaign from approval to the mail server and back: never twice, only to those who agreed."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from importlib import import_module

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone

from barnraise.foundation.policy import Refused
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.services import suppress, take_returns
from barnraise.plumbing.mail.tests.posting import deliver
from barnraise.plumbing.mail.tests.test_returns import dsn
from barnraise.what.campaigns import jobs, selectors
from barnraise.what.campaigns.checking import faults
from barnraise.what.campaigns.models import Campaign, CampaignReader
from barnraise.what.campaigns.services import (
    add_block,
    approve,
    ask_for_approval,
    cancel,
    change_campaign,
    copy_campaign,
    make_campaign,
    note_answer,
    send,
    send_test,
)
from barnraise.what.campaigns.sockets import Invited, Occasion, occasions
from barnraise.who.consent.models import Standing

from .conftest import agree, someone

pytestmark = pytest.mark.django_db


def fresh(row):
    return selectors.one(row.uuid)


def go(row, by, approver):
    """Approve, begin, and do the work of the job."""
    approve(row, by=approver)
    job = send(fresh(row), by=by)
    assert work(job.pk) == "over"
    return job


def mails(server):
    return {to: message_from_bytes(content, policy=default) for _sender, to, content in server.got}


def test_a_newsletter_goes_once_to_those_who_agreed(server, campaign, people, bob, alice, newsletter):
    suppress("ben@example.org", reason="asked", by=bob)
    job = go(campaign, bob, alice)
    deliver()
    row = fresh(campaign)
    assert (row.state, row.left_out) == ("sent", {"never_asked": 1, "withdrawn": 1, "suppressed": 1})
    assert list(mails(server)) == ["ana@example.org"]
    mail = mails(server)["ana@example.org"]
    assert (mail["Subject"], mail["Auto-Submitted"]) == ("Spring, Ana", "auto-generated")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert text.replace("\r\n", "\n").startswith("Dear Ana,\n\nread on <")
    assert "because you agreed to “Newsletter”" in text
    assert "Dear Ana,<" in html.replace("</p>", "<")
    assert "googleapis" not in html, "nothing is loaded from elsewhere"
    assert not re.search(r"<img", html), "no picture tells when it was opened"
    assert "example.org/garden" not in text + html, "links are coded"
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
    Campaign.objects.filter(pk=row.pk).update(state="sending", cursor=0)
    work(job.pk)
    deliver()
    assert (len(server.got), CampaignReader.objects.count(), Message.objects.count()) == (1, 1, 1)
    now = timezone.now()
    twice = CampaignReader(campaign=row, person=people["Ana"], created_at=now, updated_at=now)
    with pytest.raises(IntegrityError):
        transaction.atomic(twice.save)()


def test_clicks_are_counted_by_coded_links_and_tell_nobody_from_another(server, campaign, bob, alice):
    go(campaign, bob, alice)
    deliver()
    found = {
        re.findall(r"https://testserver/l/[a-z0-9]+\?c=mail", one.get_body(("plain",)).get_content())[0]
        for one in mails(server).values()
    }
    assert len(found) == 1, "the same link for everybody"
    (link,) = found
    browser = Client(headers={"User-Agent": "Mozilla/5.0"})
    went = browser.get(link.removeprefix("https://testserver"))
    assert (went.status_code, went.url) == (302, "https://example.org/garden?a=1&b=2")
    Client(headers={"User-Agent": "Barracuda scanner"}).get(link.removeprefix("https://testserver"))
    assert selectors.outcome(campaign).clicks == [("https://example.org/garden?a=1&b=2", 1)]


def test_an_address_of_this_house_is_coded_although_it_begins_with_http(server, campaign, bob, alice):
    with override_settings(BARNRAISE_URL="http://house.test"):
        add_block(
            campaign,
            kind="text",
            values={"text": "[See us](http://house.test/en/). [Not](http://other.test/)"},
            by=bob,
        )
        go(campaign, bob, alice)
    assert set(fresh(campaign).links.values_list("target", flat=True)) == {
        "https://example.org/garden?a=1&b=2",
        "/en/",
    }


def test_one_click_is_honoured_by_the_next_campaign(server, campaign, people, bob, alice, newsletter):
    go(campaign, bob, alice)
    deliver()
    address = (
        mails(server)["ana@example.org"]["List-Unsubscribe"]
        .strip()
        .strip("<>")
        .removeprefix("https://testserver")
    )
    done = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert Standing.objects.get(person=people["Ana"]).is_given is False
    assert selectors.outcome(campaign).unsubscribed == 1
    agree(people["Ben"], newsletter, alice, is_given=False)
    again = copy_campaign(fresh(campaign), by=bob)
    with pytest.raises(ValidationError, match="Nobody of this audience may be written to"):
        approve(again, by=alice)
    agree(people["Cleo"], newsletter, alice)
    server.got.clear()
    go(again, bob, alice)
    deliver()
    assert list(mails(server)) == ["cleo@example.org"]


def test_who_withdraws_while_it_waits_gets_nothing(server, campaign, people, bob, alice, newsletter):
    go(campaign, bob, alice)
    agree(people["Ana"], newsletter, alice, is_given=False)
    deliver()
    assert list(mails(server)) == ["ben@example.org"]
    assert selectors.outcome(campaign).states == {"handed_over": 1, "suppressed": 1}


def test_nobody_approves_what_they_wrote_and_a_change_takes_an_approval_back(campaign, ada, bob, alice):
    with pytest.raises(Refused):
        approve(campaign, by=bob)
    change_campaign(campaign, by=alice, name="Spring news")
    with pytest.raises(Refused, match="Somebody else"):
        approve(campaign, by=alice)
    assert fresh(campaign).state == "draft"
    ask_for_approval(campaign, by=alice)
    approve(campaign, by=ada)
    assert (fresh(campaign).state, fresh(campaign).approved_by) == ("approved", ada)
    change_campaign(campaign, by=bob, send_at=timezone.now() + timedelta(days=1))
    assert fresh(campaign).state == "approved", "another time is no other mail"
    add_block(fresh(campaign), kind="line", values={}, by=bob)
    assert (fresh(campaign).state, fresh(campaign).approved_by) == ("draft", None)
    with pytest.raises(ValidationError, match="Only what was approved"):
        send(fresh(campaign), by=bob)
    assert not Job.objects.filter(handler="campaigns.send").exists()


def test_a_house_in_which_one_leads_approves_its_own(campaign, alice):
    change_campaign(campaign, by=alice, name="Mine")
    approve(campaign, by=alice)
    assert fresh(campaign).state == "approved"


def test_the_check_names_all_that_is_wrong(bob, alice, audience, newsletter):
    row = make_campaign(name="x", kind="invitation", by=bob)
    words = {(one.where, one.is_grave) for one in faults(row, at=timezone.now())}
    assert {("subject", True), ("blocks", True), ("purpose", True), ("preview", False)} <= words
    with pytest.raises(ValidationError):
        ask_for_approval(row, by=bob)
    row = add_block(row, kind="picture", values={"address": "https://example.org/a.jpg"}, by=bob)
    row = add_block(row, kind="text", values={"text": "{{shoe_size}} {{ [x](javascript:alert)"}, by=bob)
    row = add_block(row, kind="button", values={"text": "Go", "address": "ftp://example.org"}, by=bob)
    said = " ".join(one.words for one in faults(row, at=timezone.now()))
    for part in (
        "has no description",
        "Nobody knows what to put for {{shoe_size}}",
        "is no placeholder",
        "asks whether somebody comes",
    ):
        assert part in said
    assert said.count("which is no web address") == 2
    change_campaign(row, by=bob, purpose=newsletter)
    assert "Choose an audience" in " ".join(one.words for one in faults(fresh(row), at=timezone.now()))


def test_it_goes_at_its_time_and_one_that_cannot_go_is_a_draft_again(
    server, campaign, people, bob, alice, newsletter
):
    later = timezone.now() + timedelta(hours=1)
    approve(campaign, by=alice)
    change_campaign(fresh(campaign), by=bob, send_at=later)
    jobs.due(now=timezone.now())
    assert fresh(campaign).state == "approved"
    jobs.due(now=later)
    assert fresh(campaign).state == "sending"
    other = copy_campaign(fresh(campaign), by=bob)
    approve(other, by=alice)
    change_campaign(fresh(other), by=bob, send_at=later)
    for name in ("Ana", "Ben"):
        agree(people[name], newsletter, alice, is_given=False)
    jobs.due(now=later)
    assert fresh(other).state == "draft"


def test_what_has_not_gone_is_stopped(server, campaign, bob, alice):
    go(campaign, bob, alice)
    _row, stopped = cancel(fresh(campaign), by=bob)
    deliver()
    assert (stopped, fresh(campaign).state, server.got) == (2, "cancelled", [])
    with pytest.raises(ValidationError):
        cancel(fresh(campaign), by=bob)


def test_a_job_that_is_lost_in_the_middle_goes_on_where_it_was(
    server, campaign, people, bob, alice, monkeypatch
):
    monkeypatch.setattr(import_module("barnraise.what.campaigns.services.send"), "AT_ONCE", 1)
    approve(campaign, by=alice)
    job = send(fresh(campaign), by=bob)
    from barnraise.plumbing.mail import services as outbox

    real, calls = outbox.queue_many, []

    def once(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise OSError("the machine stopped")
        return real(*args, **more)

    monkeypatch.setattr(outbox, "queue_many", once)
    assert work(job.pk) == "again"
    assert CampaignReader.objects.count() == 1, "a step is kept whole or not at all"
    Job.objects.filter(pk=job.pk).update(not_before_at=None)
    assert work(job.pk) == "over"
    deliver()
    assert sorted(mails(server)) == ["ana@example.org", "ben@example.org"]


def test_an_invitation_is_answered_by_one_tap_and_one_button(
    server, audience, people, newsletter, bob, alice
):
    told = []
    event = Occasion(
        "Event",
        lambda: [(7, "Planting")],
        lambda key: Invited("Planting", "Saturday at ten", "The school") if key == 7 else None,
        lambda ref, person, answer, at: told.append((str(ref), person, answer)),
    )
    with occasions.plugged("events.event", event):
        row = make_campaign(
            name="Planting", kind="invitation", subject="Planting day", preview="Come", audience=audience, purpose=newsletter,
            occasion="events.event:7", by=bob,
        )  # fmt: skip
        row = add_block(row, kind="answer", values={"text": "Do you come?"}, by=bob)
        go(row, bob, alice)
        deliver()
        text = mails(server)["ana@example.org"].get_body(("plain",)).get_content()
        assert "Saturday at ten" in text
        yes, no = (
            one.removeprefix("https://testserver")
            for one in re.findall(r"https://testserver/l/act/\S+", text)[:2]
        )
        stranger = Client()
        page = stranger.get(yes).content.decode()
        assert 'value="yes" checked' in page
        assert 'value="no" checked' in stranger.get(no).content.decode()
        assert not CampaignReader.objects.exclude(answer="").exists(), "opening the page answers nothing"
        stranger.post(yes, {"answer": "yes"})
        stranger.post(no, {"answer": "no"})
        stranger.post(no, {"answer": "perhaps"})
    reader = CampaignReader.objects.get(person=people["Ana"])
    assert (reader.answer, selectors.outcome(row).answers) == ("no", {"no": 1})
    assert told == [("events.event:7", people["Ana"].pk, "yes"), ("events.event:7", people["Ana"].pk, "no")]


def test_an_answer_to_an_event_is_a_place_or_gives_it_back(server, audience, people, newsletter, bob, alice):
    from barnraise.what.events.models import Registration
    from barnraise.what.events.services import plan_event

    start = timezone.now() + timedelta(days=9)
    event = plan_event(
        title="Planting day",
        kind="volunteer",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        capacity=1,
        by=bob,
    )
    row = make_campaign(
        name="Planting", kind="invitation", subject="Planting", preview="Come", audience=audience, purpose=newsletter,
        occasion=str(Ref.to(event)), by=bob,
    )  # fmt: skip
    row = add_block(row, kind="answer", values={}, by=bob)
    go(row, bob, alice)
    deliver()
    links = {}
    for to, mail in mails(server).items():
        text = mail.get_body(("plain",)).get_content()
        assert "Planting day" in text
        links[to] = [
            one.removeprefix("https://testserver")
            for one in re.findall(r"https://testserver/l/act/\S+", text)[:2]
        ]
    for to in ("ana@example.org", "ben@example.org", "ana@example.org"):
        Client().post(links[to][0], {"answer": "yes"})
    states = Registration.objects.order_by("pk").values_list("person", "state")
    assert list(states) == [(people["Ana"].pk, "place"), (people["Ben"].pk, "waiting")]
    Client().post(links["ana@example.org"][1], {"answer": "no"})
    assert dict(Registration.objects.values_list("person", "state")) == {
        people["Ana"].pk: "cancelled",
        people["Ben"].pk: "place",
    }


def test_indicators_count_whom_campaigns_reached_and_audiences_know_them(
    server, campaign, people, bob, alice
):
    from barnraise.foundation.periods import Period
    from barnraise.plumbing.ui.sockets import kinds
    from barnraise.who.audiences.selectors import members
    from barnraise.who.audiences.services import Given, make_audience
    from barnraise.why.goals.services import add_goal
    from barnraise.why.goals.sockets import sources

    goal = add_goal(name="Green neighbourhood", by=alice)
    change_campaign(campaign, by=bob, cites=str(Ref.to(goal)))
    go(campaign, bob, alice)
    deliver()
    take_returns(dsn(Message.objects.get(to_address="ben@example.org"), to="ben@example.org"), way="upload")
    today = timezone.localdate()
    period, source = (
        Period(today - timedelta(days=1), today + timedelta(days=1)),
        sources.get("campaigns.reached"),
    )
    before = source.stamp({}, period)
    for options in ({}, {"cites": str(Ref.to(goal))}):
        (row,) = source.rows(options, period)
        assert (row.counts, row.value) == (Ref.to(people["Ana"]), 1), "what came back reached nobody"
    assert list(source.rows({"cites": "goals.goal:999"}, period)) == []
    described = kinds.get(row.ref.kind)
    assert described.titles([row.ref.id]) == {row.ref.id: "Ana · Spring"}
    assert described.url(row.ref.id).startswith("/mail/key/")
    reader = CampaignReader.objects.get(person=people["Ana"])
    note_answer(reader, answer="yes")
    assert source.stamp({}, period) != before
    assert [one.ref.id for one in sources.get("campaigns.said_yes").rows({}, period)] == [reader.pk]
    for name, who in (("campaign_got", {"Ana", "Ben"}), ("campaign_said_yes", {"Ana"})):
        group = make_audience(by=bob, name=name, rules=[Given(name, [str(campaign.pk)])])
        assert set(members(group).values_list("given_name", flat=True)) == who


def test_the_team_reads_a_mail_without_the_addresses_that_are_its_readers_own(
    server, campaign, bob, alice, logged_in
):
    go(campaign, bob, alice)
    page = logged_in(bob).get(Message.objects.order_by("pk")[0].get_absolute_url()).content.decode()
    assert "Unsubscribe: https://…" in page
    assert "/l/act/" not in page


def test_the_report_counts_rows(server, campaign, bob, alice):
    go(campaign, bob, alice)
    deliver()
    back = Message.objects.get(to_address="ben@example.org")
    take_returns(dsn(back, to="ben@example.org", status="5.2.2", said="552 5.2.2 Mailbox full"), way="upload")
    found = selectors.outcome(campaign)
    assert (found.states, found.mails, found.complaints) == ({"handed_over": 1, "bounced": 1}, 2, 0)


def test_a_test_goes_to_whoever_asks_and_says_so(server, campaign, bob):
    send_test(campaign, by=bob)
    deliver()
    mail = mails(server)["bob@example.org"]
    assert mail["Subject"] == "Test: Spring, Ana"
    assert fresh(campaign).state == "draft"


def test_people_of_the_sample_town_get_nothing(server, campaign, people, bob, alice):
    from barnraise.who.people.models import Person

    Person.objects.filter(pk=people["Ana"].pk).update(is_sample=True)
    go(campaign, bob, alice)
    deliver()
    assert list(mails(server)) == ["ben@example.org"]


def test_rows_follow_a_merge_and_go_with_an_erasure(server, campaign, people, bob, alice):
    from barnraise.plumbing.journal.services import undo
    from barnraise.who.people.services import erase_person, merge_people
    from barnraise.who.people.services.export import export_person

    go(campaign, bob, alice)
    done = merge_people(keep=people["Ben"], absorb=people["Ana"], by=alice)
    assert sorted(CampaignReader.objects.values_list("person", flat=True), key=str) == [
        people["Ben"].pk,
        None,
    ]
    undo(change_set=done, by=alice)
    assert set(CampaignReader.objects.values_list("person", flat=True)) == {
        people["Ana"].pk,
        people["Ben"].pk,
    }
    assert export_person(people["Ana"], by=alice)["campaigns"]["campaigns"][0]["campaign"] == "Spring"
    erase_person(people["Ana"], by=alice)
    assert set(CampaignReader.objects.values_list("person", flat=True)) == {None, people["Ben"].pk}
    assert not Message.objects.filter(to_address="ana@example.org").exists()


def test_somebody_who_comes_to_the_audience_meanwhile_is_not_forgotten(
    server, campaign, bob, alice, newsletter
):
    approve(campaign, by=alice)
    job = send(fresh(campaign), by=bob)
    agree(someone("Eve", alice), newsletter, alice)
    work(job.pk)
    assert CampaignReader.objects.count() == 3
    assert str(Ref.to(campaign)) == Message.objects.values_list("about", flat=True).distinct().get()
