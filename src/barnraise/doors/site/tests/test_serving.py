"""Pages that serve a project: typed in the editor by its name, counted without telling visitors apart, one reach with all other channels."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.doors.site.models import ContentPage, PageVisits
from barnraise.foundation.periods import parse
from barnraise.foundation.refs import Ref
from barnraise.sowhat.indicators.models import Observation
from barnraise.sowhat.indicators.services import compute_all
from barnraise.what.projects import reaching
from barnraise.what.projects.services import add_project
from barnraise.why.goals.services import add_goal, add_indicator, add_objective
from barnraise.why.goals.sockets import sources

pytestmark = pytest.mark.django_db
EDITOR = "/site/edit/"
FORM = {
    "title": "Ride with us",
    "slug": "ride",
    "lead": "Every evening.",
    "picture": "",
    "picture_alt": "",
    "body-count": "0",
    "seo_title": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}
READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64)"}


@pytest.fixture
def project(alice):
    return add_project(name="The evening bus", kind="infrastructure", by=alice)


@pytest.fixture
def ride(opened, project, alice, logged_in):
    """A page that alice wrote for the project in the editor."""
    add = f"{EDITOR}pages/add/site/contentpage/{opened.pk}/"
    no = logged_in(alice).post(add, {**FORM, "cites": "No such thing", "action-publish": "1"})
    assert "There is no project, objective, goal or need of this name." in no.content.decode()
    assert not ContentPage.objects.exists()
    logged_in(alice).post(add, {**FORM, "cites": "the EVENING bus", "action-publish": "1"})
    return ContentPage.objects.get()


def test_what_a_page_serves_is_typed_in_the_editor_and_told_in_trace(ride, project, alice, vera, logged_in):
    assert ride.cites == str(Ref.to(project))
    browser = logged_in(alice)
    edit = f"{EDITOR}pages/{ride.pk}/edit/"
    shown = browser.get(edit).content.decode()
    assert 'value="The evening bus"' in shown, "by its name, as everywhere"
    told = logged_in(vera).get(f"/site/pages/{ride.pk}/").content.decode()
    assert "The evening bus" in told
    assert 'href="/en/ride/"' in told
    up = browser.get(f"/trace/{Ref.to(ride)}/").content.decode()
    assert f"/what/projects/key/{project.pk}/" in up
    down = browser.get(f"/trace/{Ref.to(project)}/").content.decode()
    assert f"{EDITOR}pages/{ride.pk}/edit/" in down
    assert "The evening bus" in browser.get(f"/site/pages/{ride.pk}/").content.decode()
    browser.post(edit, {**FORM, "cites": "", "action-publish": "1"})
    ride.refresh_from_db()
    assert ride.cites == ""


def test_its_visits_are_counted_by_day_and_nothing_else_is_kept(ride, opened, page_with, alice, logged_in):
    page_with(title="About us")
    reader = Client(**READER)
    for _again in range(2):
        assert reader.get("/en/ride/").cookies == {}
    assert len(reader.cookies) == 0
    Client().get("/en/ride/", headers={"user-agent": "Googlebot/2.1"})
    Client().get("/en/ride/")
    Client(**READER).get("/en/ride/", headers={"sec-purpose": "prefetch"})
    Client(**READER).head("/en/ride/")
    reader.get("/en/about-us/")
    reader.get("/en/")
    reader.get("/en/nothing/")
    logged_in(alice).get("/en/ride/", **READER)
    row = PageVisits.objects.get()
    assert (row.page_id, row.on, row.count) == (ride.pk, timezone.localdate(), 2)
    assert {field.name for field in PageVisits._meta.fields} == {"id", "page", "on", "count"}
    page = logged_in(alice).get(f"/site/pages/{ride.pk}/").content.decode()
    figure = re.search(r'<a[^>]*class="counted"[^>]*>', page).group()
    assert 'data-value="2"' in figure
    assert re.findall(r'data-label="visits"><?[^>]*>?(\d+)', page) == ["2"]
    nobody = f"/site/pages/{opened.pk}/"
    assert (
        "Visits are counted of pages that serve something." in logged_in(alice).get(nobody).content.decode()
    )


def test_its_visits_are_of_the_one_reach_of_the_project(ride, project, alice, logged_in):
    assert [(one.title, one.many) for _label, one in reaching.panel(alice, project)["reached"]] == [
        ("Ride with us", 0)
    ]
    today = timezone.localdate()
    options, period = {"project": project.pk}, parse(f"{today:%Y-%m}")
    source = sources.get("projects.reach")
    before = source.stamp(options, period)
    reader = Client(**READER)
    for _again in range(7):
        reader.get("/en/ride/")
    assert source.stamp(options, period) != before
    (row,) = source.rows(options, period)
    assert (row.value, row.on) == (7, today)
    assert list(sources.get("projects.reached_people").rows(options, period)) == [], "of whom nobody is told"
    found = reaching.panel(alice, project)
    assert found["total"] == 7
    (_label, one), *_none = found["reached"]
    assert logged_in(alice).get(one.rows_url).status_code == 200
    assert "Ride with us" in logged_in(alice).get(project.get_absolute_url()).content.decode()
    objective = add_objective(add_goal(name="Home in the evening", by=alice), name="Known", by=alice)
    indicator = add_indicator(
        name="Reach", objective=objective, rule="sum", source="projects.reach", source_options=options,
        frequency="month", by=alice,
    )  # fmt: skip
    compute_all(indicator)
    seen = Observation.objects.get(indicator=indicator, begins_on__lte=today, ends_on__gte=today)
    assert seen.value == 7
    behind = logged_in(alice).get(seen.get_absolute_url()).content.decode()
    assert f"Ride with us, {today.isoformat()}" in behind, "every number opens its rows"
    assert f"/site/pages/{ride.pk}/#visits" in behind
