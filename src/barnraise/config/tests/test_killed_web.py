"""The web is killed in the midst of requests that write: every record is there whole, or not at all."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time

import pytest

KILLS = 6


def _write(server, secret, stop, confirmed, strange):
    about = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    number = 0
    while not stop.is_set():
        number += 1
        record = {
            "name": f"Barn {number}",
            "identifiers": [{"scheme": "EIN", "value": f"99-{number:07d}"}],
            "addresses": [{"lines": f"{number} Mill Lane", "city": "Riverbend", "country": "US"}],
            "contacts": [{"kind": "email", "value": f"barn{number}@example.org"}],
            "tags": ["raised"],
        }
        try:
            status, _, said = server.ask("/api/v1/organisations", headers=about, form=json.dumps(record))
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
            continue
        if status == 201:
            confirmed.append(record["name"])
        else:
            strange.append((record["name"], status, said[:300]))


@pytest.mark.slow
def test_a_killed_web_leaves_nothing_half_written(house):
    house.prepare()
    house.add_admin()
    secret = house.answer("token", "add", "ada@example.org", "--scope", "write")["token"]
    server = house.up()
    stop, confirmed, strange = threading.Event(), [], []
    writer = threading.Thread(target=_write, args=(server, secret, stop, confirmed, strange), daemon=True)
    writer.start()
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    dice = random.Random(seed)
    for _ in range(KILLS):
        had, until = len(confirmed), time.monotonic() + 60
        while len(confirmed) < had + 3:
            assert time.monotonic() < until, (strange[-3:], server.said)
            time.sleep(0.005)
        time.sleep(2 + dice.random() * 0.1)  # five deaths within two seconds each, and the parent gives up
        server.kill_web()
    stop.set()
    writer.join(30)
    assert strange == []
    assert server.said.count("The web has died") >= KILLS - 1

    names = [name for (name,) in house.rows("select name from organisations_organisation order by id")]
    assert set(confirmed) <= set(names)
    assert len(set(names)) == len(names) <= len(confirmed) + KILLS
    many = len(names)
    for what in [
        "organisations_identifier where scheme = 'EIN'",
        "organisations_address where city = 'Riverbend'",
        "organisations_contactpoint where kind = 'email'",
        "tags_tagging where kind = 'organisations.organisation'",
        "journal_entry where verb = 'organisations.registered'",
        "search_document where kind = 'organisations.organisation'",
    ]:
        assert (what, house.read(f"select count(*) from {what}")) == (what, many)  # noqa: S608
    if house.is_sqlite:
        assert house.read("pragma integrity_check") == "ok"
