"""Profiles of somebody with 5,000 interactions, and logging a note, against a static view on the same server.

    .venv/bin/python bench/interactions.py [--count 5000] [--beside 0] [--data FOLDER] [--rounds 40]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/interactions.py

Limit: a Django view that answers a constant behind the same middlewares, login and server. Every round asks the static view,
the profile of a person and of an organisation, a further page of the timeline, and posts a note; figures are medians of one
interleaved run. `--beside` writes that many further interactions of others first (10000000 for the largest house).
Goals: a profile at most 15 times the static view, logging a note at most 5 times.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import asking

GOALS = {"person": 15.0, "organisation": 15.0, "older": 15.0, "log a note": 5.0}
WORDS = (
    "Called about the hall.",
    "They bring forty chairs.",
    "Met at the market; wants to help.",
    "Sent the dates.",
)


def main() -> None:
    asks = argparse.ArgumentParser()
    asks.add_argument("--count", type=int, default=5000)
    asks.add_argument("--beside", type=int, default=0)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=40)
    given = asks.parse_args()
    asking.begin(given.data)
    import million
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        call_command("createcachetable", verbosity=0)
    subject = fill(given.count, given.beside)
    cookie = asking.cookie_of("ada@example.org")
    connections.close_all()
    port = asking.free_port()
    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        measure(port, cookie, subject, given.rounds)
    finally:
        server.terminate()
        server.wait(20)


def fill(count: int, beside: int) -> dict[str, str]:
    """Ada, one person with `count` interactions of whom each is also an organisation's, and `beside` others."""
    from barnraise.plumbing.accounts.models import Account
    from barnraise.plumbing.profile.services import finish_wizard
    from barnraise.who.interactions.models import Heard, Interaction
    from barnraise.who.organisations.documents import OrganisationDocument
    from barnraise.who.organisations.services import register_organisation
    from barnraise.who.people.documents import PersonDocument, Reach
    from barnraise.who.people.services import add_role, register_person

    ada = Account.objects.filter(email="ada@example.org").first()
    if ada is None:
        ada = Account.objects.create_user(
            "ada@example.org", "the barn stands on oak", name="Ada", role="admin"
        )
        finish_wizard(by=ada)
    heard = Heard.objects.filter(person__isnull=False, count__gte=count).select_related("person").first()
    if heard is None:
        body = register_organisation(OrganisationDocument(name="Mill Street Pantry"), by=ada)
        document = PersonDocument(
            given_name="Ana", family_name="Ruiz", contacts=(Reach("email", "ana@example.org"),)
        )
        person = register_person(document, by=ada)
        add_role(person, organisation=body, title="Director", by=ada)
        others = [register_person(PersonDocument(given_name=f"Nr {n}"), by=ada).pk for n in range(200)]
        write([(person.pk, body.pk)], count, ada.pk)
        if beside > Interaction.objects.count():
            write([(key, None) for key in others], beside, ada.pk)
        print(f"{Interaction.objects.count():,} interactions")
    else:
        assert heard.person
        person = heard.person
        body = None
    return {"person": person.get_absolute_url(), "uuid": str(person.uuid), "key": str(person.pk),
            "organisation": body.get_absolute_url() if body else ""}  # fmt: skip


