"""A partner comes in by a link or an account, sees and answers what concerns its organisation, and nothing else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from barnraise.doors.portal.services import send_link
from barnraise.foundation.refs import Ref
from barnraise.nowwhat.recognition.services import send_thanks, write_thanks
from barnraise.plumbing.links.services import sign
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.sockets import Addressee
from barnraise.sowhat.indicators.services import ask_report
from barnraise.what.commitments.models import Commitment
from barnraise.what.commitments.services import make_commitment
from barnraise.what.events.services import plan_event
from barnraise.what.issues.models import Issue
from barnraise.what.issues.services import answer_issue, raise_issue
from barnraise.what.meetings.faults import Item
from barnraise.what.meetings.services import add_action, hold, note_attendance, plan_meeting
from barnraise.who.interactions.models import Interaction, NextStep
from barnraise.who.organisations.models import ContactPoint
from barnraise.who.organisations.services import change_organisation
from barnraise.who.people.documents import PersonDocument, Reach
from barnraise.who.people.services import add_role, change_role, register_person
from barnraise.why.goals.services import add_goal, add_indicator, add_objective

pytestmark = pytest.mark.django_db
PORTAL = "/portal/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def soon(days=5):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def petra_of_pantry(pantry, alice, petra):
    """Petra's record, with her role at the pantry."""
    document = PersonDocument(
        given_name="Petra", family_name="Stone", contacts=(Reach("email", "petra@pantry.example", ""),)
    )
    person = register_person(document, by=alice)
    return add_role(person, organisation=pantry, title="Director", by=alice)


def enter(link):
    """A stranger's browser that pressed the button of the link."""
    browser = Client()
    assert browser.get(link).status_code == 200
    assert browser.get(PORTAL).url == f"{PORTAL}door/", "opening the page lets nobody in"
    assert browser.post(link).url == PORTAL
    return browser


@pytest.fixture
def inside(petra_of_pantry, pantry, alice, logged_in):
    """Petra, come in by the mail that alice sent her."""
    logged_in(alice).post(f"{PORTAL}send/{pantry.uuid}/", {"to": "0"})
    (link,) = re.findall(r"http://testserver(/l/act/\S+)", Message.objects.get().body.text)
    return enter(link)


def test_the_link_lets_in_once_and_only_who_speaks_for_the_organisation(
    petra_of_pantry, pantry, library, alice, vera, logged_in
):
    assert logged_in(vera).post(f"{PORTAL}send/{pantry.uuid}/", {"to": "0"}).status_code == 403
    assert logged_in(alice).post(f"{PORTAL}send/{library.uuid}/", {"to": "0"}).status_code == 422, (
        "no mailbox"
    )
    assert Message.objects.count() == 0
    logged_in(alice).post(f"{PORTAL}send/{pantry.uuid}/", {"to": "0"})
    mail = Message.objects.get()
    assert (mail.to_address, mail.recipient) == ("petra@pantry.example", str(Ref.to(petra_of_pantry.person)))
    (link,) = re.findall(r"http://testserver(/l/act/\S+)", mail.body.text)
    browser = enter(link)
    assert "Oak Hill Pantry" in text(browser.get(PORTAL))
    assert Client().post(link).status_code == 410, "it opens once"
    browser.post(f"{PORTAL}leave/")
    assert browser.get(PORTAL).url == f"{PORTAL}door/"
    again = sign(
        "portal.enter", Ref.to(pantry), expires=timedelta(days=1), data={"p": petra_of_pantry.person_id}
    )
    browser = enter(again.removeprefix("http://testserver"))
    change_role(petra_of_pantry, ended_on=timezone.localdate() - timedelta(days=1), by=alice)
    assert browser.get(PORTAL).url == f"{PORTAL}door/", "who left is out at once"
    late = sign(
        "portal.enter", Ref.to(pantry), expires=timedelta(days=1), data={"p": petra_of_pantry.person_id}
    )
    assert Client().get(late.removeprefix("http://testserver")).status_code == 410
    other = sign("issues.follow", Ref.to(pantry), expires=timedelta(days=1))
    assert "portal" not in Client().post(other.removeprefix("http://testserver")).headers.get("Location", "")


