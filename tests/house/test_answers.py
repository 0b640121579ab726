"""Every address, called as every role and as a stranger, answers as the stored table says; no GET writes.

The table has one file for each room. `BARNRAISE_WRITE_ANSWERS=1 pytest tests/house/test_answers.py` writes it anew;
read its diff like code.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from .addresses import addresses
from .test_policies import OF_THE_SITE, public_urls
from .world import build

TABLE = Path(__file__).parent / "answers"
EVERYBODY = ("stranger", "petra", "vera", "bob", "alice", "ada")
ROLES = EVERYBODY if settings.IS_SQLITE else ("petra", "vera", "ada")
"""Who may is decided by the same rules on every database; on the second one those ask who are shown least, some and all."""
WRITES = ("INSERT", "UPDATE", "DELETE")
OWN_BOOKS = (
    "django_session",
    "usersessions_usersession",
    "links_visits",
    "accounts_session",
    "barnraise_cache",
    "wagtailimages_rendition",
    "wagtailusers_userprofile",
)
"""What a visit itself leaves: sessions, the count of a short link's visits, how Wagtail's
editor looks to its reader, a picture in the size it is shown in."""


def _word(response) -> str:
    if response.status_code in {301, 302, 303}:
        if re.fullmatch(r"/[a-z]{2}/", response["Location"]):
            return "front"
        if "/portal/door/" in response["Location"]:
            return "door"
        return "login" if "/account/login/" in response["Location"] else "on"
    return str(response.status_code)


def _ask(session: str, method: str, path: str) -> tuple[str, list[str]]:
    """What the address answers to the holder of a session, and the tables a GET wrote to."""
    cache.clear()
    client = Client(raise_request_exception=False)
    if session:
        client.cookies["sessionid"] = session
    written: list[str] = []

    def notice(execute, sql, params, many, context):
        if sql.startswith(WRITES) and not any(f'"{table}"' in sql for table in OWN_BOOKS):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(notice), transaction.atomic():
        response = client.get(path) if method == "get" else client.post(path, {})
        if getattr(response, "streaming", False):
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return _word(response), written


@pytest.fixture
def sessions(db):
    from barnraise.plumbing.accounts.models import Account

    with transaction.atomic():
        build()
    found = {"stranger": ""}
    for role in EVERYBODY[1:]:
        client = Client()
        client.force_login(Account.objects.get(email=f"{role}@example.org"))
        found[role] = client.cookies["sessionid"].value
    return found


def _answers(sessions) -> tuple[dict[str, dict[str, str]], list[str]]:
    found: dict[str, dict[str, str]] = {}
    acted = []
    for name, path, methods in addresses():
        for method in ("get", "post"):
            if method.upper() not in methods:
                continue
            words = []
            for role in ROLES:
                word, written = _ask(sessions[role], method, path)
                words.append(f"{role}={word}")
                if method == "get" and written:
                    acted.append(f"{name} as {role}: {written[0][:120]}")
            found.setdefault(name, {})[method] = " ".join(words)
    return found, acted


def _room(name: str) -> str:
    """Which file of the table tells of an address: its room, or `house` for those of no room."""
    return name.partition(":")[0] if ":" in name else "house"


def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted(TABLE.glob("*.toml")):
        found |= tomllib.loads(file.read_text())
    if not settings.ENVIRONMENT.site:
        # Without the website its addresses are not there, and who is led to its front is led to the login.
        found = {name: one for name, one in found.items() if not name.startswith(OF_THE_SITE)}
        for one in found.values():
            one.update({method: words.replace("=front", "=login") for method, words in one.items()})
    return found


def _asked(table: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """What of the table is said to those who ask here."""

    def to(words: str) -> str:
        return " ".join(word for word in words.split() if word.partition("=")[0] in ROLES)

    return {name: {method: to(words) for method, words in one.items()} for name, one in table.items()}


def _write(answers: dict[str, dict[str, str]]) -> None:
    for file in TABLE.glob("*.toml"):
        file.unlink()
    head = (
        "# What every address answers to whom. Written by tests/house/test_answers.py; read a diff like code."
    )
    for room in {_room(name) for name in answers}:
        lines = [head]
        for name, methods in sorted(answers.items()):
            if _room(name) == room:
                lines += ["", f'["{name}"]', *(f'{method} = "{words}"' for method, words in methods.items())]
        (TABLE / f"{room}.toml").write_text("\n".join(lines) + "\n")


def test_every_address_answers_every_role_as_the_table_says(sessions):
    answers, acted = _answers(sessions)
    if os.environ.get("BARNRAISE_WRITE_ANSWERS") and ROLES == EVERYBODY:
        _write(answers)
    assert answers == _asked(_table())
    assert acted == []


def test_no_answer_is_an_error_and_strangers_get_nothing():
    table = _table()
    public = public_urls()
    bad = []
    for name, methods in table.items():
        for method, words in methods.items():
            answers = dict(word.split("=") for word in words.split())
            bad += [
                f"{name} {method} {role}: {word}" for role, word in answers.items() if word.startswith("5")
            ]
            # the pages of partners lead to the door at which one asks for a way in, all others to the login
            is_partners = name.startswith("portal:") and name != "portal:send"
            closed = {"door"} if is_partners else {"login", "front"}
            if name not in public and answers["stranger"] not in closed:
                bad.append(f"{name} {method} lets a stranger in: {answers['stranger']}")
    assert bad == []


def test_partners_reach_only_their_own_account_and_the_front_pages():
    table = _table()
    open_to_partners = {
        name
        for name, methods in table.items()
        if dict(word.split("=") for word in methods.get("get", "").split()).get("petra") == "200"
    }
    # whoever has the address of a calendar reads it, of a questionnaire answers it, of an event registers, an account or not;
    # everybody reads stories that are public, and what was answered to many
    open_to_partners -= {
        "feedback:public",
        "interactions:calendar",
        "questionnaires:public",
        "decisions:public",
        "events:public",
        "issues:public",
        "projects:public_opening",
        "events:calendar_file",
        "stories:shelf",
        "stories:read",
        "stories:picture",
    }
    rooms = {name.split(":")[0] for name in open_to_partners if ":" in name}
    assert rooms <= {"desk", "accounts", "links", "portal", "site"}
    assert {name for name in open_to_partners if name.startswith("site:")} <= public_urls()
