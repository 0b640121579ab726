"""A partner's token sees and answers what concerns its organisation by API, and nothing else anywhere."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.doors.portal import api
from barnraise.doors.portal.entering import visitor_by_account
from barnraise.doors.portal.services import give_number
from barnraise.nowwhat.recognition.services import change_thanks, send_thanks, write_thanks
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.mail.sockets import Addressee
from barnraise.plumbing.ui import limits
from barnraise.sowhat.indicators.models import Report
from barnraise.sowhat.indicators.services import ask_report
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import make_commitment
from barnraise.what.events.services import plan_event
from barnraise.what.issues.models import Issue
from barnraise.what.issues.services import answer_issue, raise_issue
from barnraise.what.meetings.faults import Item
from barnraise.what.meetings.services import add_action, plan_meeting
from barnraise.who.interactions.models import NextStep
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import add_role, change_role, register_person
from barnraise.why.goals.services import add_goal, add_indicator, add_objective

pytestmark = pytest.mark.django_db


def soon(days=5):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def role(pantry, alice, petra):
    """Petra's role at the pantry, by her account."""
    person = register_person(
        PersonDocument(given_name="Petra", family_name="Stone", account=petra.pk), by=alice
    )
    return add_role(person, organisation=pantry, title="Director", by=alice)


@pytest.fixture
def send(role, asks, petra):
    """Petra's program."""
    return asks(petra)


def test_promises_numbers_and_the_record_are_seen_and_answered(send, pantry, library, alice):
    mine, ours = (
        make_commitment(by=alice, direction=direction, partner=pantry, what=what, due_on=soon())
        for direction, what in (("theirs", "Forty boxes"), ("ours", "The minutes"))
    )
    foreign = make_commitment(by=alice, direction="theirs", partner=library, what="Books", due_on=soon())
    found = send("GET", "/portal/promises")[1]["items"]
    assert sorted((one["what"], one["may_answer"]) for one in found) == [
        ("Forty boxes", True),
        ("The minutes", False),
    ]
    for one in (ours, foreign):
        assert send("POST", f"/portal/promises/{one.uuid}/kept")[0] == 404
        assert send("POST", f"/portal/promises/{one.uuid}/late", {"reason": "x"})[0] == 404
    where = f"/portal/promises/{mine.uuid}"
    status, problem = send("POST", f"{where}/late", {"reason": " "})
    assert (status, problem["errors"][0]["field"]) == (422, "reason")
    assert not Commitment.objects.exclude(settled="", detail="").exists()
    assert send("POST", f"{where}/late", {"reason": "The van broke"})[1]["due_on"] == soon().isoformat()
    assert send("POST", f"{where}/kept")[1]["state"] == "kept"
    assert send("POST", f"{where}/kept")[0] == 422
    mine.refresh_from_db()
    assert (mine.settled, "The van broke" in mine.detail) == ("kept", True)

    objective = add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)
    bags = add_indicator(
        name="Bags", objective=objective, unit="bags", rule="sum", frequency="quarter", by=alice
    )
    theirs, asked = (
        ask_report(bags, organisation=body, on=soon(-200), due_on=soon(), by=alice)
        for body in (library, pantry)
    )
    assert [(one["id"], one["indicator"]) for one in send("GET", "/portal/numbers")[1]["items"]] == [
        (str(asked.uuid), "Bags")
    ]
    assert send("POST", f"/portal/numbers/{theirs.uuid}", {"value": "12"})[0] == 404
    assert send("POST", f"/portal/numbers/{asked.uuid}", {})[0] == 422
    assert send("POST", f"/portal/numbers/{asked.uuid}", {"value": "12"})[0] == 204
    asked.refresh_from_db()
    assert (asked.value, asked.signed_by) == (12, "Petra")
    assert send("POST", f"/portal/numbers/{asked.uuid}", {"value": "13"})[0] == 404, "it is given"

    record = send("PATCH", "/portal/record", {"mission": "Groceries for whoever asks."})[1]
    assert (record["name"], record["mission"], record["speakers"]) == (
        "Oak Hill Pantry", "Groceries for whoever asks.", ["Petra Stone"],
    )  # fmt: skip
    for text in ("", " ", "a\x00b"):
        assert send("POST", "/portal/corrections", {"text": text})[0] == 422
    assert not NextStep.objects.exists()
    assert send("POST", "/portal/corrections", {"text": "We moved."})[0] == 204
    assert NextStep.objects.get().organisation == pantry


