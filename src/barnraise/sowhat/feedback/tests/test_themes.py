"""Themes are listed, added, renamed, ended and refused by programs and files, and filtered in their list."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.sowhat.feedback import lists, services
from barnraise.sowhat.feedback.models import Theme

pytestmark = pytest.mark.django_db
PAGE = "/sowhat/feedback/themes/"


def test_listed_added_renamed_ended_removed_and_refused_by_api(asks, alice, bob, vera):
    send, boss = asks(bob), asks(alice)
    assert asks(vera)("GET", "/themes")[0] == 403
    status, made = send("POST", "/themes", {"name": "Buses", "about": "Late ones"})
    assert (status, made["name"], made["about"], made["ended_on"]) == (201, "Buses", "Late ones", None)
    services.set_themes(services.note_comment(by=bob, text="The bus is late"), [Theme.objects.get()], by=bob)
    where = f"/themes/{made['id']}"
    assert send("GET", where)[1]["waiting_count"] == send("GET", where)[1]["comment_count"] == 1
    send("POST", "/themes", {"name": "Roads"})
    for method, path, body in (
        ("POST", "/themes", {"name": "BUSES"}),
        ("POST", "/themes", {"name": " "}),
        ("PATCH", where, {"name": "roads"}),
    ):
        status, problem = send(method, path, body)
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, "name"), body
    changed = send("PATCH", where, {"name": "Bus lines", "is_ended": True})[1]
    assert (changed["name"], changed["about"]) == ("Bus lines", "Late ones")
    assert changed["ended_on"] == timezone.localdate().isoformat()
    for query, names in (
        ("", ["Bus lines", "Roads"]),
        ("?ended=true", ["Bus lines"]),
        ("?ended=false", ["Roads"]),
    ):
        assert sorted(one["name"] for one in send("GET", f"/themes{query}")[1]["items"]) == names, query
    assert send("PATCH", where, {"is_ended": False})[1]["ended_on"] is None
    assert send("DELETE", where)[0] == 403
    assert boss("DELETE", where)[0] == 204
    assert boss("GET", where)[0] == 404


def test_the_list_is_filtered_by_what_has_ended(bob, logged_in):
    kept = services.add_theme(by=bob, name="Buses")
    services.change_theme(services.add_theme(by=bob, name="Roads"), by=bob, name="Roads", is_ended=True)
    browser = logged_in(bob)
    for query, shown in (("", {"Buses", "Roads"}), ("?ended=1", {"Roads"}), ("?ended=0", {"Buses"})):
        page = browser.get(f"{PAGE}{query}").content.decode()
        assert {name for name in ("Buses", "Roads") if f">{name}<" in page} == shown, query
    assert kept.ended_on is None


def test_a_list_comes_in_changed_ends_renames_and_is_undone(bob, takes, exports):
    done = takes("themes", "theme,about,state\nBuses,Late ones,\nRoads,,Ended\nShops,,\n")
    assert done["counts"] == (3, 0)
    assert Theme.objects.get(name="Roads").ended_on == timezone.localdate()
    rows = {row["Theme"]: row for row in exports(PAGE, lists.themes)}
    assert takes("themes", list(rows.values()))["counts"] == (0, 0), "an export left alone changes nothing"
    rows["Buses"] |= {"Theme": "Bus lines", "State": "Ended"}
    rows["Roads"] |= {"State": "Offered", "What belongs to it": "Holes"}
    second = takes("themes", list(rows.values()))
    assert (second["counts"], second["why"]) == ((0, 2), [])
    told = Theme.objects.order_by("pk").values_list("name", "name_folded", "about", "ended_on")
    assert list(told) == [
        ("Bus lines", "bus lines", "Late ones", timezone.localdate()),
        ("Roads", "roads", "Holes", None),
        ("Shops", "shops", "", None),
    ]
    assert takes("themes", "theme,about\nSHOPS,Small ones\n")["counts"] == (0, 1)
    assert Theme.objects.get(about="Small ones").name == "Shops", "a name alone renames nothing"
    services.change_theme(Theme.objects.get(name="Roads"), by=bob, name="Roads", about="Ice")
    assert takes.undo(second) == 1, "what was changed since is kept"
    assert set(Theme.objects.values_list("name", flat=True)) == {"Buses", "Roads", "Shops"}
    services.set_themes(
        services.note_comment(by=bob, text="A shop"), [Theme.objects.get(name="Shops")], by=bob
    )
    takes.undo(done)
    assert set(Theme.objects.values_list("name", flat=True)) == {"Roads", "Shops"}, (
        "what is in use, or was changed since, is kept"
    )


def test_what_cannot_be_is_refused_by_row_and_field(bob, takes):
    buses, _roads = (services.add_theme(by=bob, name=name) for name in ("Buses", "Roads"))
    lines = (
        f"roads,,{buses.uuid}\n"
        "Shops,,\n"
        "shops,,\n"
        "Parks,,no-id\n"
        f"Parks,,{'0' * 8}-0000-4000-8000-{'0' * 12}\n"
        f"{'x' * 130},,\n"
        "Shade,Perhaps,\n"
    )
    done = takes("themes", f"theme,state,id\n{lines}")
    assert done["counts"] == (1, 0)
    assert done["why"] == [(2, "name"), (4, ""), (5, "id"), (6, "uuid"), (7, "theme"), (8, "state")]
    assert sorted(Theme.objects.values_list("name", flat=True)) == ["Buses", "Roads", "Shops"]


def test_an_undo_leaves_a_theme_whose_name_another_has_taken(bob, takes):
    buses = services.add_theme(by=bob, name="Buses")
    done = takes("themes", f"theme,id\nTrams,{buses.uuid}\n")
    assert done["counts"] == (0, 1)
    services.add_theme(by=bob, name="Buses")
    assert takes.undo(done) == 0
    assert sorted(Theme.objects.values_list("name", flat=True)) == ["Buses", "Trams"]
