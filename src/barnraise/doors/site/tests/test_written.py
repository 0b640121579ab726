"""A page is written, published, found and deleted."""

from __future__ import annotations

import json

import pytest

from barnraise.doors.site.models import ContentPage, PublicNumber
from barnraise.why.goals.services import add_indicator

pytestmark = pytest.mark.django_db
EDITOR = "/site/edit/"


def test_a_page_is_written_published_found_and_deleted_in_the_editor(
    opened, alice, bob, vera, logged_in, client
):
    form = {
        "title": "Our garden",
        "slug": "garden",
        "lead": "Forty beds.",
        "picture": "",
        "picture_alt": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps(
            {
                "blocks": [
                    {
                        "key": "a",
                        "type": "unstyled",
                        "depth": 0,
                        "text": "Come and dig.",
                        "inlineStyleRanges": [],
                        "entityRanges": [],
                    }
                ],
                "entityMap": {},
            }
        ),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "seo_title": "",
    }
    add = f"{EDITOR}pages/add/site/contentpage/{opened.pk}/"
    answer = logged_in(bob).post(add, {**form, "action-publish": "1"})
    assert answer.status_code == 302
    assert client.get("/en/garden/").status_code == 404
    page = ContentPage.objects.get(slug="garden")
    edit = f"{EDITOR}pages/{page.pk}/edit/"
    assert logged_in(alice).post(edit, {**form, "action-publish": "1"}).status_code == 302
    shown = client.get("/en/garden/").content.decode()
    assert "Come and dig." in shown
    assert '<meta name="description" content="Forty beds.">' in shown
    found = logged_in(bob).get("/search?q=come+and+dig&kind=site.contentpage").content.decode()
    assert f'href="{edit}"' in found
    assert edit not in logged_in(vera).get("/search?q=come+and+dig").content.decode()
    changed = {**form, "title": "Our orchard", "action-publish": "1"}
    assert logged_in(alice).post(edit, changed).status_code == 302
    assert "Our orchard" in logged_in(bob).get("/search?q=orchard").content.decode()
    assert logged_in(alice).post(f"{EDITOR}pages/{page.pk}/delete/").status_code == 302
    assert "Our orchard" not in logged_in(bob).get("/search?q=orchard").content.decode()


def test_a_public_number_is_found_until_it_is_taken_back(opened, alice, bob, logged_in):
    meals = add_indicator(name="Suppers", by=alice)
    form = {"indicator": str(meals.uuid), "about": "Every warm meal."}
    assert logged_in(alice).post("/site/numbers/add/", form).status_code == 302
    number = PublicNumber.objects.get()
    found = logged_in(bob).get("/search?q=warm+meal&kind=site.publicnumber").content.decode()
    assert f"#number-{number.pk}" in found
    logged_in(alice).post(f"/site/numbers/{number.uuid}/end")
    assert f"#number-{number.pk}" not in logged_in(bob).get("/search?q=warm+meal").content.decode()