def test_concerns_meetings_events_and_thanks(send, pantry, library, alice):
    assert send("POST", "/portal/concerns", {"what": ""})[0] == 422
    status, made = send("POST", "/portal/concerns", {"what": "Nobody asked us"})
    mine = Issue.objects.get()
    assert (status, made["id"], mine.organisation, str(mine.person)) == (
        201,
        str(mine.uuid),
        pantry,
        "Petra Stone",
    )
    about = raise_issue(by=alice, origin="partner", organisation=library, about=pantry, what="They were late")
    secret = raise_issue(
        by=alice, origin="partner", organisation=pantry, what="They shout", is_confidential=True
    )
    assert [one["what"] for one in send("GET", "/portal/concerns")[1]["items"]] == ["Nobody asked us"]
    for one in (about, secret):
        assert send("GET", f"/portal/concerns/{one.uuid}")[0] == 404
        assert send("POST", f"/portal/concerns/{one.uuid}/more", {"text": "x"})[0] == 404
    assert send("POST", f"/portal/concerns/{mine.uuid}/more", {"text": "Twice"})[0] == 200
    assert send("GET", f"/portal/concerns/{mine.uuid}")[1]["answers"] == []

    now = timezone.now()
    agenda = [Item("Numbers", note="Too few", decided="More")]
    shared = plan_meeting(
        by=alice, title="Table", starts_at=now, agenda=agenda, organisations=(pantry, library)
    )
    add_action(shared, by=alice, what="Bring the keys", due_on=soon(), partner=pantry)
    add_action(shared, by=alice, what="Bring the books", due_on=soon(), partner=library)
    others = [
        plan_meeting(by=alice, title="Closed", starts_at=now, organisations=[pantry], is_shared=False),
        plan_meeting(by=alice, title="Foreign", starts_at=now, organisations=[library]),
    ]
    assert [one["title"] for one in send("GET", "/portal/meetings")[1]["items"]] == ["Table"]
    assert [send("GET", f"/portal/meetings/{one.uuid}")[0] for one in others] == [404, 404]
    minutes = send("GET", f"/portal/meetings/{shared.uuid}")[1]
    assert (minutes["items"], [one["what"] for one in minutes["promises"]]) == (
        [{"title": "Numbers", "note": "", "decided": ""}], ["Bring the keys"],
    )  # fmt: skip
    when = {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=2)}
    plan_event(by=alice, title="Garden day", kind="workshop", is_public=True, **when)
    plan_event(by=alice, title="Staff only", kind="workshop", is_public=False, **when)
    assert [(one["title"], one["is_hosted"]) for one in send("GET", "/portal/events")[1]["items"]] == [
        ("Garden day", False)
    ]
    for body, letter in ((pantry, "Thank you for the soup."), (library, "Thank you for the books.")):
        made = write_thanks(
            organisation=body,
            letter=letter,
            wording="",
            begins_on=soon(-90),
            ends_on=soon(-9),
            language="en",
            by=alice,
        )
        send_thanks(made, by=alice, to=Addressee("Somebody", "x@example.org"))
    assert [one["letter"] for one in send("GET", "/portal/thanks")[1]["items"]] == ["Thank you for the soup."]


def test_a_long_list_is_walked_page_by_page_to_its_end(send, pantry, alice):
    for at in range(5):
        row = make_commitment(by=alice, direction="theirs", partner=pantry, what=f"Box {at}", due_on=soon())
        if at == 0:
            assert send("POST", f"/portal/promises/{row.uuid}/kept")[0] == 200
        raise_issue(by=alice, origin="partner", organisation=pantry, what=f"Worry {at}")
    for path, expected in (("promises", "Box"), ("concerns", "Worry")):
        found, cursor = [], ""
        while cursor is not None:
            status, page = send("GET", f"/portal/{path}?limit=2" + (f"&cursor={cursor}" if cursor else ""))
            assert (status, len(page["items"]) <= 2) == (200, True)
            found, cursor = found + [one["what"] for one in page["items"]], page["next"]
        assert found == [f"{expected} {at}" for at in range(5)]
    assert send("GET", "/portal/promises?cursor=made-up")[0] == 400
    assert send("GET", "/portal/thanks?limit=0")[0] == 422
    since = timezone.now().isoformat().replace("+00:00", "Z")
    assert send("GET", f"/portal/promises?updated_since={since}")[1]["items"] == []


