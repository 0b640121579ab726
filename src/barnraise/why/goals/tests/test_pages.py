"""Goals, objectives and indicators on pages, and partners on theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.why.goals.models import Endorsement, Goal, Indicator, LogicArrow, LogicStep, Objective
from barnraise.why.goals.services import add_objective, add_step, ask, cite
from barnraise.why.needs.models import Need
from barnraise.why.needs.services import remove_need

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_goal_is_created_changed_filtered_refused_and_ended(alice, bob, vera, logged_in):
    browser = logged_in(bob)
    assert logged_in(vera).get("/why/goals/add/").status_code == 403
    empty = text(browser.get("/why/goals/"))
    assert "A goal says what will be true" in empty
    sent = {"name": " Every child  eats ", "about": "", "starts_on": "2026-05-01", "ends_on": "2026-01-01"}
    page = browser.post("/why/goals/add/", sent)
    assert (page.status_code, "It would end before it begins." in text(page)) == (422, True)
    assert not Goal.objects.exists()
    browser.post("/why/goals/add/", {**sent, "ends_on": "2027-12-31"})
    goal = Goal.objects.get()
    assert (goal.name, goal.state) == ("Every child eats", "draft")
    again = browser.post("/why/goals/add/", {"name": "EVERY CHILD EATS"})
    assert "There is a goal of this name already." in text(again)
    browser.post(
        f"/why/goals/{goal.uuid}/change/", {"name": "Every child eats well", "ends_on": "2027-12-31"}
    )
    assert Goal.objects.get().name == "Every child eats well"
    assert browser.post(f"/why/goals/{goal.uuid}/agree/").status_code == 403, "those who lead decide"
    lead = logged_in(alice)
    lead.post(f"/why/goals/{goal.uuid}/agree/")
    assert "1 goal" in text(lead.get("/why/goals/?state=agreed&name=child"))
    assert goal.get_absolute_url() not in lead.get("/why/goals/?state=draft").content.decode()
    sheet = lead.get("/why/goals/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Every child eats well,Agreed,none yet,0,0")
    no_reason = lead.post(f"/why/goals/{goal.uuid}/end/", {"outcome": "reached", "reason": " "})
    assert no_reason.status_code == 422
    assert Goal.objects.get().state == "agreed"
    lead.post(f"/why/goals/{goal.uuid}/end/", {"outcome": "dropped", "reason": "The schools do it now."})
    goal = Goal.objects.get()
    assert (goal.state, goal.ended_on, goal.end_reason) == (
        "dropped",
        timezone.localdate(),
        "The schools do it now.",
    )
    story = text(lead.get(goal.get_absolute_url()))
    assert "Alice dropped the goal Every child eats well : The schools do it now." in story
    lead.post(f"/why/goals/{goal.uuid}/reopen/")
    assert Goal.objects.get().state == "agreed"
    assert "Every child eats well" in text(lead.get("/search?q=child eats"))
    lead.post(f"/why/goals/{goal.uuid}/remove/")
    assert not Goal.objects.exists()


def test_an_objective_becomes_smart_letter_by_letter(fed, hunger, alice, logged_in):
    browser = logged_in(alice)
    browser.post(f"/why/goals/{fed.uuid}/objectives/add/", {"name": "Breakfast in four schools"})
    one = Objective.objects.get()
    where = f"/why/goals/objectives/{one.uuid}/"

    def lacks():
        page = text(browser.get(where))
        words = {
            "S": "Say by which measure it is told",
            "M": "Write the baseline",
            "A": "Write the target.",
            "R": "Cite the need that its goal answers.",
            "T": "Write the day until which",
        }
        return "".join(letter for letter, said in words.items() if said in page)

    assert lacks() == "SMART"
    refused = browser.post(f"{where}agree/", follow=True)
    assert "S: Say by which measure it is told: add an indicator. M: Write the unit" in text(refused)
    assert Objective.objects.get().state == "draft"
    indicator = {
        "name": "Children at breakfast",
        "objective": one.pk,
        "direction": "up",
        "frequency": "month",
        "rule": "sum",
        "green_from": "0.95",
        "amber_from": "0.8",
    }
    made = browser.post(f"/why/goals/indicators/add/?objective={one.pk}", indicator)
    row = Indicator.objects.get()
    assert (made.url, lacks()) == (row.get_absolute_url(), "MART")
    change = f"/why/goals/indicators/{row.uuid}/change/"
    browser.post(change, {**indicator, "unit": "children", "baseline_value": "120"})
    assert lacks() == "ART"
    browser.post(change, {**indicator, "unit": "children", "baseline_value": "120", "target_value": "400"})
    assert lacks() == "RT"
    owner = {"name": one.name, "owner": alice.pk}
    browser.post(f"{where}change/", owner)
    empty = browser.post(f"/why/goals/{fed.uuid}/cite/", {"ref": "needs.need:999999"})
    assert (empty.status_code, lacks()) == (422, "RT")
    browser.post(f"/why/goals/{fed.uuid}/cite/", {"ref": str(hunger)})
    assert "Children come to class hungry" in text(browser.get(fed.get_absolute_url()))
    assert lacks() == "T"
    browser.post(f"{where}change/", {**owner, "due_on": "2027-06-30"})
    assert "This objective is SMART" in text(browser.get(where))
    assert "SMART" in text(browser.get("/why/goals/objectives/?due_to=2027-06-30"))
    browser.post(f"{where}agree/")
    assert Objective.objects.get().state == "agreed"
    refused = browser.post(f"{where}remove/", follow=True)
    assert "Indicators tell of it." in text(refused)
    browser.post(f"{where}end/", {"outcome": "reached", "reason": "Four schools serve it."})
    assert Objective.objects.get().state == "reached"


def test_an_indicator_is_changed_filtered_refused_and_ended(children, alice, logged_in):
    browser = logged_in(alice)
    sent = {
        "name": "Children at breakfast",
        "objective": children.objective_id,
        "unit": "children",
        "direction": "up",
        "frequency": "month",
        "rule": "sum",
        "green_from": "0.80",
        "amber_from": "0.95",
        "baseline_on": "2026-05-01",
        "target_on": "2026-05-01",
    }
    page = text(browser.post(f"/why/goals/indicators/{children.uuid}/change/", sent))
    assert "Amber begins below green." in page
    assert "The target&#x27;s day has to lie after the baseline&#x27;s." in page
    children.refresh_from_db()
    assert (children.frequency, str(children.green_from)) == ("quarter", "0.95")
    table = text(browser.get(f"/why/goals/indicators/?objective={children.objective_id}&ended=0"))
    assert "1 indicator" in table
    sheet = browser.get("/why/goals/indicators/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Children at breakfast,Breakfast in four schools,120")
    change = f"/why/goals/indicators/{children.uuid}/change/"
    counted = {**sent, "green_from": "0.95", "amber_from": "0.80", "target_on": "", "source": "events.people"}
    assert "Choose: Number of different people or things · Number of rows" in text(
        browser.post(change, counted)
    )
    for source, suits in (("events.people", "distinct"), ("", "sum")):
        browser.post(change, {**counted, "source": source, "rule": ""})
        children.refresh_from_db()
        assert (children.source, children.rule) == (source, suits)
    browser.post(f"/why/goals/indicators/{children.uuid}/end/", {"reason": "Counted elsewhere."})
    assert Indicator.objects.get().is_ended
    browser.post(f"/why/goals/indicators/{children.uuid}/reopen/")
    browser.post(f"/why/goals/indicators/{children.uuid}/remove/")
    assert not Indicator.objects.exists()


def test_a_logic_model_is_drawn_from_its_rows_and_refuses_loops(fed, breakfast, children, alice, logged_in):
    browser = logged_in(alice)
    where = f"/why/goals/{fed.uuid}/logic/"
    for stage, words in (
        ("input", "Kitchens"),
        ("activity", "Cook"),
        ("activity", "Paint"),
        ("output", "Meals"),
    ):
        browser.post(f"{where}step/", {"stage": stage, "text": words})
    steps = {row.text: row for row in LogicStep.objects.all()}
    wrong = browser.post(f"{where}step/", {"stage": "output", "text": "x", "objective": breakfast.pk})
    assert "Only an outcome is an objective." in text(wrong)
    outcome = add_step(fed, stage="outcome", text="Children eat", objective=breakfast, by=alice)
    for start, end in (("Kitchens", "Cook"), ("Cook", "Meals")):
        browser.post(f"{where}arrow/", {"start": steps[start].pk, "end": steps[end].pk})
    browser.post(
        f"{where}arrow/",
        {"start": steps["Meals"].pk, "end": outcome.pk, "assumption": "families hear of it"},
    )
    refused = browser.post(f"{where}arrow/", {"start": steps["Meals"].pk, "end": steps["Kitchens"].pk})
    assert "This arrow would make a loop: Meals, Kitchens, Cook, Meals." in text(refused)
    assert LogicArrow.objects.count() == 3
    page = text(browser.get(where))
    assert "families hear of it" in page
    assert page.count("leads to no outcome") == 1, "painting leads nowhere"
    assert "no indicator tells of it" not in page
    browser.post(
        f"/why/goals/steps/{steps['Cook'].uuid}/change/", {"stage": "activity", "text": "Cook and serve"}
    )
    browser.post(f"/why/goals/steps/{steps['Paint'].uuid}/remove/")
    browser.post(f"/why/goals/arrows/{LogicArrow.objects.order_by('pk')[0].uuid}/remove/")
    assert (LogicStep.objects.count(), LogicArrow.objects.count()) == (4, 2)
    other = add_objective(fed, name="Groceries", by=alice)
    assert other.name in text(browser.get(where)), "objectives stand among the outcomes by themselves"


def test_a_partner_endorses_by_a_link_of_their_own_and_takes_it_back(fed, mill, alice, bob, logged_in):
    browser = logged_in(bob)
    nobody = browser.post(f"/why/goals/{fed.uuid}/ask/", {"organisation": "No Such"})
    assert (nobody.status_code, Endorsement.objects.count()) == (422, 0)
    answer = browser.post(f"/why/goals/{fed.uuid}/ask/", {"organisation": "mill bakery"})
    page = browser.get(answer.url).content.decode()
    address = re.search(r'value="http://testserver(/l/act/[^"]+)"', page)[1]
    browser.post(f"/why/goals/{fed.uuid}/ask/", {"organisation": "Mill Bakery"})
    row = Endorsement.objects.get()
    partner = Client()
    opened = text(partner.get(address))
    assert "Every child eats" in opened
    assert Endorsement.objects.get().state == "asked", "opening the page changes nothing"
    unsigned = partner.post(address, {"state": "endorsed", "signed_by": " "})
    assert (unsigned.status_code, "Write the name of whoever says so" in text(unsigned)) == (422, True)
    assert partner.post(address, {"state": "withdrawn", "signed_by": "Rosa"}).status_code == 422
    assert Endorsement.objects.get().answered_at is None
    done = partner.post(address, {"state": "endorsed", "signed_by": "Rosa Vega", "words": "With our ovens."})
    assert "Thank you: your answer is kept." in text(done)
    partner.post(address, {"state": "endorsed", "signed_by": "Rosa Vega", "words": "With our ovens."})
    row.refresh_from_db()
    assert (row.state, row.way, row.by, Endorsement.objects.count()) == ("endorsed", "link", bob, 1)
    story = text(browser.get(fed.get_absolute_url()))
    assert story.count("Rosa Vega endorsed the goal Every child eats for Mill Bakery") == 1
    assert "/panels/goals/" in browser.get(mill.get_absolute_url()).content.decode()
    assert "Every child eats" in text(browser.get(f"{mill.get_absolute_url()}panels/goals/"))
    refused = browser.post(f"/why/goals/endorsements/{row.uuid}/take-back/", follow=True)
    assert "They have answered, and that stays." in text(refused)
    partner.post(address, {"state": "withdrawn", "signed_by": "Rosa Vega"})
    assert Endorsement.objects.get().state == "withdrawn"
    browser.post(
        f"/why/goals/endorsements/{row.uuid}/answer/", {"state": "endorsed", "signed_by": "Rosa Vega"}
    )
    assert (Endorsement.objects.get().state, Endorsement.objects.get().way) == ("endorsed", "noted")
    tampered = partner.get(address[:-2] + "aa")
    assert tampered.status_code == 404


def test_today_tells_what_is_due_and_who_has_not_answered(breakfast, mill, alice, logged_in):
    browser = logged_in(alice)
    assert "Objectives due, endorsements waited for" not in text(browser.get("/"))
    row = ask(breakfast.goal, organisation=mill, by=alice)
    Endorsement.objects.filter(pk=row.pk).update(asked_at=timezone.now() - timedelta(days=15))
    Objective.objects.filter(pk=breakfast.pk).update(due_on=date(2020, 1, 1))
    page = text(browser.get("/"))
    assert "Breakfast in four schools was due" in page
    assert "Mill Bakery" in page


def test_what_hangs_loose_and_what_hangs_together(fed, breakfast, hunger, alice, vera, logged_in):
    browser = logged_in(vera)
    page = text(browser.get("/broken-threads/"))
    assert "Goals without a need 1" in page
    assert "Objectives without an indicator 1" in page
    cite(fed, ref=hunger, by=alice)
    page = text(browser.get("/broken-threads/"))
    assert "Goals without a need none" in page
    line = text(browser.get(breakfast.get_absolute_url()))
    assert "need: Children come to class hungry goal: Every child eats objective" in line
    walk = browser.get(f"/trace/{hunger}/").content.decode()
    assert 'href="/why/goals/' in walk
    assert f"/trace/goals.goal:{fed.pk}/" in walk
    assert f"/trace/goals.objective:{breakfast.pk}/" in walk
    remove_need(Need.objects.get(), by=alice)
    assert "Goals without a need 1" in text(browser.get("/broken-threads/")), (
        "a need that is gone mends nothing"
    )