def test_the_door_says_the_same_to_everybody_and_writes_only_to_whom_we_know(petra_of_pantry, alice, bob):
    stranger = Client()
    known = stranger.post(f"{PORTAL}door/", {"email": "Petra@pantry.example"})
    unknown = stranger.post(f"{PORTAL}door/", {"email": "eve@example.net"})
    assert text(known) == text(unknown)
    assert "a mail with your way in is on its way" in text(known)
    assert [one.to_address for one in Message.objects.all()] == ["petra@pantry.example"]
    (link,) = re.findall(r"http://testserver(/l/act/\S+)", Message.objects.get().body.text)
    assert "Oak Hill Pantry" in text(enter(link).get(PORTAL))
    assert stranger.post(f"{PORTAL}door/", {"email": "nothing"}).status_code == 422
    for _ in range(3):
        stranger.post(f"{PORTAL}door/", {"email": "eve@example.net"})
    assert stranger.post(f"{PORTAL}door/", {"email": "petra@pantry.example"}).status_code == 429
    assert Message.objects.count() == 1


def test_an_account_of_a_partner_comes_in_and_only_for_its_organisations(
    petra, pantry, library, alice, bob, logged_in
):
    browser = logged_in(petra)
    assert browser.get(PORTAL).url == f"{PORTAL}door/", "no role anywhere yet"
    person = register_person(
        PersonDocument(given_name="Petra", family_name="Stone", account=petra.pk), by=alice
    )
    add_role(person, organisation=pantry, by=alice)
    assert "Oak Hill Pantry" in text(browser.get(PORTAL))
    assert "To the portal" in text(browser.get("/"))
    assert browser.post(f"{PORTAL}choose/", {"organisation": library.pk}).status_code == 404
    assert "Oak Hill Pantry" in text(browser.get(PORTAL))
    add_role(person, organisation=library, by=alice)
    browser.post(f"{PORTAL}choose/", {"organisation": library.pk})
    assert "Riverbend Library" in text(browser.get(f"{PORTAL}promises/"))
    assert logged_in(bob).get(PORTAL).url == f"{PORTAL}door/", "the team has its own door"
    assert Client().get(PORTAL).url == f"{PORTAL}door/"


def test_promises_are_kept_and_said_to_be_late_and_others_are_not_there(inside, pantry, library, alice):
    mine = make_commitment(by=alice, direction="theirs", partner=pantry, what="Forty boxes", due_on=soon())
    ours = make_commitment(by=alice, direction="ours", partner=pantry, what="The minutes", due_on=soon())
    given = make_commitment(
        by=alice, direction="between", partner=library, to=pantry, what="A room", due_on=soon()
    )
    foreign = make_commitment(by=alice, direction="theirs", partner=library, what="Books", due_on=soon())
    for page in (text(inside.get(f"{PORTAL}promises/")), text(inside.get(PORTAL))):
        assert "Forty boxes" in page
        assert "The minutes" in page
        assert "Books" not in page
    assert "A room" in text(inside.get(f"{PORTAL}promises/"))
    for one in (ours, given, foreign):
        assert inside.post(f"{PORTAL}promises/{one.uuid}/keep/").status_code == 404, one
        assert inside.post(f"{PORTAL}promises/{one.uuid}/late/", {"reason": "x"}).status_code == 404, one
    assert not Commitment.objects.exclude(settled="").exists()
    assert inside.post(f"{PORTAL}promises/{mine.uuid}/late/", {"reason": " "}).status_code == 422
    inside.post(f"{PORTAL}promises/{mine.uuid}/late/", {"reason": "The van broke, Friday"})
    mine.refresh_from_db()
    assert (mine.due_on, "The van broke, Friday" in mine.detail) == (soon(), True)
    inside.post(f"{PORTAL}promises/{mine.uuid}/keep/")
    mine.refresh_from_db()
    assert (mine.settled, mine.settled_on) == ("kept", timezone.localdate())
    inside.post(f"{PORTAL}promises/{mine.uuid}/keep/")
    assert Commitment.objects.filter(settled="kept").count() == 1