def write(whom: list[tuple[int, int | None]], count: int, by: int) -> None:
    """`count` interactions with these, in turn, every half hour backwards, straight into the tables."""
    from django.db import connection, transaction
    from django.utils import timezone
    from million import _write

    from barnraise.plumbing.search.folding import indexed_words
    from barnraise.who.interactions.models import Interaction, InteractionOrganisation, InteractionPerson
    from barnraise.who.interactions.services import heard

    first = (Interaction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    now = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    kind = "interactions.interaction"

    def at(n: int) -> Any:
        return now - timedelta(minutes=30 * (n % 35_000))

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(count):
            text = f"{WORDS[n % 4]} {WORDS[n // 4 % 4]}"
            uuid = f"{(first + n) * 0x9E3779B97F4A7C15:032x}"[-32:]
            visible = "coordinators" if n % 50 == 0 else "team"
            yield (first + n, uuid, ("note", "call", "visit", "mail", "talk")[n % 5], "", "", text, at(n), visible,
                   by, "", False, at(n), at(n))  # fmt: skip

    with transaction.atomic():
        _write("interactions_interaction", "id, uuid, kind, direction, subject, text, happened_at, visibility, by_id, "
               "message_id, is_sample, created_at, updated_at", rows())  # fmt: skip
        for model, place in ((InteractionPerson, 0), (InteractionOrganisation, 1)):
            column = ("person_id", "organisation_id")[place]
            found = (
                (first + n, whom[n % len(whom)][place], at(n))
                for n in range(count)
                if whom[n % len(whom)][place]
            )
            _write(model._meta.db_table, f"interaction_id, {column}, happened_at", found)
        _write("search_document", "kind, key, title, title_folded, excerpt, words, visibility, updated_at", (
            (kind, first + n, WORDS[n % 4], WORDS[n % 4].lower(), "", indexed_words(kind=kind, visibility="team",
             title=WORDS[n % 4], text=WORDS[n // 4 % 4], identifiers=()), "team", at(n)) for n in range(count)))  # fmt: skip
        heard.recount(
            people=[person for person, _body in whom], organisations=[body for _p, body in whom if body]
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(port: int, cookie: str, subject: dict[str, str], rounds: int) -> None:
    """Print limit, product and ratio of each; logging is measured over what its goal is about: the POST alone."""
    asker = asking.Asker(port, cookie)
    body = asker.get(subject["person"])[1].decode()
    following = re.search(r'hx-get="(/who/interactions/of/[^"]*after=[^"]*)"', body)
    assert following, "the profile has a further page"
    paths = {"person": subject["person"], "older": following[1].replace("&amp;", "&")}
    if subject["organisation"]:
        paths["organisation"] = subject["organisation"]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert token
    poster = Poster(port, cookie, token[1])
    for _time in range(30):
        asker.get("/bench-static/")
    for path in paths.values():
        for _time in range(3):
            asker.get(path)
    found: dict[str, list[float]] = {name: [] for name in ("limit", *paths, "log a note")}
    for number in range(rounds):
        found["limit"] += [asking.milliseconds(asker, "/bench-static/")[0] for _time in range(5)]
        for name, path in paths.items():
            took, status = asking.milliseconds(asker, path)
            assert status == 200, (path, status)
            found[name].append(took)
        found["log a note"].append(poster.note(subject["uuid"], f"Note {number}: {WORDS[number % 4]}"))
    limit = statistics.median(found.pop("limit"))
    print(f"{'what':<16}{'limit ms':>10}{'product ms':>12}{'ratio':>8}{'goal':>7}")
    for name, times in found.items():
        took = statistics.median(times)
        print(f"{name:<16}{limit:>10.2f}{took:>12.2f}{took / limit:>8.1f}{GOALS[name]:>7.0f}")


class Poster:
    """Posts notes over one kept connection."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self.asker = asking.Asker(port, cookie)
        self.port, self.cookie, self.token = port, cookie, token

    def note(self, person: str, text: str) -> float:
        """Milliseconds until a note is kept."""
        secret = self.token[:32] if len(self.token) == 32 else _unmasked(self.token)
        given = urlencode({"csrfmiddlewaretoken": self.token, "person": person, "kind": "note", "text": text})
        head = (
            f"POST /who/interactions/add/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\n"
            f"Cookie: {self.cookie}; csrftoken={secret}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(given)}\r\n\r\n{given}"
        )
        started = time.perf_counter()
        self.asker.socket.sendall(head.encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self.asker._more()
        took = (time.perf_counter() - started) * 1000
        assert got[9:12] == b"302", got[:200]
        return took


def _unmasked(token: str) -> str:
    from django.middleware.csrf import _unmask_cipher_token  # type: ignore[attr-defined]

    return str(_unmask_cipher_token(token))


if __name__ == "__main__":
    main()
