"""A house of a million people and ten million interactions: its pages, and logging a note, against a static view.

    .venv/bin/python bench/interactions.py [--people 1000000] [--interactions 10000000] [--data FOLDER] [--rounds 9]
    .venv/bin/python tools/postgres.py .venv/bin/python bench/interactions.py
    ... --only profile --rounds 40        addresses whose name begins so

Limit: a Django view that answers a constant behind the same middlewares, login and server. Every round asks the static view
five times and then each address once, and posts a note; wall time is the median of one interleaved run, processor time (server
and database together, so that foreign load does not count) stands beside. Goals: a profile of somebody with 5,000 interactions
at most 15 times the static view, logging a note at most 5, every other page at most 40. `directory.py` writes the house.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import asking
import directory

GOALS = {"profile": 15.0, "older": 15.0, "log": 5.0}
GOAL = 40.0
MANY = 5_000
TALKS, STEPS, PEOPLE = "/who/interactions/", "/who/interactions/steps/", "/who/people/"


def main() -> None:
    asks = argparse.ArgumentParser()
    directory.add_sizes(asks)
    asks.add_argument("--data", default="")
    asks.add_argument("--rounds", type=int, default=9)
    asks.add_argument("--only", default="")
    asks.add_argument("--as-it-is", action="store_true", help="ask the house that is there")
    given = asks.parse_args()
    asking.begin(given.data)
    import million
    from django.db import connections

    if not given.as_it_is:
        directory.fill(given.people, given.interactions, given.organisations)
    subject = subjects()
    paths = {name: path for name, path in addresses(subject).items() if name.startswith(given.only)}
    cookie = asking.cookie_of("ada@example.org")
    database = asking.database_process()
    connections.close_all()
    port = asking.free_port()
    server = million.serving(port, 1)
    try:
        asking.wait_for(port)
        measure(port, cookie, paths, subject, given.rounds, (server.pid, database))
    finally:
        server.terminate()
        server.wait(20)


def subjects() -> dict[str, Any]:
    """The person and the organisation whose history is nearest above MANY, and what filters name."""
    from django.db import transaction

    from barnraise.plumbing.accounts.models import Account
    from barnraise.who.interactions.models import CalendarFeed, Heard, NextStep
    from barnraise.who.interactions.selectors import address_of
    from barnraise.who.interactions.services import log_interaction, open_feed
    from barnraise.who.people.models import Person

    found: dict[str, Any] = {}
    counts: dict[str, int] = {}
    for name in ("person", "organisation"):
        rows = Heard.objects.filter(**{f"{name}__isnull": False})
        row = rows.filter(count__gte=MANY).order_by("count").first() or rows.order_by("-count")[0]
        found[name], counts[name] = getattr(row, name), row.count
    ada = Account.objects.get(email="ada@example.org")
    with transaction.atomic():
        for _number in range(MANY - min(counts.values())):
            log_interaction(
                by=ada,
                text="Sent the dates.",
                people=[found["person"]],
                organisations=[found["organisation"]],
            )
    if not CalendarFeed.objects.filter(account=ada).exists():
        open_feed(account=ada, by=ada)
    address = address_of(CalendarFeed.objects.get(account=ada))
    found["feed"] = "/" + address.split("/", 3)[3]
    found["ada"] = ada.pk
    found["desk"] = Account.objects.get(email="desk3@example.org").pk
    found["rare"] = Person.objects.order_by("-pk")[7]
    found["steps"] = NextStep.objects.filter(owner=ada, done_at__isnull=True).count()
    print(f"ada has {found['steps']:,} open next steps")
    return found


def addresses(subject: dict[str, Any]) -> dict[str, str]:
    """(what, address)"""
    from django.utils import timezone

    today = timezone.localdate()
    person, body = subject["person"], subject["organisation"]
    ada, desk, rare = subject["ada"], subject["desk"], subject["rare"]
    days = urlencode({"day_from": today - timedelta(days=900), "day_to": today - timedelta(days=895)})
    talks = ["sort=-happened_at", "sort=happened_at", "sort=-updated_at", "kind=visit", f"by={desk}", f"by={desk}&kind=talk", f"step={ada}",
             "community=1", "visibility=coordinators", "visibility=team", "visibility=coordinators&kind=mail", days, f"{days}&kind=call",
             f"person={quote(person.display_name)}", f"person={quote(rare.display_name)}", f"organisation={quote(body.name)}",
             "text=chairs", "text=chairs+budget", "text=zzyzx", f"text=chairs&by={desk}", "tag=1", "tag=1&kind=note",
             f"community=1&by={desk}"]  # fmt: skip
    steps = ["sort=comes_on", "sort=-comes_on", "sort=done_at", "sort=-updated_at", "state=open", "state=late", "state=undated", "state=done",
             f"owner={ada}", f"owner={ada}&state=open", f"owner={ada}&state=late", f"owner={ada}&state=done",
             urlencode({"due_from": today, "due_to": today + timedelta(days=7)}), "text=chairs", f"person={quote(person.display_name)}",
             f"organisation={quote(body.name)}"]  # fmt: skip
    people = ["sort=name_folded", "sort=-name_folded", "sort=family_folded", "sort=-family_folded", "sort=kind", "sort=-kind", "sort=city",
              "sort=-city", "sort=updated_at", "sort=-updated_at", "name=ana", "name=raberg", "name=zzyzx", "name=ana+ra", "kind=resident",
              "kind=staff", "kind=staff&sort=-updated_at", f"organisation={quote(body.name[:12])}", "organisation=a", "organisation=zzyzx",
              "community=1", "community=1&kind=staff", "tag=1", "tag=1&tag=2", "tag=1&kind=staff", f"owner={ada}", f"owner={ada}&sort=city",
              "leads=any", "leads=youth", "leads=faith&kind=staff", urlencode({"term_from": today, "term_to": today + timedelta(days=30)}),
              "language=es", "email=1", "email=0", "email=0&kind=staff", "status=deceased", "status=deceased&sort=-updated_at", "city=Ba",
              "city=Ba&sort=city", "at=m"]  # fmt: skip
    ours = "/who/organisations/"
    found = {
        "profile person": person.get_absolute_url(),
        "profile organisation": body.get_absolute_url(),
        "today": "/",
        "feed of next steps": subject["feed"],
        "journal": "/journal/",
        "find name": f"/search?q={quote(rare.display_name)}",
        "find slip": f"/search?q={quote(rare.display_name[:2] + rare.display_name[3:])}",
        "find words": "/search?q=chairs+budget",
        "fit ranking": f"{ours}fit/",
        "fit by ask": f"{ours}fit/?as=asks",
        "fit within 25": f"{ours}fit/?within=25",
        "fit of kinds": f"{ours}fit/?kind=faith&kind=business",
    }
    for name, page, queries in (("talks", TALKS, talks), ("steps", STEPS, steps), ("people", PEOPLE, people)):
        found |= {f"{name} {query}": f"{page}?{query}" if query else page for query in queries}
    return found | deep_pages()


def deep_pages() -> dict[str, str]:
    """Pages that begin at nine tenths of a list."""
    from barnraise.plumbing.ui.lists.keyset import Position, pack
    from barnraise.who.interactions.models import Interaction, NextStep
    from barnraise.who.people.models import Person

    found = {}
    for name, page, model, sort in (
        ("talks", TALKS, Interaction, "-happened_at"),
        ("talks", TALKS, Interaction, "-updated_at"),
        ("steps", STEPS, NextStep, "comes_on"),
        ("steps", STEPS, NextStep, "done_at"),
        ("people", PEOPLE, Person, "name_folded"),
        ("people", PEOPLE, Person, "-family_folded"),
        ("people", PEOPLE, Person, "kind"),
        ("people", PEOPLE, Person, "city"),
        ("people", PEOPLE, Person, "-updated_at"),
    ):
        field = sort.lstrip("-")
        rows: Any = model._default_manager.filter(**{f"{field}__isnull": False}).order_by(
            sort, "-pk" if sort[0] == "-" else "pk"
        )
        row = rows.only("pk", field)[rows.count() * 9 // 10]
        found[f"{name} deep by {sort}"] = (
            f"{page}?sort={sort}&cursor={pack(Position(getattr(row, field), row.pk))}"
        )
    return found


def measure(
    port: int,
    cookie: str,
    paths: dict[str, str],
    subject: dict[str, Any],
    rounds: int,
    processes: tuple[int | None, ...],
) -> None:
    """Print limit, product and ratio of each, slowest first; logging is measured over the POST alone."""
    asker = asking.Asker(port, cookie)
    person = subject["person"].get_absolute_url()
    body = asker.get(person)[1].decode()
    following = re.search(r'hx-get="(/who/interactions/of/[^"]*after=[^"]*)"', body)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert following, "the profile has a further page"
    assert token, "the profile has a composer"
    paths = {**paths, "older of the timeline": following[1].replace("&amp;", "&")}
    poster = Poster(port, cookie, token[1])
    for _time in range(100):
        asker.get("/bench-static/")
    for name, path in paths.items():
        took, status = asking.milliseconds(asker, path)
        assert status == 200, (name, path, status)
        if took > 1000:
            print(f"  first time {took:,.0f} ms  {name}", flush=True)
    limits: list[tuple[float, float]] = []
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in (*paths, "log a note")}
    for number in range(rounds):
        limits.append(spent(lambda: [asker.get("/bench-static/") for _ in range(5)], processes, 5))
        for name, path in paths.items():
            found[name].append(spent(lambda path=path: asker.get(path), processes))
        uuid, text = str(subject["person"].uuid), f"Note {number}: they bring forty chairs."
        poster.connect()
        found["log a note"].append(spent(lambda uuid=uuid, text=text: poster.note(uuid, text), processes))
    report(limits, found)


def report(limits: list[tuple[float, float]], found: dict[str, list[tuple[float, float]]]) -> None:
    """The table, slowest first by wall time."""
    wall, computed = (statistics.median(column) for column in zip(*limits, strict=True))
    print(f"static view: wall {wall:.2f} ms, processor {computed:.2f} ms")
    print(f"{'wall ms':>9}{'ratio':>8}{'cpu ms':>9}{'ratio':>8}{'goal':>6}  what")
    above = 0
    lines = []
    for name, times in found.items():
        took, spent_there = (statistics.median(column) for column in zip(*times, strict=True))
        goal = GOALS.get(name.split()[0], GOAL)
        missed = "" if spent_there / computed <= goal else "  above"
        above += bool(missed)
        shown = (
            f"{took:>9.2f}{took / wall:>8.1f}{spent_there:>9.2f}{spent_there / computed:>8.1f}{goal:>6.0f}"
        )
        lines.append((took, f"{shown}  {name}{missed}"))
    for _took, line in sorted(lines, reverse=True):
        print(line)
    print(f"{len(lines)} measured, {above} above their goal by processor time")


def spent(work: Any, processes: tuple[int | None, ...], times: int = 1) -> tuple[float, float]:
    """(milliseconds until it was done, milliseconds of processor time), each divided by `times`."""
    before, started = asking.processor_time(*processes), time.perf_counter()
    work()
    wall = (time.perf_counter() - started) * 1000
    return wall / times, (asking.processor_time(*processes) - before) / times


class Poster:
    """Posts notes."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self.port, self.cookie, self.token = port, cookie, token
        self.asker = asking.Asker(port, cookie)
        self.secret = token[:32] if len(token) == 32 else _unmasked(token)

    def connect(self) -> None:
        """Anew: the server closes connections that wait for long."""
        self.asker = asking.Asker(self.port, self.cookie)
        self.asker.get("/bench-static/")

    def note(self, person: str, text: str) -> None:
        """Until a note is kept."""
        given = urlencode({"csrfmiddlewaretoken": self.token, "person": person, "kind": "note", "text": text})
        head = (
            f"POST /who/interactions/add/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\n"
            f"Cookie: {self.cookie}; csrftoken={self.secret}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(given)}\r\n\r\n{given}"
        )
        self.asker.socket.sendall(head.encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self.asker._more()
        assert got[9:12] == b"302", got[:200]


def _unmasked(token: str) -> str:
    from django.middleware.csrf import _unmask_cipher_token  # type: ignore[attr-defined]

    return str(_unmask_cipher_token(token))


if __name__ == "__main__":
    main()
