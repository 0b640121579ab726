"""The team keeps what worries people: raised, answered within its clock, resolved or declined, opened again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.issues.models import Answer, Issue
from barnraise.what.issues.services import answer_issue, decline, raise_issue, resolve
from barnraise.what.issues.services.tell import address
from barnraise.what.projects.services import add_project

pytestmark = pytest.mark.django_db
PAGE = "/what/concerns/"
PUBLIC = "/concern/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ago(**span):
    return timezone.now() - timedelta(**span)


def said(**more):
    first = {"origin": "partner", "organisation": "Oak Hill Pantry", "what": "Nobody asked us", "severity": "high"}  # fmt: skip
    return {**first, "owner": "", **more}


def raised(by, what="Nobody asked us", origin="resident", **more):
    return raise_issue(by=by, origin=origin, what=what, **more)


def test_created_changed_and_refused_with_a_reason(pantry, library, alice, bob, vera, logged_in):
    browser = logged_in(alice)
    for wrong, reason in (
        ({"what": " "}, "This field is required."),
        ({"organisation": ""}, "Say which partner raised it."),
        ({"organisation": "Nobody Known"}, "There is none of this name."),
        ({"about": "Oak Hill Pantry"}, "Nobody raises a concern about themselves here."),
        ({"severity": "dreadful"}, "Select a valid choice."),
        ({"cites": "No such goal"}, "There is no project, objective, goal or need of this name."),
        ({"asker_email": "not an address"}, "Enter a valid email address."),
    ):
        page = browser.post(f"{PAGE}note/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}note/", said()).status_code == 403
    assert not Issue.objects.exists()
    add_project(by=alice, name="Fresh Food Shelf", kind="empowerment")
    more = {"about": "Riverbend Library", "cites": "fresh food shelf", "owner": bob.pk}
    answer = browser.post(f"{PAGE}note/", said(**more))
    made = Issue.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.organisation, made.about, made.owner, made.state) == (pantry, library, bob, "open")
    page = text(browser.get(answer.url))
    assert "Fresh Food Shelf" in page
    assert "Riverbend Library" in page
    assert "Nothing yet." in page
    owed = made.answer_by
    assert browser.post(f"{answer.url}change/", said(**more, severity="low")).status_code == 302
    made.refresh_from_db()
    assert (made.severity, made.answer_by > owed) == ("low", True)
    browser.post(f"{answer.url}take/")
    made.refresh_from_db()
    assert made.owner == alice
    assert "Alice sees to the concern Nobody asked us" in text(browser.get(answer.url))
    assert logged_in(bob).post(f"{answer.url}remove/").status_code == 403
    browser.post(f"{answer.url}remove/")
    assert not Issue.objects.exists()


def test_answered_resolved_declined_and_opened_again(ana, alice, bob, logged_in):
    browser = logged_in(bob)
    made = raised(bob, person=ana)
    where = made.get_absolute_url()
    early = browser.post(f"{where}resolve/", {"outcome": "Mended"})
    assert (early.status_code, "Answer the one who asked first" in text(early)) == (422, True)
    assert "A mail goes to ana@example.net" in text(browser.get(f"{where}answer/"))
    assert browser.post(f"{where}answer/", {"text": " ", "way": "mail"}).status_code == 422
    assert (Issue.objects.get().state, Message.objects.count(), Answer.objects.count()) == ("open", 0, 0)
    browser.post(f"{where}answer/", {"text": "Lo vemos el lunes.", "way": "mail"})
    made.refresh_from_db()
    mail = Message.objects.get()
    assert (made.state, made.answered_at is not None) == ("answered", True)
    assert (mail.to_address, mail.language, mail.about) == ("ana@example.net", "es", str(Ref.to(made)))
    assert mail.body.subject == "Nuestra respuesta a su inquietud: Nobody asked us"
    assert "Lo vemos el lunes." in mail.body.text
    assert "Su inquietud: Nobody asked us" in mail.body.text
    assert browser.post(f"{where}resolve/", {"outcome": ""}).status_code == 422
    browser.post(f"{where}resolve/", {"outcome": "The lamp burns", "tells": "on"})
    made.refresh_from_db()
    assert (made.state, made.outcome, Message.objects.count()) == ("resolved", "The lamp burns", 2)
    assert "Bob resolved the concern Nobody asked us: The lamp burns" in text(browser.get(where))
    assert browser.post(f"{where}answer/", {"text": "More", "way": "mail"}).status_code == 422
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='issues.resolved').pk}/undo/")
    made.refresh_from_db()
    assert (made.state, made.ended_at, made.outcome) == ("answered", None, "")
    assert browser.post(f"{where}reopen/", {"reason": ""}).status_code == 422
    browser.post(f"{where}reopen/", {"reason": "It went out again"})
    made.refresh_from_db()
    assert (made.state, made.answered_at, made.rounds) == ("open", None, 2)
    assert browser.post(f"{where}decline/", {"reason": "", "way": "said"}).status_code == 422
    browser.post(f"{where}decline/", {"reason": "This is for the city", "way": "said"})
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("declined", "This is for the city")
    answers = [(one.text, one.stops_clock) for one in Answer.objects.order_by("pk")]
    assert answers == [("Lo vemos el lunes.", True), ("This is for the city", True)]
    assert Message.objects.count() == 2


def test_a_resident_raises_one_on_the_public_page_and_follows_it(alice, bob, logged_in):
    stranger = Client(HTTP_ACCEPT_LANGUAGE="es")
    assert "Cuéntenos qué le preocupa" in text(stranger.get(PUBLIC))
    robot = stranger.post(PUBLIC, {"what": "Buy", "website": "x"})
    assert (robot.status_code, Issue.objects.exists()) == (200, False)
    assert stranger.post(PUBLIC, {"what": "", "asker_email": "rosa@example.net"}).status_code == 422
    assert not Issue.objects.exists()
    given = {"what": "La lámpara no alumbra", "asker_name": "Rosa", "asker_email": "Rosa@example.net"}
    thanks = stranger.post(PUBLIC, given)
    made = Issue.objects.get()
    assert (made.origin, made.language, made.asker_email, made.severity) == (
        "resident", "es", "rosa@example.net", "medium",
    )  # fmt: skip
    first = Message.objects.get()
    assert first.body.subject == "Recibimos su inquietud: La lámpara no alumbra"
    (link,) = set(re.findall(r'href="(http://testserver/l/act/[^"]+)"', thanks.content.decode()))
    answer_issue(made, by=bob, text="Mañana va alguien.", way="mail")
    page = text(stranger.get(link))
    assert "La lámpara no alumbra" in page
    assert "Mañana va alguien." in page
    assert Issue.objects.get().state == "answered", "a GET changes nothing"
    assert stranger.post(link, {"text": " "}).status_code == 422
    assert Issue.objects.get().rounds == 1
    stranger.post(link, {"text": "Sigue apagada"})
    made.refresh_from_db()
    assert (made.state, made.rounds, "Sigue apagada" in made.detail) == ("open", 2, True)
    told = text(logged_in(alice).get(made.get_absolute_url()))
    assert "A resident raised the concern La lámpara no alumbra" in told
    assert "Whoever raised the concern La lámpara no alumbra said more" in told
    for _ in range(7):
        stranger.post(PUBLIC, given)
    full = stranger.post(PUBLIC, given)
    assert (full.status_code, full.headers["Retry-After"]) == (429, "60")


def test_filtered_counted_and_taken_out_as_csv(pantry, library, ana, alice, bob, logged_in):
    browser = logged_in(alice)
    assert "No concerns yet" in text(browser.get(PAGE))
    raised(alice, "Waiting one", severity="low", owner=bob)
    raised(alice, "Near one", severity="urgent", person=ana)
    raised(alice, "Over one", raised_at=ago(days=20))
    resolve_me = raised(alice, "Resolved one", origin="partner", organisation=pantry, about=library)
    answer_issue(resolve_me, by=bob, text="Yes", way="said")
    resolve(resolve_me, by=bob, outcome="Turns agreed")
    answer_issue(raised(alice, "Late one", raised_at=ago(days=30)), by=bob, text="Sorry", way="said")
    decline(raised(alice, "Declined one", severity="low"), by=bob, reason="Not ours", way="said")
    names = ("Waiting one", "Near one", "Over one", "Resolved one", "Late one", "Declined one")
    for query, shown in (
        ("state=open", ["Waiting one", "Near one", "Over one"]),
        ("clock=near&clock=over", ["Near one", "Over one"]),
        ("clock=in_time", ["Resolved one", "Declined one"]),
        ("clock=late", ["Late one"]),
        ("severity=low", ["Waiting one", "Declined one"]),
        ("origin=partner", ["Resolved one"]),
        ("partner=riverbend library", ["Resolved one"]),
        ("partner=Ana Lopez", ["Near one"]),
        (f"owner={bob.pk}", ["Waiting one"]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in page] == shown, query
    assert "There is no concern by or about “Nobody”." in text(browser.get(f"{PAGE}?partner=Nobody"))
    counted = text(browser.get(f"{PAGE}?as=clocks"))
    assert "Urgent 0 1 0 0 0 High 0 0 0 0 0 Medium 0 0 1 1 1 Low 1 0 0 1 0" in counted
    lines = browser.get(f"{PAGE}?export=csv&state=resolved").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("The concern,From whom,Severity,State,Raised,Who sees to it")
    assert lines[1].startswith("Resolved one,Oak Hill Pantry → Riverbend Library,Medium,Resolved,")


def test_shown_on_pages_today_in_trace_timeline_and_search(pantry, library, alice, bob, vera, logged_in):
    project = add_project(by=alice, name="Fresh Food Shelf", kind="empowerment")
    ref = Ref.to(project)
    made = raised(alice, origin="partner", organisation=pantry, about=library, owner=bob, cites=str(ref),
                  severity="urgent", detail="The poster hangs already")  # fmt: skip
    raised(alice, "Not soon", severity="low", owner=bob)
    browser = logged_in(bob)
    today = text(browser.get("/"))
    assert "Concerns near their clock" in today
    assert "Nobody asked us Oak Hill Pantry → Riverbend Library · Urgent · answer owed in 23 hours" in today
    assert "Not soon" not in today.split("Concerns near their clock")[1].split("Latest")[0]
    assert "Concerns near their clock" not in text(logged_in(alice).get("/")), "bob sees to it, in time"
    Issue.objects.filter(pk=made.pk).update(
        raised_at=ago(hours=27), clock_from=ago(hours=27), answer_by=ago(hours=3)
    )
    assert "3 hours past its clock" in text(logged_in(alice).get("/")), "escalated to those who lead"
    assert "3 hours past its clock" not in text(logged_in(vera).get("/"))
    for body in (pantry, library):
        panel = f"{body.get_absolute_url()}panels/issues/"
        assert f'hx-get="{panel}"' in browser.get(body.get_absolute_url()).content.decode()
        assert "Nobody asked us" in text(browser.get(panel))
    profile = text(browser.get(pantry.get_absolute_url()))
    assert "A partner raised the concern Nobody asked us , noted Alice" in profile
    mine = Ref.to(made)
    assert ref in threads.get("issues.issue").upstream(mine)
    (plug,) = [one for name, one in threads.items() if name == "projects.project@issues"]
    assert list(plug.downstream(ref).refs) == [mine]
    assert "Nobody asked us" in text(browser.get(f"/trace/{ref}/"))
    assert made.get_absolute_url() in browser.get(f"{PAGE}key/{made.pk}/").url
    assert "Nobody asked us" in text(browser.get("/search?q=poster"))
    said_to_them = answer_issue(made, by=bob, text="We take it down", way="said")
    assert browser.get(f"{PAGE}answers/{said_to_them.pk}/").url == f"{made.get_absolute_url()}#answers"
    assert "Concerns near their clock" not in text(browser.get("/"))
    assert "/l/act/" in address(made)