def test_a_number_is_given_once_and_noted_with_the_account_that_gave_it(send, role, pantry, alice, petra):
    objective = add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)
    bags = add_indicator(
        name="Bags", objective=objective, unit="bags", rule="sum", frequency="quarter", by=alice
    )
    asked = ask_report(bags, organisation=pantry, on=soon(-200), by=alice)
    assert asked.answered_at is None
    assert send("POST", f"/portal/numbers/{asked.uuid}", {"value": "12"})[0] == 204
    with pytest.raises(Report.DoesNotExist):
        give_number(asked, by=visitor_by_account(petra, pantry), value=Decimal(13))
    kept = Report.objects.get(pk=asked.pk)
    assert (kept.value, kept.by, kept.signed_by) == (12, petra, "Petra")
    told = Entry.objects.get(verb="indicators.reported")
    assert (told.by, told.via) == (petra, "portal")


def test_answers_to_concerns_come_the_first_first_in_as_many_queries_for_many_as_for_one(send, pantry, alice):
    def raised(what, *said):
        row = raise_issue(by=alice, origin="partner", organisation=pantry, what=what)
        for text in said:
            answer_issue(row, by=alice, text=text, way="said")
        return row

    def listed():
        with CaptureQueriesContext(connection) as seen:
            found = send("GET", "/portal/concerns")[1]["items"]
        return {one["what"]: one["answers"] for one in found}, len(seen)

    row = raised("Nobody asked us", "We look", "You are right")
    assert send("GET", f"/portal/concerns/{row.uuid}")[1]["answers"] == ["We look", "You are right"]
    one, queries = listed()
    raised("It is cold", "The heating comes", "It came")
    raised("It is dark")
    many, same = listed()
    assert one == {"Nobody asked us": ["We look", "You are right"]}
    assert many == {**one, "It is cold": ["The heating comes", "It came"], "It is dark": []}
    assert same == queries


def test_a_letter_changed_after_it_was_sent_is_not_shown_before_it_is_sent_anew(
    send, pantry, alice, petra, logged_in
):
    days = {"begins_on": soon(-90), "ends_on": soon(-9)}
    made = write_thanks(organisation=pantry, letter="Thank you.", language="en", by=alice, **days)

    def shown():
        page = logged_in(petra).get("/portal/thanks/").content.decode()
        return "Thank you" in page, [one["letter"] for one in send("GET", "/portal/thanks")[1]["items"]]

    send_thanks(made, by=alice, to=Addressee("Somebody", "x@example.org"))
    assert shown() == (True, ["Thank you."])
    change_thanks(made, by=alice, letter="Thank you, Petra.")
    assert shown() == (False, [])
    send_thanks(made, by=alice, to=Addressee("Somebody", "x@example.org"))
    assert shown() == (True, ["Thank you, Petra."])


def test_for_which_organisation_and_only_as_long_as_somebody_speaks_for_it(
    send, role, pantry, library, alice, bob, asks
):
    assert asks(bob)("GET", "/portal/promises")[0] == 403, "the team has operations of its own"
    assert send("GET", f"/portal/record?organisation={library.uuid}")[0] == 422
    add_role(role.person, organisation=library, by=alice)
    assert [one["name"] for one in send("GET", "/portal/organisations")[1]] == [
        "Oak Hill Pantry",
        "Riverbend Library",
    ]
    status, problem = send("POST", "/portal/concerns", {"what": "For whom?"})
    assert (status, problem["errors"][0]["field"], Issue.objects.count()) == (422, "organisation", 0)
    assert send("GET", f"/portal/record?organisation={library.uuid}")[1]["name"] == "Riverbend Library"
    change_role(role, ended_on=soon(-1), by=alice)
    assert send("GET", "/portal/record")[1]["name"] == "Riverbend Library"
    assert send("GET", f"/portal/record?organisation={pantry.uuid}")[0] == 422


def test_a_program_that_writes_too_often_has_to_wait(send, library, alice, asks, monkeypatch):
    monkeypatch.setattr(limits, "WINDOW", 10**6)
    monkeypatch.setattr(api, "WRITES", 3)
    assert [send("POST", "/portal/concerns", {"what": "Again"})[0] for _ in range(2)] == [201, 201]
    assert send("POST", "/portal/corrections", {"text": "Again"})[0] == 204
    assert send("POST", "/portal/concerns", {"what": "Again"})[0] == 429
    assert send("POST", "/portal/corrections", {"text": "Again"})[0] == 429
    assert (Issue.objects.count(), NextStep.objects.count()) == (2, 1)
    assert send("GET", "/portal/concerns")[0] == 200, "reading goes on"
    other = Account.objects.create_user("paul@example.org", name="Paul", role="partner")
    paul = register_person(PersonDocument(given_name="Paul", account=other.pk), by=alice)
    add_role(paul, organisation=library, by=alice)
    assert asks(other)("POST", "/portal/concerns", {"what": "Once"})[0] == 201, "accounts are counted apart"