def test_the_team_reads_what_was_said_in_the_portal(inside, pantry, petra_of_pantry, alice, bob, logged_in):
    mine = make_commitment(by=alice, direction="theirs", partner=pantry, what="Forty boxes", due_on=soon())
    inside.post(f"{PORTAL}promises/{mine.uuid}/late/", {"reason": "The van broke"})
    told = text(logged_in(bob).get(mine.get_absolute_url()))
    assert "In the portal it was said that the promise Forty boxes will be late: The van broke" in told
    assert "Petra Stone" in told
    ContactPoint.objects.create(organisation=pantry, kind="phone", value="+17405550103")
    page = text(inside.get(f"{PORTAL}record/"))
    assert "Petra Stone" in page
    assert "Phone +17405550103" in page
    assert "Director" in page
    inside.post(f"{PORTAL}record/mission/", {"mission": "Groceries for whoever asks."})
    pantry.refresh_from_db()
    assert pantry.mission == "Groceries for whoever asks."
    assert inside.post(f"{PORTAL}record/correct/", {"text": ""}).status_code == 422
    assert not Interaction.objects.exists()
    inside.post(f"{PORTAL}record/correct/", {"text": "We moved to Third Street."})
    assert Interaction.objects.get().text == "We moved to Third Street."
    step = NextStep.objects.get()
    assert (step.organisation, step.due_on) == (pantry, soon(7))
    change_organisation(pantry, by=alice, mission="Ours")
    assert "Ours" in text(inside.get(f"{PORTAL}record/"))


def test_concerns_are_raised_and_followed_and_those_about_them_never_shown(inside, pantry, library, alice):
    assert inside.post(f"{PORTAL}concerns/raise/", {"what": ""}).status_code == 422
    assert not Issue.objects.exists()
    where = inside.post(f"{PORTAL}concerns/raise/", {"what": "Nobody asked us", "detail": "Twice"}).url
    mine = Issue.objects.get()
    assert (mine.origin, mine.organisation, str(mine.person)) == ("partner", pantry, "Petra Stone")
    answer_issue(mine, by=alice, text="You are right", way="said")
    about = raise_issue(by=alice, origin="partner", organisation=library, about=pantry, what="They were late")
    page = text(inside.get(f"{PORTAL}concerns/"))
    assert "Nobody asked us" in page
    assert "They were late" not in page
    assert "You are right" in text(inside.get(where))
    assert inside.get(f"{PORTAL}concerns/{about.uuid}/").status_code == 404
    assert inside.post(f"{PORTAL}concerns/{about.uuid}/", {"text": "No"}).status_code == 404
    assert inside.post(where, {"text": ""}).status_code == 422
    assert Issue.objects.filter(rounds=1).count() == 2
    inside.post(where, {"text": "It happened again"})
    mine.refresh_from_db()
    assert (mine.state, mine.rounds) == ("open", 2)


def test_meetings_and_events_that_concern_them(inside, pantry, library, alice):
    now = timezone.now()
    agenda = [Item("Numbers", note="Too few", decided="More")]
    both = (pantry, library)
    shared = plan_meeting(
        by=alice, title="Table", starts_at=now - timedelta(days=1), agenda=agenda, organisations=both
    )
    note_attendance(shared, by=alice, came={pantry: ("came", 1)})
    add_action(shared, by=alice, what="Bring the keys", due_on=soon(), partner=pantry)
    add_action(shared, by=alice, what="Bring the books", due_on=soon(), partner=library)
    closed = plan_meeting(by=alice, title="Closed", starts_at=now, organisations=[pantry], is_shared=False)
    foreign = plan_meeting(by=alice, title="Foreign", starts_at=now, organisations=[library])
    page = text(inside.get(f"{PORTAL}meetings/"))
    assert ("Table" in page, "Closed" in page, "Foreign" in page) == (True, False, False)
    for one in (closed, foreign):
        assert inside.get(f"{PORTAL}meetings/{one.uuid}/").status_code == 404
    page = text(inside.get(f"{PORTAL}meetings/{shared.uuid}/"))
    assert ("Numbers" in page, "Too few" in page) == (True, False), "minutes are open"
    hold(shared, by=alice)
    page = text(inside.get(f"{PORTAL}meetings/{shared.uuid}/"))
    for words, there in (
        ("Too few", True),
        ("Decided: More", True),
        ("Bring the keys", True),
        ("Bring the books", False),
    ):
        assert (words in page) is there, words
    when = {"starts_at": now + timedelta(days=3), "ends_at": now + timedelta(days=3, hours=2)}
    plan_event(by=alice, title="Garden day", kind="workshop", is_public=True, **when)
    plan_event(by=alice, title="Staff only", kind="workshop", is_public=False, **when)
    page = text(inside.get(f"{PORTAL}events/"))
    assert ("Garden day" in page, "Staff only" in page) == (True, False)


