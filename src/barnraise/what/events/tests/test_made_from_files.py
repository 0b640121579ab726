"""Outputs, costs and hosts of events come in from files, are changed and taken away, and stand in lists."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from barnraise.what.events.models import CoHost, Cost, Event, Output
from barnraise.what.events.services import plan_event, set_made
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.tests.importing import command, taken_back_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, rows):
        file = write(tmp_path / f"{noun}.csv", rows)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


@pytest.fixture
def bodies(alice):
    """Two organisations."""
    return [
        register_organisation(OrganisationDocument(name=name), by=alice) for name in ("Pantry", "Mill Bakery")
    ]


def counted(done):
    """New, changed, and the refused as (row, field)."""
    (new,), (changed,) = done["created"].values(), done["updated"].values()
    return new, changed, sorted((one["row"], one["column"]) for one in done["refused"])


@pytest.mark.parametrize(
    ("noun", "head", "lines", "rows", "told"),
    [
        (
            "event_outputs",
            "event,of what,how many,state\n",
            (
                "supper,meals,120,\nSupper,Recipes,2.5,\nNowhere,meals,1,\nSupper,cups,-1,\nSupper,spoons,1,taken_away\nSupper,forks,,\n",
                "Supper,Meals,130,\nSupper,recipes,,Taken away\n",
            ),
            lambda: Output.objects.order_by("pk").values_list("unit", "quantity"),
            ([("meals", Decimal(120)), ("Recipes", Decimal("2.5"))], [("meals", Decimal(130))]),
        ),
        (
            "event_costs",
            "event,what for,amount,state\n",
            (
                "supper,Printing,45.50,\nSupper,Hall,200,\nNowhere,Hall,1,\nSupper,Cups,0.005,\nSupper,Bus,1,taken_away\nSupper,Cake,,\n",
                "Supper,printing,40,\nSupper,Hall,,Taken away\n",
            ),
            lambda: Cost.objects.order_by("pk").values_list("what", "amount"),
            ([("Printing", 4550), ("Hall", 20000)], [("Printing", 4000)]),
        ),
    ],
)
def test_outputs_and_costs_come_change_and_go(supper, take, capsys, noun, head, lines, rows, told):
    first = take(noun, head + lines[0])
    number = head.split(",")[2]
    column = {"how many": "quantity"}.get(number, number)
    assert counted(first) == (2, 0, [(4, "event"), (5, column), (6, "state"), (7, column)])
    assert list(rows()) == told[0]
    came = Event.objects.get(pk=supper.pk).updated_at
    assert came > supper.updated_at, "programs that ask for what changed see it"
    second = take(noun, head + lines[1])
    assert (counted(second), list(rows())) == ((0, 2, []), told[1])
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    assert list(rows()) == told[0]
    again = take(noun, head + lines[1])
    assert (counted(again), list(rows())) == ((0, 2, []), told[1]), "what was undone can be done again"
    command(capsys, "imports", "undo", again["import"])
    assert command(capsys, "imports", "undo", first["import"])["undone"] == 2
    assert list(rows()) == []


def test_a_change_by_somebody_stays_when_a_file_is_undone(supper, alice, take, capsys):
    done = take("event_outputs", "event,of what,how many\nSupper,meals,120\n")
    more = take("event_outputs", "event,of what,how many\nSupper,meals,130\n")
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 0
    assert Output.objects.get().quantity == 130
    Output.objects.update(quantity=140)
    assert command(capsys, "imports", "undo", more["import"])["undone"] == 0
    assert Output.objects.get().quantity == 140


def test_hosts_share_a_hundred_percent_or_none_of_their_rows_is_taken(supper, bodies, alice, take, capsys):
    head = "event,organisation,share,state\n"
    pantry, mill = bodies
    shares = CoHost.objects.order_by("pk").values_list("organisation", "share")
    refused = take("event_hosts", f"{head}Supper,Pantry,60,\nSupper,Mill Bakery,30,\nSupper,Nobody,10,\n")
    assert counted(refused) == (0, 0, [(2, "share"), (3, "share"), (4, "organisation")])
    assert "make 90 percent together" in refused["refused"][0]["reason"]
    odd = take("event_hosts", f"{head}Supper,Pantry,99.5,\nSupper,Mill Bakery,101,\nSupper,mill bakery ,x,\n")
    assert (counted(odd)[:2], CoHost.objects.count()) == ((0, 0), 0)
    first = take("event_hosts", f"{head}Supper,Pantry,60,\nSupper,Mill Bakery,40,\n")
    assert (counted(first), list(shares.all())) == ((2, 0, []), [(pantry.pk, 60), (mill.pk, 40)])
    set_made(supper, by=alice, hosts=[(pantry, 50), (mill, 50)])
    second = take("event_hosts", f"{head}Supper,Pantry,70,\nSupper,Mill Bakery,30,\n")
    assert (counted(second), list(shares.all())) == ((0, 2, []), [(pantry.pk, 70), (mill.pk, 30)]), (
        "no half of what belongs together is kept"
    )
    alone = take("event_hosts", f"{head}Supper,Mill Bakery,,taken away\n")
    assert counted(alone) == (0, 0, [(2, "share")])
    third = take("event_hosts", f"{head}Supper,Pantry,100,\nSupper,Mill Bakery,,taken away\n")
    assert (counted(third), list(shares.all())) == ((0, 2, []), [(pantry.pk, 100)])
    assert command(capsys, "imports", "undo", third["import"])["undone"] == 2
    assert list(shares.all()) == [(pantry.pk, 70), (mill.pk, 30)]
    gone = take("event_hosts", f"{head}Supper,Pantry,,taken away\nSupper,Mill Bakery,,taken away\n")
    assert (counted(gone), CoHost.objects.count()) == ((0, 2, []), 0)
    set_made(supper, by=alice, hosts=[(pantry, 100)])
    assert command(capsys, "imports", "undo", gone["import"])["undone"] == 0
    assert list(shares.all().values_list("share", flat=True)) == [100], (
        "two who were undone do not make 200 percent"
    )


def test_hosts_of_an_event_that_stand_far_apart_in_a_long_file_are_judged_together(bodies, take):
    mill = bodies[1]
    titles = [f"Supper {number}" for number in range(505)]
    days = "".join(f"{title},gathering,2026-05-01,18:00,20:00\n" for title in titles)
    assert counted(take("events", f"title,kind,date,from,until\n{days}"))[0] == 505
    rows = [
        f"{title},{body},{share}\n"
        for body, share in (("Pantry", 60), ("Mill Bakery", 40))
        for title in titles
    ]
    rows[504:505] = ["Supper 504,Pantry,90\n", "Supper 503,Nobody,1\n"]
    done = take("event_hosts", f"event,organisation,share\n{''.join(rows)}")
    assert counted(done) == (1008, 0, [(506, "share"), (507, "organisation"), (1012, "share")])
    assert "make 130 percent together" in next(one for one in done["refused"] if one["row"] == 1012)["reason"]
    assert CoHost.objects.filter(organisation=mill, share=40).count() == 504
    assert not CoHost.objects.filter(event__title="Supper 504").exists()


def test_they_stand_in_lists_with_filters_and_come_in_again(
    supper, bodies, alice, vera, logged_in, tmp_path, capsys
):
    pantry, mill = bodies
    begin = supper.starts_at
    plan_event(
        by=alice, title="Breakfast", kind="gathering", starts_at=begin, ends_at=begin + timedelta(hours=1)
    )
    set_made(
        supper,
        by=alice,
        outputs=[(Decimal("12.5"), "meals")],
        costs=[("Hall", 4550)],
        hosts=[(pantry, 60), (mill, 40)],
    )
    browser = logged_in(vera)
    other = f"?organisation={mill.pk}"
    shown = browser.get(f"/what/events/hosts/{other}").content.decode()
    assert "Mill Bakery" in shown
    for part, words in (("outputs", "meals"), ("costs", "Hall"), ("hosts", "Pantry")):
        address = f"/what/events/{part}/"
        assert words in browser.get(f"{address}?event={supper.pk}").content.decode()
        empty = browser.get(f"{address}?event=Breakfast").content.decode()
        assert words not in empty.partition('id="list"')[2].partition("<tbody")[2]
        again = taken_back_in(capsys, browser, address, tmp_path / f"{part}.csv", f"event_{part}")
        assert counted(again) == (0, 0, []), part


def test_what_an_undone_file_said_of_a_row_that_was_there_before_is_said_again_by_another(
    supper, alice, take, capsys
):
    set_made(supper, by=alice, outputs=[(Decimal(120), "meals")])
    first = take("event_outputs", "event,of what,how many\nSupper,meals,130\n")
    assert command(capsys, "imports", "undo", first["import"])["undone"] == 1
    assert Output.objects.get().quantity == 120
    second = take("event_outputs", "event,of what,how many\nSupper,meals,130\n")
    assert (counted(second), Output.objects.get().quantity) == ((0, 1, []), 130)
    Output.objects.update(quantity=125)
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 0
    third = take("event_outputs", "event,of what,how many\nSupper,meals,130\n")
    assert (counted(third), Output.objects.get().quantity) == ((0, 0, []), 125), (
        "what somebody wrote since stays"
    )
