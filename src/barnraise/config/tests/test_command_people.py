"""`barnraise user add` and `barnraise token add`."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from barnraise.plumbing.accounts.models import Account, Token
from barnraise.plumbing.accounts.services import deactivate
from barnraise.plumbing.journal.models import Entry

from .houses import PASSWORD, House, Inside

pytestmark = pytest.mark.xdist_group("command people")
"""What is built for the whole file is built in one process."""
PEOPLE = "select email, role, is_active from accounts_account order by email"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """One house with an admin for the whole module; every test adds people of its own or none."""
    made = House(tmp_path_factory.mktemp("people") / "data")
    made.prepare()
    made.add_admin()
    yield made
    made.remove()


def state():
    return [list(model.objects.order_by("pk").values()) for model in (Account, Token, Entry)]


def test_a_person_with_a_password_may_log_in(house):
    done = house.run(
        "user", "add", "Bob@Example.org", "--role", "contributor", "--name", "Bob", "--password-stdin", "--json",
        given=f"{PASSWORD}\n",
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (told["email"], told["role"], set(told)) == (
        "bob@example.org",
        "contributor",
        {"account", "email", "role"},
    )
    assert PASSWORD not in done.stdout
    server = house.up()
    assert server.first_admin_link() == ""
    headers, page = server.ask("/account/login/")[1:]
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = urlencode({"csrfmiddlewaretoken": token, "login": "bob@example.org", "password": PASSWORD})
    cookie = headers["Set-Cookie"].split(";")[0]
    status, headers, _ = server.ask("/account/login/", headers={"Cookie": cookie}, form=form)
    assert (status, headers["Location"]) == (302, "/")
    assert server.stop()[0] == 0


def test_without_a_password_the_person_gets_a_link(house):
    told = house.answer("user", "add", "vera@example.org", "--role", "viewer")
    assert (told["email"], told["is_sent"]) == ("vera@example.org", False)  # it lies in a file
    assert told["link"].startswith("http://127.0.0.1:8000/")
    assert ("vera@example.org", "viewer") not in [row[:2] for row in house.rows(PEOPLE)]
    mail = next((house.data / "mails").iterdir()).read_text()
    assert "vera@example.org" in mail


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("weak@example.org", "short", "password"),
        ("weak@example.org", "1234567890123", "password"),
        ("weak@example.org", "password123", "password"),
        ("weak@example.org", "weak@example.org", "password"),
        ("weak@example.org", "", "password"),
        ("no address", PASSWORD, "email"),
        ("ADA@example.org", PASSWORD, "email"),
    ],
)
def test_weak_passwords_and_people_who_are_there_are_refused(ada, email, password, field):
    before = state()
    refused = Inside().run(
        "user", "add", email, "--role", "viewer", "--password-stdin", given=password + "\n"
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    first, *reasons = refused.stderr.splitlines()
    assert first == "Nothing was changed."
    assert all(line.startswith(f"  {field}: ") for line in reasons)
    assert reasons
    assert state() == before


@pytest.mark.parametrize(
    "words",
    [
        ("user", "add", "x@example.org", "--role", "owner"),
        ("user", "add", "x@example.org"),
        ("user", "add", "--role", "viewer"),
        ("user", "remove", "x@example.org", "--role", "viewer"),
        ("token", "add", "ada@example.org", "--scope", "all"),
        ("token", "add", "ada@example.org"),
        ("token", "add", "ada@example.org", "--scope", "read", "--days", "many"),
    ],
)
def test_wrong_words_are_wrong_usage(house, words):
    wrong = house.run(*words)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("usage: barnraise ")


def test_a_token_opens_the_api_as_far_as_its_scope(house):
    reads = house.answer(
        "token", "add", "ada@example.org", "--scope", "read", "--name", "figures", "--days", "30"
    )
    assert set(reads) == {"token", "email", "scope", "expires_at"}
    assert (reads["email"], reads["scope"]) == ("ada@example.org", "read")
    plain = house.run("token", "add", "ADA@example.org", "--scope", "write")
    assert plain.stdout.count("\n") == 1
    kept = repr(house.rows("select * from accounts_token"))
    assert reads["token"] not in kept
    server = house.up()

    def ask(secret, form=None):
        told = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        return server.ask("/api/v1/organisations", headers=told, form=form)[0]

    assert (ask(reads["token"]), ask(plain.stdout.strip()), ask("brn_none")) == (200, 200, 401)
    new = json.dumps({"name": "Oak Hill Library"})
    assert (ask(reads["token"], new), ask(plain.stdout.strip(), new)) == (403, 201)
    house.change("update accounts_token set expires_at = '2020-01-01 00:00:00+00:00' where name = 'figures'")
    assert ask(reads["token"]) == 401
    assert server.stop()[0] == 0


def test_no_token_for_nobody_nor_for_no_time(ada, petra):
    inside, before = Inside(), state()
    for email, days, word in [
        ("nobody@example.org", "30", "There is no account nobody@example.org."),
        ("ada@example.org", "0", "days: "),
        ("ada@example.org", "-5", "days: "),
        ("ada@example.org", "99999", "days: "),
    ]:
        refused = inside.run("token", "add", email, "--scope", "read", f"--days={days}")
        assert (refused.returncode, refused.stdout, word in refused.stderr) == (1, "", True), refused.stderr
    assert state() == before
    deactivate(account=petra, by=ada)
    refused = json.loads(inside.run("token", "add", "petra@example.org", "--scope", "read", "--json").stdout)
    assert (refused["error"], refused["errors"]) == ("This account cannot have tokens.", [])
