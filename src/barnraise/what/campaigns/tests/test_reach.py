"""Mails, events, coded links: whatever serves a project makes its one reach, and each number leads to its rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.periods import parse
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links import services as links
from barnraise.plumbing.links.models import ShortLink
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.plumbing.search.selectors import find
from barnraise.what.campaigns.models import Campaign, CampaignReader
from barnraise.what.events.models import Registration
from barnraise.what.events.services import plan_event
from barnraise.what.projects import reaching
from barnraise.what.projects.services import add_project
from barnraise.why.goals.sockets import sources

pytestmark = pytest.mark.django_db


def gone(to, by, about, **values):
    row = queue(
        Letter(to_address="x@example.org", recipient=str(Ref.to(to)) if to else ""),
        subject="Hello",
        text="Hello",
        by=by,
        about=about,
    )
    Message.objects.filter(pk=row.pk).update(state="handed_over", handed_at=timezone.now(), **values)
    return row


@pytest.fixture
def project(alice, campaign, people):
    """A project that a campaign, a mail, an event and a coded link serve."""
    made = add_project(name="The bus", kind="infrastructure", by=alice)
    serves = str(Ref.to(made))
    now = timezone.now()
    Campaign.objects.filter(pk=campaign.pk).update(cites=serves, state="sent", started_at=now)
    for name, state in (("Ana", "handed_over"), ("Ben", "handed_over"), ("Cleo", "bounced")):
        mail = gone(people[name], alice, str(Ref.to(campaign)), is_bulk=True)
        Message.objects.filter(pk=mail.pk).update(state=state)
        CampaignReader.objects.create(
            campaign=campaign, person=people[name], message=mail, created_at=now, updated_at=now
        )
    gone(people["Ana"], alice, serves)
    gone(None, alice, serves)
    gone(people["Dora"], alice, "")
    times = {"starts_at": now - timedelta(hours=2), "ends_at": now - timedelta(hours=1)}
    ride = plan_event(title="First ride", kind="gathering", cites=serves, by=alice, **times)
    for person, name, came in (
        (people["Ana"], "Ana", now),
        (None, "A guest", now),
        (people["Ben"], "Ben", None),
    ):
        Registration.objects.create(
            event=ride, person=person, name=name, name_folded=name.lower(), state="place", came_at=came,
            created_at=now, updated_at=now,
        )  # fmt: skip
    link = links.create(
        title="Flyer of the bus", target="/events/", channels=["flyer"], code="bus", cites=serves, by=alice
    )
    for _visit in range(7):
        links.count_visit(link=link, channel="flyer", on=timezone.localdate())
    return made


def test_one_reach_over_all_channels(project, alice, logged_in):
    found = reaching.panel(alice, project)
    assert [(one.title.partition(",")[0], one.many) for _label, one in found["reached"]] == [
        ("Spring", 2),
        ("First ride", 2),
        ("Single mails", 2),
        ("Flyer of the bus", 7),
    ]
    assert found["total"] == 13
    browser = logged_in(alice)
    for _label, one in found["reached"]:
        assert browser.get(one.rows_url).status_code == 200
        if one.rule == "count":
            rows = browser.get(f"{one.rows_url}&export=csv").getvalue().decode("utf-8-sig").splitlines()
            assert len(rows) - 1 == one.many, one.title
    today = timezone.localdate()
    period = parse(f"{today:%Y-%m}")
    options = {"project": project.pk}
    rows = list(sources.get("projects.reach").rows(options, period))
    assert sum(row.value for row in rows) == 13
    people = list(sources.get("projects.reached_people").rows(options, period))
    assert (len(people), len({row.counts or row.ref for row in people})) == (6, 4), (
        "Ana once, a guest, a mail, Ben"
    )
    before = sources.get("projects.reach").stamp(options, period)
    links.count_visit(link=ShortLink.objects.get(), channel="flyer", on=today)
    assert sources.get("projects.reach").stamp(options, period) != before
    other = add_project(name="Another", kind="infrastructure", by=alice)
    assert reaching.panel(alice, other) is None


def test_a_mail_and_a_link_are_told_on_their_pages_what_they_serve(project, alice, vera, logged_in, asks):
    browser = logged_in(alice)
    serves = str(Ref.to(project))
    page = browser.get(f"/mail/write/?about={serves}").content.decode()
    assert 'value="The bus"' in page
    sent = {"to_address": "new@example.org", "subject": "A seat", "text": "Come along."}
    assert browser.post("/mail/write/", {**sent, "about": "No such thing"}).status_code == 422
    assert not Message.objects.filter(to_address="new@example.org").exists()
    browser.post("/mail/write/", {**sent, "about": "the BUS"})
    assert Message.objects.get(to_address="new@example.org").about == serves

    ask = asks(alice)
    assert ask("POST", "/outbox", {**sent, "about": "people.person:1"})[0] == 422
    assert ask("POST", "/outbox", {**sent, "about": serves})[1]["about"] == serves
    status, made = ask(
        "POST", "/short-links", {"title": "Poster", "target": "/events/", "cites": serves, "code": "poster"}
    )
    assert (status, made["cites"]) == (201, serves)
    assert (
        ask("POST", "/short-links", {"title": "Poster", "target": "/events/", "cites": "people.person:1"})[0]
        == 422
    )
    listed = ask("GET", f"/short-links?cites={serves}")[1]["items"]
    assert [one["code"] for one in listed] == ["bus", "poster"]
    ask("PATCH", f"/short-links/{made['id']}", {"is_ended": True, "cites": ""})
    assert [one["code"] for one in ask("GET", f"/short-links?cites={serves}")[1]["items"]] == ["bus"]
    assert [one["code"] for one in ask("GET", "/short-links?is_ended=true")[1]["items"]] == ["poster"]

    assert [
        hit.title for hit in find("Flyer of the bus", actor=alice) if hit.ref.kind == "links.shortlink"
    ] == ["Flyer of the bus"]
    link = ShortLink.objects.get(code="bus")
    assert "The bus" in browser.get(f"/trace/{Ref.to(link)}/").content.decode()
    assert "Flyer of the bus" in browser.get(f"/trace/{serves}/").content.decode()
    assert "made the short link" in browser.get(link.get_absolute_url()).content.decode()
    listed = browser.get("/links/?words=flyer").content.decode()
    assert "Flyer of the bus" in listed
    assert "Poster" not in listed
    table = browser.get("/links/?export=csv").getvalue().decode("utf-8-sig")
    assert "Flyer of the bus" in table
    assert logged_in(vera).post(f"{link.get_absolute_url()}remove/").status_code == 403
    browser.post(f"{link.get_absolute_url()}remove/")
    assert not ShortLink.objects.filter(code="bus").exists()
    assert not [hit for hit in find("Flyer of the bus", actor=alice) if hit.ref.kind == "links.shortlink"]
