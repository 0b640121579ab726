"""The team tells stories and makes them public; everybody reads them for as long as all agree."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.stories.models import Story, StoryFigure, StoryPerson
from barnraise.nowwhat.stories.services import end_story, publish_story
from barnraise.plumbing.ui.sockets import loose_ends, threads
from barnraise.sowhat.reports.pdf import said as said_in_pdf
from barnraise.sowhat.reports.selectors import content_of
from barnraise.sowhat.reports.services import issue, write_report
from barnraise.what.projects.services import add_project
from barnraise.who.consent.models import Standing
from barnraise.who.consent.services import withdraw
from barnraise.who.people.services import erase_person

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/stories/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(**more):
    first = {
        "title": "The bus",
        "summary": "",
        "text": "It runs.",
        "language": "en",
        "cites": "",
        "owner": "",
    }
    return {**first, **more}


def test_created_changed_and_refused_with_a_reason(alice, bob, vera, bags, ana, telling, logged_in):
    browser = logged_in(bob)
    assert "No stories yet" in text(browser.get(PAGE))
    for wrong, reason in (
        ({"title": " "}, "This field is required."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"cites": "Nothing known"}, "There is no project, objective, goal or need of this name."),
    ):
        page = browser.post(f"{PAGE}tell/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}tell/", said()).status_code == 403
    assert not Story.objects.exists()
    project = add_project(by=alice, name="Night Bus", kind="empowerment")
    browser = logged_in(bob)
    answer = browser.post(f"{PAGE}tell/?observation={bags.uuid}", said(cites="night bus", owner=bob.pk))
    row = Story.objects.get()
    assert (answer.url, row.cites, row.owner, row.state) == (
        row.get_absolute_url(),
        str(Ref.to(project)),
        bob,
        "draft",
    )
    assert StoryFigure.objects.get(story=row).observation == bags
    where = f"{PAGE}{row.uuid}/"
    browser.post(f"{where}change/", said(text="It runs for {1}.", cites="Night Bus"))
    row.refresh_from_db()
    assert (row.text, row.cites, row.owner) == ("It runs for {1}.", str(Ref.to(project)), None)
    for wrong, reason in (
        ({"figure": "Bags handed out"}, "The story cites it already."),
        ({"figure": "Nothing"}, "There is no indicator of this name."),
        ({"figure": "Bags handed out", "on": "2001-01-01"}, "It has no value then."),
    ):
        page = browser.post(f"{where}figures/cite/", wrong)
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    page = browser.post(f"{where}people/name/", {"person": "Nobody", "purpose": telling.pk})
    assert (page.status_code, "There is no person of this name." in text(page)) == (422, True)
    browser.post(
        f"{where}people/name/", {"person": "ana@example.org", "purpose": telling.pk, "named_as": "Ana R."}
    )
    assert [one.named_as for one in StoryPerson.objects.filter(person=ana)] == ["Ana R."]
    page = browser.post(f"{where}in/es/", {"title": "El autobús", "text": ""})
    assert (page.status_code, "a story is told whole in every language" in text(page)) == (422, True)
    browser.post(f"{where}in/es/", {"title": "El autobús", "text": "Pasa para {1}."})
    row.refresh_from_db()
    assert row.texts == {"es": {"title": "El autobús", "summary": "", "text": "Pasa para {1}."}}
    page = text(browser.get(where))
    assert "It runs for 340 bags ." in page
    assert "Ana R. not asked, or not noted" in page
    assert browser.get(f"{where}in/en/").status_code == 404
    figure = StoryFigure.objects.get()
    browser.post(f"{PAGE}figures/{figure.uuid}/remove/")
    browser.post(f"{PAGE}people/{StoryPerson.objects.get().uuid}/remove/")
    assert not StoryFigure.objects.exists()
    assert not StoryPerson.objects.exists()


def test_public_in_two_languages_and_gone_in_the_moment_of_withdrawal(
    story, photo, ana, agrees, alice, bob, logged_in
):
    browser, stranger = logged_in(alice), Client()
    where, public = f"{PAGE}{story.uuid}/", story.public_path
    picture = f"{public}{photo.uuid}/"
    assert stranger.get(public).status_code == 404
    page = browser.post(f"{where}publish/")
    assert (page.status_code, "Ana was not asked" in text(page)) == (422, True)
    agrees(ana, channels=("email",))
    assert browser.post(f"{where}publish/").status_code == 422, "to be written to is another consent"
    browser.post(f"{where}in/es/", {"title": "Un estante", "text": "Ana lo dice. Dimos {1}."})
    agrees(ana)
    assert logged_in(bob).post(f"{where}publish/").status_code == 403
    browser = logged_in(alice)
    assert browser.post(f"{where}publish/").url == story.get_absolute_url()
    page = stranger.get(public)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Ana says so." in text(page)
    assert "We gave 340 bags ." in text(page)
    assert "bags of groceries Sum of the values" in text(page)
    assert 'alt="Ana beside the shelf"' in page.content.decode()
    assert "/indicators/" not in page.content.decode(), "a stranger is shown the method, not the rows"
    assert "Dimos 340 bags ." in text(stranger.get(f"{public}?language=es"))
    shown = stranger.get(picture)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200,
        "image/png",
        "no-store",
    )
    assert "A shelf for all" in text(stranger.get(f"{PAGE}read/"))
    assert "Ana says so." in text(browser.get(public))
    assert (
        f"{StoryFigure.objects.get().observation.get_absolute_url()}#behind"
        in browser.get(public).content.decode()
    )
    withdraw(Standing.objects.get(person=ana, channel="public"), by=bob)
    gone = stranger.get(public)
    assert (gone.status_code, "This story is no longer told" in text(gone), "Ana" in text(gone)) == (
        410,
        True,
        False,
    )
    assert stranger.get(picture).status_code == 404
    assert "A shelf for all" not in text(stranger.get(f"{PAGE}read/"))
    assert "Not public: a consent is lacking" in text(browser.get(where))


def test_taken_back_by_hand_filtered_and_taken_out_as_csv(story, ana, agrees, alice, bob, logged_in):
    agrees(ana)
    browser, where = logged_in(alice), f"{PAGE}{story.uuid}/"
    browser.post(f"{PAGE}tell/", said(title="Another one"))
    publish_story(story, by=alice)
    page = browser.post(f"{where}end/", {"note": ""})
    assert (page.status_code, Story.objects.filter(state="published").count()) == (422, 1)
    names = ("A shelf for all", "Another one")
    for query, shown in (
        ("state=published", ["A shelf for all"]),
        ("state=draft", ["Another one"]),
        ("title=shelf", ["A shelf for all"]),
        (f"owner={bob.pk}", []),
    ):
        listed = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in listed] == shown, query
    lines = browser.get(f"{PAGE}?export=csv&state=published").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Title,State,Published,Languages")
    assert lines[1].startswith("A shelf for all,Published,")
    browser.post(f"{where}end/", {"note": "The shelf moved"})
    story.refresh_from_db()
    assert (story.state, story.ended_why, story.ended_note) == ("ended", "hand", "The shelf moved")
    assert Client().get(story.public_path).status_code == 410
    assert "took the story A shelf for all back from the public: The shelf moved" in text(browser.get(where))
    assert logged_in(bob).post(f"{where}remove/").status_code == 403
    logged_in(alice).post(f"{where}remove/")
    assert [row.title for row in Story.objects.all()] == ["Another one"]


def test_shown_on_today_in_trace_timeline_search_and_loose_ends(story, ana, bags, agrees, alice, logged_in):
    agrees(ana, days=12)
    publish_story(story, by=alice)
    browser = logged_in(alice)
    today = browser.get("/")
    assert "Stories whose consent ends" in text(today)
    until = timezone.localdate() + timedelta(days=12)
    assert f'href="/who/consent/of/{ana.uuid}/note/?purpose=' in today.content.decode()
    assert str(until.year) in text(today)
    agrees(ana, days=60)
    assert "Stories whose consent ends" not in text(browser.get("/"))
    mine, number = Ref.to(story), Ref.to(bags)
    assert number in threads.get("stories.story").upstream(mine)
    (plug,) = [one for name, one in threads.items() if name == "indicators.observation@stories"]
    assert list(plug.downstream(number).refs) == [mine]
    assert "A shelf for all" in text(browser.get(f"/trace/{number}/"))
    panel = f"{ana.get_absolute_url()}panels/stories/"
    assert f'hx-get="{panel}"' in browser.get(ana.get_absolute_url()).content.decode()
    assert "A shelf for all" in text(browser.get(panel))
    assert "Alice made the story A shelf for all public" in text(browser.get(story.get_absolute_url()))
    assert browser.get(f"{PAGE}key/{story.pk}/").url == story.get_absolute_url()
    assert "A shelf for all" in text(browser.get("/search?q=never empty"))
    assert loose_ends.get("stories.evidence").find(5) == (0, [])
    browser.post(f"{PAGE}tell/", said())
    assert loose_ends.get("stories.evidence").find(5) == (1, [Ref.to(Story.objects.get(title="The bus"))])


def test_it_stands_in_reports_with_its_numbers_while_it_is_public(story, bags, ana, agrees, alice):
    today = timezone.localdate()
    agrees(ana)
    days = {"begins_on": today - timedelta(days=30), "ends_on": today}
    made = write_report(by=alice, name="Report", audience="funder", sections=["stories"], **days)
    assert content_of(made) == []
    publish_story(story, by=alice)
    (found,) = content_of(made)
    (line,) = found["parts"][0]["lines"]
    assert line["cells"][0] == "A shelf for all"
    assert [str(cell) for cell in line["cells"][2:5]] == ["bags of groceries", "340.0", "bags"]
    assert line["ref"] == str(Ref.to(bags))
    agrees(ana, is_given=False)
    assert content_of(made) == [], "a consent withdrawn takes it out"


def test_a_consent_withdrawn_takes_it_out_of_issued_reports_everywhere(
    story, bags, ana, agrees, alice, logged_in, asks
):
    agrees(ana)
    publish_story(story, by=alice)
    today = timezone.localdate()
    days = {"begins_on": today - timedelta(days=30), "ends_on": today}
    made = issue(
        write_report(by=alice, name="Year", audience="funder", sections=["stories"], **days), by=alice
    )
    browser, where = logged_in(alice), made.get_absolute_url()

    def everywhere():
        book = load_workbook(io.BytesIO(browser.get(f"{where}report.xlsx").content))
        return [
            text(browser.get(where)),
            str(said_in_pdf(made)),
            " ".join(str(cell) for sheet in book for row in sheet.values for cell in row),
            str(asks(alice)("GET", f"/reports/{made.uuid}/content")[1]),
        ]

    assert all("A shelf for all" in one and "taken out" not in one for one in everywhere())
    end_story(story, by=alice, note="Told enough")
    assert all("A shelf for all" in one for one in everywhere()), "an issued report keeps what it said"
    agrees(ana, is_given=False)
    for one in everywhere():
        assert "A shelf for all" not in one
        assert "340" not in one, "its number goes too"
        assert "1 story was taken out here: it may be told no more." in one
    assert threads.get("reports.report").upstream(Ref.to(made)).refs == []
    assert browser.get(f"{where}report.pdf").content[:5] == b"%PDF-"
    agrees(ana)
    assert "A shelf for all" in everywhere()[0], "she agrees again, and no consent had ended it"
    erase_person(ana, by=alice)
    made.refresh_from_db()
    assert "A shelf for all" not in str(made.content), "nothing of it is kept"
    assert all("1 story was taken out here" in one for one in everywhere())
