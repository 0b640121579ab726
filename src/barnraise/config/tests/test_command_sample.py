"""`barnraise sample add|remove`: the town comes and goes, and what is real stays as it was."""

from __future__ import annotations

import json
import time

import psycopg
import pytest
from django.conf import settings

WAITING = (
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
)
REGISTER = "name,kind,city,tags\nOak Hill Library,public body,Riverbend,youth;food\nMill Bakery,business,Riverbend,food\n"
MADE_ANEW = (
    "journal_entry",
    "journal_mention",
    "jobs_",
    "django_session",
    "barnraise_cache",
    "huey",
    "django_content",
)
"""Tables that only grow: that the town came and went is told there."""
INDEXES = ("search_words", "search_pieces")
"""SQLite's own index of search_document; equal words may lie in other segments."""


def real(house):
    return {name: rows for name, rows in house.tables().items() if not name.startswith(MADE_ANEW + INDEXES)}


def told(house):
    return {name: set(rows) for name, rows in house.tables().items() if name.startswith("journal_")}


def count(house, table):
    return house.read(f"select count(*) from {table}")  # noqa: S608 - names of our own


def test_the_town_comes_once_and_goes_without_a_trace(house, tmp_path):
    house.prepare()
    house.add_admin()
    (tmp_path / "register.csv").write_text(REGISTER)
    taken = house.answer("import", str(tmp_path / "register.csv"), "--kind", "organisations")
    assert taken["created"] == {"organisations": 2}
    before, said = real(house), told(house)

    said_in_a_pipe = house.run("sample", "add", "--json")
    assert said_in_a_pipe.stderr == ""
    added = json.loads(said_in_a_pipe.stdout)["added"]
    assert (added["communities"], added["organisations"]) == (6, 60)
    assert count(house, "organisations_organisation") == 62
    full = real(house)
    again = house.answer("sample", "add")
    assert set(again["added"].values()) == {0}
    assert real(house) == full

    said_in_a_pipe = house.run("sample", "remove", "--json")
    assert said_in_a_pipe.stderr == ""
    removed = json.loads(said_in_a_pipe.stdout)["removed"]
    assert (removed["communities"], removed["organisations"]) == (6, 60)
    after = real(house)
    different = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert different == {}
    assert all(rows <= told(house)[name] for name, rows in said.items())
    assert house.run("sample", "remove").stdout == "Nothing to be removed.\n"
    assert real(house) == before


@pytest.mark.skipif(settings.IS_SQLITE, reason="SQLite has one writer at a time.")
def test_a_town_that_meets_somebody_at_work_goes_at_the_next_try(house):
    """Each holds what the other waits for; PostgreSQL ends the town's try, for the other is more patient."""
    house.prepare()
    house.add_admin()
    house.run("sample", "add")
    house.change(f"alter database \"{house.database}\" set deadlock_timeout = '5s'")
    with psycopg.connect(house.env["DATABASE_URL"]) as other:
        other.execute("set deadlock_timeout = '60s'")
        other.execute("select id from indicators_observation for update")
        leaving = house.spawn("sample", "remove")
        until = time.monotonic() + 60
        while not house.read(WAITING):
            assert time.monotonic() < until
        other.execute("select id from stories_story for update")
        other.rollback()
    assert leaving.wait(60) == 0, leaving.stdout.read()
    assert count(house, "organisations_organisation") == 0


def test_a_town_people_worked_with_goes_and_their_records_stay(house):
    house.prepare()
    house.add_admin()
    house.run("sample", "add")
    secret = house.answer("token", "add", "ada@example.org", "--scope", "write")["token"]
    server = house.up()
    about = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    page = json.loads(server.ask("/api/v1/organisations?limit=1", headers=about)[2])
    place = json.loads(server.ask("/api/v1/communities?limit=1", headers=about)[2])["items"][0]["id"]
    mine = {
        "name": "Real branch",
        "parent": page["items"][0]["id"],
        "communities": [place],
        "tags": ["our own"],
    }
    status, _, made = server.ask("/api/v1/organisations", headers=about, form=json.dumps(mine))
    assert status == 201, made
    assert house.run("sample", "remove").returncode == 0
    status, _, now = server.ask("/api/v1/organisations/" + json.loads(made)["id"], headers=about)
    found = json.loads(now)
    assert (status, found["name"], found["parent"], found["communities"]) == (200, "Real branch", None, [])
    assert found["tags"] == ["our own"]
    assert count(house, "organisations_organisation") == 1
    assert count(house, "communities_community") == 0
