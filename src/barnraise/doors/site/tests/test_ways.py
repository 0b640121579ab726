"""Ways through the website: a questionnaire that is answered, every way to get involved with its clock, a page that is taken back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format

from barnraise.doors.site import services
from barnraise.doors.site.models import ContentPage, HomePage, NewsListPage, NewsPage
from barnraise.doors.site.services import due
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.questionnaires.models import Questionnaire, Response
from barnraise.who.interactions.models import Interaction, NextStep
from barnraise.who.organisations.services import change_organisation, set_own

pytestmark = pytest.mark.django_db
EDITOR = "/site/edit/"


@pytest.fixture(autouse=True)
def _no_limits():
    cache.clear()


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def evenings(alice, logged_in):
    """A questionnaire of one question that is open to everybody, made on its pages."""
    browser = logged_in(alice)
    browser.post(
        "/questionnaires/add/",
        {"name": "Evenings", "is_public": "on", "is_anonymous": "on", "code": "evenings", "title_en": "Evenings here"},
    )  # fmt: skip
    row = Questionnaire.objects.get()
    page = row.get_absolute_url()
    browser.post(f"{page}questions/add/", {"kind": "text", "text_en": "What keeps you at home?"})
    browser.post(f"{page}publish/")
    return row


def test_a_questionnaire_is_answered_by_the_way_of_its_block(
    opened, evenings, page_with, client, alice, logged_in
):
    page_with(("questions", {"questionnaire": str(evenings.uuid), "text": "Two minutes."}))
    shown = client.get("/en/garden/").content.decode()
    assert ("Evenings here" in shown, "Two minutes." in shown) == (True, True)
    link = re.search(r'href="([^"]+)">Answer the questions', shown).group(1)
    form = client.get(link).content.decode()
    assert "What keeps you at home?" in form
    field = re.search(r'<textarea[^>]* name="([^"]+)"', form).group(1)
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    answer = client.post(link, {**given, field: "There is no bus."}, follow=True)
    assert "Your answers are kept." in text(answer)
    assert Response.objects.count() == 1
    assert "There is no bus." in text(logged_in(alice).get(f"{evenings.get_absolute_url()}results/"))
    logged_in(alice).post(f"{evenings.get_absolute_url()}close/")
    assert "Evenings here" not in client.get("/en/garden/").content.decode(), "it takes no answers any more"


@pytest.mark.parametrize(
    ("way", "wish", "words"),
    [
        ("partner", "As a partner organisation", "Wants to become a partner"),
        ("leader", "As somebody who speaks for a community", "Wants to speak for a community"),
    ],
)
@pytest.mark.parametrize("is_late", [False, True])
def test_partners_and_leaders_come_in_and_are_answered_by_a_day(
    opened, page_with, client, alice, logged_in, way, wish, words, is_late
):
    page_with(("involved", {"title": "Come along", "text": ""}))
    shown = client.get("/en/garden/").content.decode()
    link = re.search(rf'href="([^"]+)"><strong>{wish}', shown).group(1)
    assert re.search(r'value="(\w+)"[^>]* checked', client.get(link).content.decode()).group(1) == way
    by = due(timezone.localdate())
    sent = {"way": way, "name": "Nora Diaz", "email": "nora@example.org", "organisation": "Field Club"}
    answer = client.post(link, {**sent, "phone": "", "message": "We have a van."})
    assert f"Somebody answers you by {date_format(by, 'DATE_FORMAT')}." in text(answer)
    assert date_format(by, "DATE_FORMAT") in Message.objects.get().body.text
    row, step = Interaction.objects.get(), NextStep.objects.get()
    assert row.subject == f"{words}: Nora Diaz"
    assert ("Field Club" in row.text, "We have a van." in row.text) == (True, True)
    assert (step.due_on, words in step.text) == (by, True)
    browser = logged_in(alice)
    assert f"Answer: Nora Diaz, {words}" in text(browser.get("/")), "on Today of those who lead"
    assert f"/steps/{step.uuid}/done/" in browser.get("/").content.decode()
    if is_late:
        NextStep.objects.update(due_on=timezone.localdate() - timedelta(days=1))
        assert "Answer: Nora Diaz" in text(browser.get("/who/interactions/steps/?state=late"))
        return
    assert "Answer: Nora Diaz" not in text(browser.get("/who/interactions/steps/?state=late"))
    browser.post(f"/who/interactions/steps/{step.uuid}/done/")
    step.refresh_from_db()
    assert timezone.localdate(step.done_at) <= step.due_on
    assert f"/steps/{step.uuid}/done/" not in browser.get("/").content.decode()


def test_a_page_is_taken_back_in_the_editor_and_published_again(
    opened, page_with, client, alice, bob, logged_in
):
    page = page_with(("text", "<p>Come and dig.</p>"), show_in_menus=True)
    away = f"{EDITOR}pages/{page.pk}/unpublish/"
    logged_in(bob).post(away)
    assert client.get("/en/garden/").status_code == 200, "contributors write drafts"
    assert "Garden" in logged_in(alice).get(away).content.decode()
    logged_in(alice).post(away)
    assert client.get("/en/garden/").status_code == 404
    assert "/en/garden/" not in client.get("/en/").content.decode()
    assert "/en/garden/" not in client.get("/sitemap.xml").content.decode()
    assert ContentPage.objects.get().live is False
    form = {
        "title": "Garden", "slug": "garden", "body-count": "0", "action-publish": "1",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "show_in_menus": "on",
    }  # fmt: skip
    logged_in(alice).post(f"{EDITOR}pages/{page.pk}/edit/", form)
    assert client.get("/en/garden/").status_code == 200


def test_a_new_home_page_says_what_the_house_does_and_what_comes_next(client, pantry, alice, bob):
    from barnraise.what.events.services import plan_event

    set_own(pantry, by=alice)
    change_organisation(pantry, by=alice, mission="Groceries for whoever asks.")
    home, _other = services.begin(by=alice)
    services.publish_home(by=alice)
    at = timezone.now() + timedelta(days=3)
    plan_event(
        by=bob,
        title="Open day",
        kind="workshop",
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        is_public=True,
    )
    news = home.add_child(instance=NewsListPage(title="All news", slug="news"))
    for number in range(4):
        piece = NewsPage(title=f"Piece {number}", published_on=date(2026, 1, 1) + timedelta(days=number))
        news.add_child(instance=piece)
    shown = client.get("/en/")
    for words in ("Oak Hill Pantry", "Groceries for whoever asks.", "Open day", "As a partner organisation"):
        assert words in text(shown), words
    assert re.findall(r"Piece \d", text(shown)) == ["Piece 3", "Piece 2", "Piece 1"]
    assert "wagtail" not in shown.content.decode().lower()
    spanish = text(client.get("/es/"))
    assert ("Participar" in spanish, "Piece" in spanish) == (True, False)
    assert HomePage.objects.filter(title="Welcome").count() == 0