def test_in_the_rest_of_the_house_whoever_is_in_the_portal_is_a_stranger(inside):
    """Every address of the house answers the session of a portal as it answers nobody."""
    example = {
        "uuid": str(uuid4()),
        "key": "1",
        "pk": "1",
        "code": "none",
        "token": "none",
        "ref": "people.person:1",
    }
    bad = []
    for name, route in _routes(get_resolver()):
        if name.startswith(("portal:", "links:", "desk:language", "desk:health")) or "<path:" in route:
            continue
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: example.get(found[1], "1"), route)
        if "(" in path or "^" in path or "\\" in path:
            continue
        mine, nobody = inside.get(path), Client().get(path)
        if (mine.status_code, mine.headers.get("Location")) != (
            nobody.status_code,
            nobody.headers.get("Location"),
        ):
            bad.append((name, mine.status_code, nobody.status_code))
    assert bad == []


def _routes(resolver, space="", prefix=""):
    for part in resolver.url_patterns:
        if hasattr(part, "url_patterns"):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from _routes(part, inner, prefix + str(part.pattern))
        else:
            yield f"{space}{part.name}", prefix + str(part.pattern)


def test_numbers_due_are_given_on_their_page(inside, pantry, library, alice):
    objective = add_objective(add_goal(name="Every child eats", by=alice), name="Breakfast", by=alice)
    bags = add_indicator(
        name="Bags", objective=objective, unit="bags", rule="sum", frequency="quarter", by=alice
    )
    foreign = ask_report(bags, organisation=library, on=soon(-200), by=alice)
    mine = ask_report(bags, organisation=pantry, on=soon(-200), due_on=soon(), by=alice)
    assert text(inside.get(f"{PORTAL}numbers/")).count("Give the number") == 1
    assert inside.post(f"{PORTAL}numbers/{foreign.uuid}/").status_code == 404
    link = inside.post(f"{PORTAL}numbers/{mine.uuid}/").url.removeprefix("http://testserver")
    inside.post(link, {"value": "12", "signed_by": "Petra Stone"})
    mine.refresh_from_db()
    assert (mine.value, mine.signed_by) == (12, "Petra Stone")
    assert "You are asked for no number" in text(inside.get(f"{PORTAL}numbers/"))
    assert inside.post(f"{PORTAL}numbers/{mine.uuid}/").status_code == 404, "it is given"


def test_thanks_sent_to_them_and_milestones_told_are_shown_and_those_of_others_are_not(
    inside, pantry, library, alice
):
    page = text(inside.get(f"{PORTAL}thanks/"))
    assert "No thanks were sent to you yet." in page
    days = {"ends_on": date(2025, 12, 31), "language": "en", "by": alice}
    for body, letter in ((pantry, "Thank you for the soup."), (library, "Thank you for the books.")):
        made = write_thanks(
            organisation=body, letter=letter, wording=f"{body} helped", begins_on=date(2025, 1, 1), **days
        )
        send_thanks(made, by=alice, to=Addressee("Somebody", "x@example.org"))
    write_thanks(organisation=pantry, letter="Not sent yet.", begins_on=date(2025, 6, 1), **days)
    page = text(inside.get(f"{PORTAL}thanks/"))
    assert "Thank you for the soup." in page
    assert "How you are named in public: Oak Hill Pantry helped" in page
    assert "books" not in page
    assert "Not sent yet" not in page
    assert Client().get(f"{PORTAL}thanks/").url == f"{PORTAL}door/"


def test_a_confidential_concern_is_not_shown_there(inside, pantry, alice):
    row = raise_issue(
        by=alice, origin="partner", organisation=pantry, what="They shout", is_confidential=True
    )
    assert "They shout" not in text(inside.get(f"{PORTAL}concerns/"))
    assert inside.get(f"{PORTAL}concerns/{row.uuid}/").status_code == 404


def test_the_page_of_the_link_speaks_the_language_of_the_mail_and_is_as_wide_as_lists_need(
    petra_of_pantry, pantry, alice
):
    send_link(pantry, by=alice, address="petra@pantry.example", language="es")
    (link,) = re.findall(r"http://testserver(\S+)", Message.objects.select_related("body").get().body.text)
    browser = Client(headers={"accept-language": "en"})
    page = browser.get(link).content.decode()
    assert '<html lang="es"' in page
    browser.post(link)
    for place in ("", "promises/", "meetings/", "thanks/", "record/"):
        assert 'class="is-bare is-wide"' in browser.get(f"{PORTAL}{place}").content.decode(), place
