"""Everything that follows is begun from what it follows: nothing is typed twice on the way from a need to an invitation."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.what.campaigns.models import Campaign
from barnraise.what.events.models import Event
from barnraise.what.events.services import plan_event
from barnraise.what.projects.models import Project
from barnraise.why.decisions.models import Decision
from barnraise.why.decisions.services import add_decision, open_proposals, open_vote, propose, settle
from barnraise.why.goals.models import Citation, Goal
from barnraise.why.goals.services import add_goal, add_objective
from barnraise.why.needs.models import Evidence, Need
from barnraise.why.needs.services import add_need, add_session

pytestmark = pytest.mark.django_db


def onward(browser, thing):
    """What may be begun from a thing: its words and the address of the form."""
    shown = browser.get(thing.get_absolute_url(), follow=True).content.decode()
    links = re.findall(r'<a href="([^"]+)" class="chip is-start">(.*?)</a>', shown, re.S)
    return {re.sub(r"<[^>]*>", "", words).strip(): html.unescape(href) for href, words in links}


def chosen(page, value):
    """Whether this is the choice of a field."""
    return re.search(rf'<option value="{value}"[^>]* selected', page.content.decode()) is not None


def test_a_session_leads_to_a_need_with_its_evidence(alice, vera, logged_in):
    heard = add_session(title="At the mill", kind="walk", held_on=date(2026, 2, 1), by=alice)
    browser = logged_in(alice)
    assert onward(logged_in(vera), heard) == {}, "who only reads begins nothing"
    where = onward(browser, heard)["Note a need"]
    on = browser.post(where, {"title": "Evening buses"}).url
    assert Need.objects.get().title == "Evening buses"
    assert chosen(browser.get(on), Ref.to(heard))
    said = {"cites": str(Ref.to(heard)), "said": "No bus.", "source": "Them", "dated_on": "2026-02-01"}
    browser.post(on, said)
    assert Evidence.objects.get().need == Need.objects.get()


def test_a_decision_leads_to_the_goal_that_carries_it_out(alice, logged_in):
    need = add_need(title="Evening buses", by=alice)
    browser = logged_in(alice)
    steps = onward(browser, need)
    assert chosen(browser.get(steps["Ask residents to decide"]), need.pk)
    asked = open_proposals(add_decision(title="Where?", rules="Be kind.", need=need, by=alice), by=alice)
    for title in ("Mill", "Library"):
        propose(asked, title=title, by=alice)
    open_vote(asked, by=alice)
    settle(asked, outcome="At the mill.", decided_on=date(2026, 3, 1), by=alice)
    where = onward(browser, asked)["Set a goal"]
    assert "It rests on: Where?" in browser.get(where).content.decode()
    assert browser.post(where, {"name": ""}).status_code == 422
    assert not Goal.objects.exists()
    browser.post(where, {"name": "Everybody gets home"})
    goal = Goal.objects.get()
    assert Citation.objects.get(goal=goal).cited_key == asked.pk
    assert Decision.objects.get().carried_by == str(Ref.to(goal))
    browser.post(where, {"name": "Another one"})
    assert Decision.objects.get().carried_by == str(Ref.to(goal)), "who carries it out already goes on"
    browser.post(f"/why/goals/add/?cites=needs.need:{need.pk + 1}", {"name": "For nothing that is there"})
    assert Citation.objects.count() == 2


def test_an_objective_leads_to_a_project_its_event_and_the_invitation(alice, audience, newsletter, logged_in):
    objective = add_objective(add_goal(name="Home", by=alice), name="Forty riders", by=alice)
    browser = logged_in(alice)
    where = onward(browser, objective)["Begin a project"]
    assert chosen(browser.get(where), objective.pk)
    browser.post(where, {"name": "The bus", "kind": "infrastructure", "objective": objective.pk})
    project = Project.objects.get()
    assert 'value="The bus"' in browser.get(onward(browser, project)["Plan an event"]).content.decode()
    now = timezone.now()
    day = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=1)}
    ride = plan_event(title="First ride", kind="gathering", cites=str(Ref.to(project)), by=alice, **day)
    form = browser.get(onward(browser, ride)["Invite people by mail"])
    assert chosen(form, Ref.to(ride))
    assert chosen(form, Ref.to(project)), "what the event serves"
    assert form.content.decode().count('value="First ride"') == 2, "name and subject"
    assert "/what/campaigns/write/?audience=" in onward(browser, audience)["Write to them"]
    assert not Campaign.objects.exists(), "nothing is made by looking"
    assert Event.objects.count() == 1
