"""`barnraise up`: what it says, what it survives, how it stops, and whom it believes."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from urllib.parse import urlencode

import pytest

from .houses import PASSWORD, House, free_port

pytestmark = pytest.mark.xdist_group("serving")
"""What is built for the whole file is built in one process."""
INSIDE = "/account/login/"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A house that is up, asked for by several tests that change nothing."""
    made = House(tmp_path_factory.mktemp("served") / "data")
    made.prepare()
    made.add_admin()
    yield made.up(BARNRAISE_ALLOWED_HOSTS="barn.example.org, .riverbend.example")
    made.remove()


def test_a_taken_port_is_said_in_one_sentence_and_nothing_is_made(house):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = house.run("up", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"Port {port} on 127.0.0.1 is taken by another program.",
        "Stop that program, or choose another port with --port.",
    ]
    assert not (house.data / "barnraise.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_a_port_that_is_none_is_wrong_usage(house, port):
    refused = house.run("up", f"--port={port}")
    assert (refused.returncode, "a number from 1 to 65535" in refused.stderr) == (2, True)


def test_the_link_to_the_first_admin_is_printed_until_somebody_used_it(house):
    house.prepare()
    first = house.up()
    old = first.first_admin_link()
    assert old.startswith("/")
    assert first.said.count(old) == 1
    assert f"Barnraise is at {first.url}\n" in first.said
    assert first.stop()[0] == 0

    second = house.up()
    link = second.first_admin_link()
    assert second.ask(old)[0] != 200  # a new start ends the old link
    status, headers, page = second.ask(link)
    assert status == 200
    cookie = headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"csrfmiddlewaretoken": token, "email": "ada@example.org", "name": "Ada"}
    form |= {"password": PASSWORD, "again": PASSWORD}
    assert second.ask(link, headers={"Cookie": cookie}, form=urlencode(form))[0] == 302
    assert house.read("select count(*) from accounts_account where role = 'admin'") == 1
    assert second.ask(link)[0] != 200
    assert second.stop()[0] == 0

    assert house.up().first_admin_link() == ""


def test_what_dies_is_started_again_and_all_stops_within_two_seconds(house):
    house.prepare()
    server = house.up()
    assert server.ask(INSIDE)[0] == 200

    server.kill_web()
    server.wait_for("The web has died")
    until = time.monotonic() + 20
    while True:
        try:
            assert server.ask(INSIDE)[0] == 200
            break
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.05)
    first = server.worker()
    os.kill(first, signal.SIGKILL)
    server.wait_for("The worker has died (exit code -9); it is started again.")
    assert server.worker() != first

    family = server.family()
    assert len(family) >= 3
    code, seconds = server.stop()
    assert code == 0
    assert seconds < 2 * max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))  # 2 s on a machine at rest
    assert not [pid for pid in family if _lives(pid)]
    with pytest.raises(OSError, match="refused"):
        server.ask(INSIDE)


def test_a_worker_that_dies_again_and_again_is_never_given_up_once_it_stayed_up(house):
    house.prepare()
    server = house.up()
    last = server.worker()
    time.sleep(2.2)
    for deaths in range(1, 8):
        os.kill(last, signal.SIGKILL)
        _until(lambda deaths=deaths: server.said.count("The worker has died") == deaths)
        assert server.ask(INSIDE)[0] == 200
        last = _until(lambda last=last: server.worker() != last and server.worker())
    assert "it is started again in 1.6 s." in server.said
    assert server.process.poll() is None
    assert server.stop()[0] == 0


def test_what_never_stays_up_ends_the_start_at_once(house):
    house.prepare()
    code = f"""
import time
from barnraise.config.serve import Child, Parent
began = time.monotonic()
parent = Parent([Child("web", lambda: time.sleep(60)), Child("worker", os._exit, {{"status": 3}})], say=print)
code = parent.run(ready=lambda: None, host="127.0.0.1", port={free_port()})
print(code, time.monotonic() - began < 8)
"""
    said = house.spawn_python(code).communicate(timeout=60)[0].splitlines()
    again = "The worker has died (exit code 3); it is started again"
    assert said == [
        *3 * [f"{again}."],
        f"{again} in 1.6 s.",
        "The worker does not stay up; see the lines above.",
        "1 True",
    ]


def test_a_child_told_to_stop_at_its_first_breath_stops(house):
    house.prepare()
    code = """
import signal, time
from barnraise.config.serve import Child
signal.signal(signal.SIGTERM, lambda *_: None)
for _ in range(10):
    child = Child("worker", lambda: time.sleep(60))
    child.start()
    child.signal(signal.SIGTERM)
    child.process.join(20)
    print(child.process.exitcode)
"""
    assert house.spawn_python(code).communicate(timeout=240)[0].split() == ["-15"] * 10


def _until(happened, seconds=60):
    limit = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < limit
        time.sleep(0.05)
    return found


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_second_up_on_one_sqlite_folder_is_refused(served):
    house = served.process.args  # the command line of the first
    assert "up" in house
    made = House(served.output.parent / "data")
    if not made.is_sqlite:
        made.remove()
        pytest.skip("PostgreSQL takes any number of workers")
    refused = made.run("up", "--port", "8399")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 2)
    assert "is running on" in refused.stderr
    refused = made.run("worker")
    assert (refused.returncode, "there can be one" in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost", 200),
        ("barn.example.org", 200),
        ("east.riverbend.example", 200),
        ("evil.example.org", 400),
        ("barn.example.org.evil.example", 400),
        ("barn.example.org/account", 400),
    ],
)
def test_only_hosts_of_the_settings_are_answered(served, host, status):
    found, _, page = served.ask(INSIDE, headers={"Host": host})
    assert found == status
    assert "evil" not in page


@pytest.mark.parametrize(("proxies", "is_believed"), [("0", False), ("1", True)])
def test_a_forwarded_scheme_is_believed_from_trusted_proxies_only(house, proxies, is_believed):
    house.prepare()
    server = house.up(
        BARNRAISE_URL="https://barn.example.org",
        BARNRAISE_TRUSTED_PROXIES=proxies,
        BARNRAISE_LOG_LEVEL="ERROR",
    )
    told = {"Host": "barn.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example.org"}
    status, headers, page = server.ask(INSIDE, headers=told)
    assert status == 200
    assert ("Strict-Transport-Security" in headers) is is_believed  # sent over https only
    assert "; Secure" in headers["Set-Cookie"]  # by BARNRAISE_URL, whatever a request says
    assert "evil" not in page
    assert "https://barn.example.org/" in server.said
    assert "Strict-Transport-Security" not in server.ask(INSIDE, headers={"Host": "barn.example.org"})[1]


def test_a_wrong_setting_stops_the_start(house):
    house.prepare()
    refused = house.run("up", "--port", "8399", BARNRAISE_ALLOWED_HOSTS="*")
    assert refused.returncode == 1
    assert "BARNRAISE_ALLOWED_HOSTS holds '*'." in refused.stderr
