"""Something is tried on purpose, and judged on its day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.models import Experiment
from barnraise.nowwhat.adaptation.services import add_experiment, judge
from barnraise.nowwhat.adaptation.states import state
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import threads

from .conftest import ago, card

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/adaptation/experiments/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(**more):
    days = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in card(**more).items()
    }
    return {"about": "", "owner": "", **days}


def test_how_an_experiment_stands():
    day = date(2026, 5, 10)
    assert state("", date(2026, 5, 11), date(2026, 6, 1), day) == "planned"
    assert state("", day, date(2026, 5, 11), day) == "running"
    assert state("", date(2026, 5, 1), day, day) == "to_judge"
    assert state("holds", date(2026, 5, 1), day, day) == "holds"


def test_written_refused_changed_judged_and_taken_back(shelf, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    for wrong, reason in (
        ({"stop_rule": ""}, "This field is required."),
        ({"judge_on": ago(31)}, "It would be judged before it begins."),
        ({"about": "No such project"}, "Nothing is called so here."),
    ):
        page = browser.post(f"{PAGE}add/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}add/", said()).status_code == 403
    assert not Experiment.objects.exists()
    browser.post(f"{PAGE}add/", said(about="Fresh Food Shelf", owner=bob.pk))
    row = Experiment.objects.get()
    assert (row.about, row.owner, row.judge_on) == (shelf["ref"], bob, ago(-30))
    where = f"{PAGE}{row.uuid}/"
    browser.post(f"{where}change/", said(title="Call the day before", about="Fresh Food Shelf"))
    row.refresh_from_db()
    assert (row.title, row.owner) == ("Call the day before", None)
    good = {"verdict": "holds", "verdict_on": ago(0).isoformat(), "note": "78 of 100 came"}
    for wrong, reason in (
        ({"verdict": "maybe"}, "Select a valid choice"),
        ({"note": ""}, "This field is required."),
        ({"verdict_on": ago(-1).isoformat()}, "This day has not come yet."),
        ({"verdict_on": ago(31).isoformat()}, "This is before it began."),
    ):
        page = browser.post(f"{where}judge/", {**good, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not Experiment.objects.exclude(verdict="").exists()
    browser.post(f"{where}judge/", good)
    row.refresh_from_db()
    assert (row.verdict, row.verdict_on, row.verdict_note) == ("holds", ago(0), "78 of 100 came")
    assert "Bob judged the experiment Call the day before: it holds" in text(browser.get(where))
    assert "It has been judged. Take the verdict back first." in text(browser.post(f"{where}change/", said()))
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='adaptation.holds').pk}/undo/")
    row.refresh_from_db()
    assert (row.verdict, row.verdict_on, row.verdict_note) == ("", None, "")
    judge(row, by=bob, verdict="stopped", note="Too many complained")
    browser.post(f"{where}reopen/")
    assert Experiment.objects.get().verdict == ""
    assert browser.post(f"{where}remove/").status_code == 403
    logged_in(alice).post(f"{where}remove/")
    assert not Experiment.objects.exists()


def test_on_today_listed_in_trace_and_found(shelf, alice, bob, logged_in):
    due = add_experiment(by=alice, **card(judge_on=ago(0), about=shelf["ref"], owner=bob))
    add_experiment(by=alice, **card(title="Not yet", owner=bob))
    add_experiment(by=alice, **card(title="Next year", starts_on=ago(-5)))
    done = add_experiment(by=alice, **card(title="Long ago", starts_on=ago(90), judge_on=ago(60)))
    judge(done, by=alice, verdict="fails", note="Nobody noticed")
    browser = logged_in(bob)
    today = text(browser.get("/"))
    assert re.search(r"Experiments to judge Text the day before To be judged", today)
    assert "Not yet Running" not in today
    assert "Experiments to judge" not in text(logged_in(alice).get("/")), "bob sees to it"
    told = text(browser.get(done.get_absolute_url()))
    assert "Alice judged the experiment Long ago : it does not hold" in told
    names = ("Text the day before", "Not yet", "Next year", "Long ago")
    for query, shown in (
        ("state=to_judge", [0]),
        ("state=running", [1]),
        ("state=planned", [2]),
        ("state=fails", [3]),
        (f"owner={bob.pk}", [0, 1]),
        (f"judge_to={ago(1).isoformat()}", [3]),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [at for at, name in enumerate(names) if f">{name}<" in page] == shown, query
    out = browser.get(f"{PAGE}?export=csv&state=fails").getvalue().decode("utf-8-sig").splitlines()
    assert out[1].startswith(f"Long ago,It does not hold,{ago(90).isoformat()},{ago(60).isoformat()},")
    assert list(threads.get("adaptation.experiment").upstream(Ref.to(due))) == [Ref.parse(shelf["ref"])]
    assert f"/trace/{Ref.to(due)}/" in browser.get(f"/trace/{shelf['ref']}/").content.decode()
    assert "Long ago" in text(browser.get("/search?q=nobody+noticed"))
    assert browser.get(f"{PAGE}key/{due.pk}/").url == due.get_absolute_url()


def test_the_database_itself_refuses_a_verdict_without_day_or_words():
    now = timezone.now()
    values = {**card(), "created_at": now, "updated_at": now}
    for wrong in (
        {"verdict": "holds"},
        {"verdict": "holds", "verdict_on": ago(0)},
        {"verdict_on": ago(0)},
        {"judge_on": ago(31)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Experiment.objects.bulk_create([Experiment(**{**values, **wrong})])
