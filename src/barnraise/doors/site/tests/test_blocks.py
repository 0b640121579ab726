"""Blocks show what is public of the house, as it stands, and nothing else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from barnraise.doors.site import services
from barnraise.doors.site.blocks import Body, VideoBlock
from barnraise.doors.site.models import NewsListPage, NewsPage, PublicNumber
from barnraise.foundation.policy import Refused
from barnraise.plumbing.journal.models import Entry
from barnraise.sowhat.indicators.models import Observation
from barnraise.what.events.models import Event
from barnraise.who.partnerships.models import Partnership
from barnraise.who.partnerships.services import begin_partnership
from barnraise.why.goals.models import Indicator

pytestmark = pytest.mark.django_db


def _indicator(**values):
    now = timezone.now()
    told = {"name": "Children at breakfast", "name_folded": "children at breakfast", "unit": "children"}
    return Indicator.objects.create(created_at=now, updated_at=now, **{**told, "rule": "distinct", **values})


def _observe(indicator, month, value, *, rows, reason="", locked=False):
    now = timezone.now()
    begins = date(2025, month, 1)
    return Observation.objects.create(
        indicator=indicator,
        begins_on=begins,
        ends_on=date(2025, month, 28),
        value=value,
        reason=reason,
        origin="source",
        row_count=rows,
        computed_at=now,
        locked_at=now if locked else None,
        created_at=now,
        updated_at=now,
    )


@pytest.fixture
def number(opened, alice):
    """Four periods: 40 (locked), 3 (small), nothing, 52."""
    indicator = _indicator(definition="Who ate at least once.")
    _observe(indicator, 1, Decimal(40), rows=90, locked=True)
    _observe(indicator, 2, Decimal(3), rows=3)
    _observe(indicator, 3, None, rows=0, reason="nothing")
    _observe(indicator, 4, Decimal(52), rows=120)
    return services.publish_number(indicator, about="Breakfast before school.", by=alice)


def test_a_number_on_a_page_leads_to_how_it_is_made(number, page_with, client):
    words = {"title": "Kids fed", "unit": "kids", "text": "Every school day."}
    page_with(("number", {"number": str(number.uuid), "has_chart": True, **words}))
    shown = client.get("/en/garden/").content.decode()
    assert '<h2 translate="no">Kids fed</h2>' in shown
    assert '<span translate="no">kids</span>' in shown
    assert '<p class="chart-title" translate="no">Kids fed</p>' in shown
    assert 'translate="no">kids</th>' in shown
    figure = re.search(r'<a[^>]*class="counted"[^>]*>', shown).group()
    assert 'data-value="52"' in figure
    assert f'href="/en/numbers/{number.uuid}/#p-2025-04-01"' in figure
    assert "Every school day." in shown
    assert shown.count("<svg") >= 1
    made = client.get(f"/en/numbers/{number.uuid}/").content.decode()
    assert "Number of different people or things" in made
    assert "Who ate at least once." in made
    row = made.split('id="p-2025-04-01"')[1].split("</tr>")[0]
    assert re.findall(r'class="number">(\d+)', row) == ["52", "120"]


def test_small_numbers_are_hidden_in_the_table_and_in_the_chart(number, page_with, client):
    page_with(("number", {"number": str(number.uuid), "text": "", "has_chart": True}))
    for path in ("/en/garden/", f"/en/numbers/{number.uuid}/"):
        shown = client.get(path).content.decode()
        assert '"value": 3.0' not in shown
        assert '"value": 52.0' in shown
    row = client.get(f"/en/numbers/{number.uuid}/").content.decode().split('id="p-2025-02-01"')[1]
    made_row = row.split("</tr>")[0]
    assert made_row.count("Hidden: fewer than 5") == 2
    assert re.findall(r'class="number">(\d+)', made_row) == []


def test_only_public_numbers_have_a_page_and_the_end_takes_them_off_every_page(
    number, page_with, alice, bob, client
):
    page_with(("number", {"number": str(number.uuid), "text": "", "has_chart": False}))
    other = _indicator(name="Secret", name_folded="secret")
    assert client.get(f"/en/numbers/{other.uuid}/").status_code == 404
    with pytest.raises(Refused):
        services.withdraw_number(number, by=bob)
    assert PublicNumber.objects.count() == 1
    services.withdraw_number(number, by=alice)
    assert client.get(f"/en/numbers/{number.uuid}/").status_code == 404
    assert "Children at breakfast" not in client.get("/en/garden/").content.decode()
    verbs = list(
        Entry.objects.filter(verb__startswith="site.number").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["site.number_published", "site.number_withdrawn"]


def test_a_number_is_made_public_on_the_page_of_the_website(opened, alice, bob, logged_in):
    indicator = _indicator()
    form = {"indicator": str(indicator.uuid), "about": "Breakfast."}
    assert logged_in(bob).post("/site/numbers/add/", form).status_code == 403
    assert PublicNumber.objects.count() == 0
    assert logged_in(alice).post("/site/numbers/add/", {"indicator": "no"}).status_code == 422
    assert logged_in(alice).post("/site/numbers/add/", form).url == "/site/"
    row = PublicNumber.objects.get()
    assert (row.indicator, row.about, row.by) == (indicator, "Breakfast.", alice)
    with pytest.raises(ValidationError, match="public already"):
        services.publish_number(indicator, by=alice)
    assert "Children at breakfast" in logged_in(alice).get("/site/").content.decode()
    trace = logged_in(alice).get(f"/trace/goals.indicator:{indicator.pk}/").content.decode()
    assert f"/site/#number-{row.pk}" in trace
    change = logged_in(alice).get(f"/site/numbers/{row.uuid}/change/").content.decode()
    assert "Change what it says: Children at breakfast" in change
    logged_in(alice).post(f"/site/numbers/{row.uuid}/end")
    assert PublicNumber.objects.count() == 0


def test_events_to_come_are_listed_and_private_or_past_ones_are_not(opened, page_with, bob, client):
    from barnraise.what.events.services import plan_event

    soon = timezone.now() + timedelta(days=3)

    def plan(title, **values):
        told = {"kind": "workshop", "starts_at": soon, "ends_at": soon + timedelta(hours=2), **values}
        return plan_event(by=bob, title=title, **told)

    plan("Open day", is_public=True, place="Barn")
    plan("Team meeting", is_public=False)
    past = plan("Long ago", is_public=True)
    Event.objects.filter(pk=past.pk).update(
        starts_at=soon - timedelta(days=9), ends_at=soon - timedelta(days=8)
    )
    page_with(("events", {"title": "", "most": 5}))
    shown = client.get("/en/garden/").content.decode()
    assert "Open day" in shown
    assert "Barn" in shown
    assert "?language=en" in shown
    assert "Team meeting" not in shown
    assert "Long ago" not in shown


def test_partners_are_named_while_the_partnership_is_active(opened, page_with, pantry, library, bob, client):
    for body in (pantry, library):
        begin_partnership(body, by=bob)
    Partnership.objects.filter(organisation=pantry).update(stage="active")
    page_with(("partners", {"title": "", "partners": [str(pantry.uuid), str(library.uuid), "broken"]}))
    shown = client.get("/en/garden/").content.decode()
    assert "Oak Hill Pantry" in shown
    assert "Riverbend Library" not in shown
    Partnership.objects.filter(organisation=pantry).update(stage="ended")
    assert "Oak Hill Pantry" not in client.get("/en/garden/").content.decode()


def test_a_video_is_ours_or_a_link_and_loads_nothing(opened, page_with, client):
    block = VideoBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "Garden", "address": "", "words": ""}))
    page_with(
        (
            "video",
            {"title": "The garden", "address": "https://video.example.org/watch/1", "words": "A bed is dug."},
        )
    )
    shown = client.get("/en/garden/").content.decode()
    assert '<a class="btn btn-secondary" href="https://video.example.org/watch/1"' in shown
    assert "A bed is dug." in shown
    assert re.findall(r'(?:src|srcset|poster)="https?:', shown) == []
    assert "<iframe" not in shown


def test_a_picture_needs_words_for_those_who_do_not_see_it():
    picture = Body().child_blocks["picture"]
    with pytest.raises(ValidationError) as no:
        picture.clean(picture.to_python({"image": None, "alt": "", "caption": ""}))
    assert "alt" in no.value.block_errors


def test_what_a_block_names_may_be_gone(opened, page_with, client):
    gone = str(uuid4())
    page_with(
        ("number", {"number": gone, "text": "", "has_chart": True}),
        ("sign_up", {"title": "Letter", "purpose": gone}),
        ("questions", {"questionnaire": gone, "text": ""}),
        ("partners", {"title": "Ours", "partners": [gone]}),
    )
    answer = client.get("/en/garden/")
    assert answer.status_code == 200
    assert "Letter" not in answer.content.decode()
    assert "Ours" not in answer.content.decode()


def test_news_stand_latest_first_a_dozen_on_a_page(opened, client):
    news = opened.add_child(instance=NewsListPage(title="News", slug="news"))
    for at in range(14):
        day = date(2026, 1, 1) + timedelta(days=at)
        news.add_child(instance=NewsPage(title=f"Piece {at:02}", published_on=day))
    first = client.get("/en/news/").content.decode()
    assert re.findall(r"Piece \d\d", first) == [f"Piece {at:02}" for at in range(13, 1, -1)]
    second = client.get("/en/news/?page=2").content.decode()
    assert re.findall(r"Piece \d\d", second) == ["Piece 01", "Piece 00"]


def test_pages_tell_languages_search_engines_and_shared_links(opened, page_with, client):
    from wagtail.models import Locale

    page = page_with(title="Garden", lead="Forty beds.", slug="garden")
    spanish = page.copy_for_translation(Locale.objects.get(language_code="es"), copy_parents=True)
    spanish.title, spanish.slug = "Huerto", "huerto"
    spanish.save_revision().publish()
    shown = client.get("/en/garden/").content.decode()
    assert '<link rel="alternate" hreflang="es" href="http://testserver/es/huerto/">' in shown
    assert '<link rel="canonical" href="http://testserver/en/garden/">' in shown
    card = re.search(r'property="og:image" content="http://testserver(/share/en/\d+\.png)"', shown).group(1)
    picture = client.get(card)
    assert (picture["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    mapped = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/en/garden/</loc>" in mapped
    assert 'hreflang="es" href="http://testserver/es/huerto/"' in mapped
    assert client.get("/en/garden/").cookies == {}
    page.unpublish()
    assert "garden" not in client.get("/sitemap.xml").content.decode()
    assert client.get(card).status_code == 404


def test_a_story_card_goes_with_its_consent(opened, page_with, alice, pastor, client):
    from barnraise.nowwhat.stories.services import make_story, name_person, publish_story
    from barnraise.who.consent.selectors import standings_of
    from barnraise.who.consent.services import add_purpose, record_consent, withdraw

    purpose = add_purpose(
        by=alice, name="Stories", about="", channels=["public"], texts={"en": "We tell it."}
    )
    record_consent(pastor, by=alice, purpose=purpose, channels=["public"], is_given=True, source="spoken")
    story = make_story(
        by=alice,
        title="Sol and the garden",
        language="en",
        summary="Forty beds.",
        text="Sol dug the first one.",
    )
    name_person(story, person=pastor, purpose=purpose, named_as="Sol", by=alice)
    publish_story(story, by=alice)
    told = client.get(story.public_path).content.decode()
    assert '<meta property="og:title" content="Sol and the garden">' in told
    assert '<meta property="og:description" content="Forty beds.">' in told
    assert f'<meta property="og:url" content="http://testserver{story.public_path}">' in told
    page_with(("stories", {"title": "", "most": 3}))
    shown = client.get("/en/garden/")
    assert "Sol and the garden" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    (standing,) = standings_of(pastor)
    withdraw(standing, by=alice)
    assert "Sol and the garden" not in client.get("/en/garden/").content.decode()
