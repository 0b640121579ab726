"""`barnraise up`: prepare the house, then serve web and worker until stopped."""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING

from .answering import Refusal
from .opening import garbage_left_alone, load_django, settings_in_force

if TYPE_CHECKING:
    from ..environment import Environment

SUMMARY = "Serve Barnraise: the web pages and the worker, until stopped."


def add(parser: argparse.ArgumentParser) -> None:
    """Options of `up`."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    parser.add_argument("--sample", action="store_true", help="put the fictional sample town in first")


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("write a number from 1 to 65535")
    return int(text)


class _Clock:
    """How long each part of the start took."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()
        self.parts: list[str] = []

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.parts.append(f"{name} {now - self.last:.1f}")
        self.last = now

    def said(self) -> str:
        return f"Ready in {time.monotonic() - self.began:.1f} s ({', '.join(self.parts)})."


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    from ..serve import port_trouble

    clock = _Clock()
    environment = _address_follows(arguments.host, arguments.port)
    trouble = port_trouble(arguments.host, arguments.port)
    if trouble:
        raise Refusal(trouble, mend="Stop that program, or choose another port with --port.")
    load_django()
    clock.lap("loading")
    _refuse_second_up()
    from ..locks import Busy, lock, running

    try:
        with lock(running(environment.data), shared=True):
            _prepare(arguments, clock)
            return _serve(arguments, environment, clock)
    except Busy:
        raise Refusal(
            "A restore is at work on this data folder.", mend="Wait until it has ended, then start again."
        ) from None


def _address_follows(host: str, port: int) -> Environment:
    """Unless the operator set BARNRAISE_URL, links and forms use the address we listen on."""
    from ..environment import environment

    found = settings_in_force()
    if "url" not in found.model_fields_set:
        name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
        os.environ["BARNRAISE_URL"] = f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
        environment.cache_clear()
        found = settings_in_force()
    return found


def _refuse_second_up() -> None:
    from django.conf import settings

    from ..locks import Busy, lock, one_worker

    if not settings.IS_SQLITE:
        return
    try:
        with lock(one_worker(settings.DATA)):
            pass
    except Busy:
        raise Refusal(
            f"Barnraise is running on {settings.DATA} already.",
            mend="Stop it, choose another folder with --data, or use PostgreSQL for more than one worker.",
        ) from None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _prepare(arguments: argparse.Namespace, clock: _Clock) -> None:
    from django.core import checks

    from ..database_state import NotReady
    from ..prepare import prepare

    try:
        prepare(static=True, say=_say)
    except NotReady as no:
        raise Refusal(no.sentence, mend=no.mend) from None
    clock.lap("preparing")
    with garbage_left_alone():  # every page and form is loaded here
        wrong = [finding for finding in checks.run_checks() if finding.level >= checks.ERROR]
    if wrong:
        raise Refusal(
            "Barnraise does not start like this.",
            errors=[{"field": str(found.id), "reason": f"{found.msg} {found.hint or ''}"} for found in wrong],
        )
    clock.lap("checking")
    if arguments.sample:
        from ..sample_town import change_whole_town

        counts = change_whole_town("add")
        _say(
            "The sample town is in: "
            + (", ".join(f"{n} {noun}" for noun, n in counts.items() if n) or "as before")
        )
        clock.lap("sample")


def _serve(arguments: argparse.Namespace, environment: Environment, clock: _Clock) -> int:
    from ..serve import Child, Parent
    from ..web import serve_web
    from ..working import run_worker

    web = {"host": arguments.host, "port": arguments.port, "workers": environment.web_workers}
    parent = Parent([Child("web", serve_web, web), Child("worker", run_worker)], say=_say)

    def ready() -> None:
        clock.lap("serving")
        print(f"Barnraise is at {environment.url}", flush=True)
        _first_admin(environment.url)
        print(f"{clock.said()} Stop with Ctrl-C.", flush=True)

    return parent.run(ready=ready, host=arguments.host, port=arguments.port)


def _first_admin(base_url: str) -> None:
    from barnraise.plumbing.accounts.services import first_admin_link

    link = first_admin_link(base_url=base_url)
    if link:
        print(f"There is no admin yet. Open this link once to become the first:\n  {link}", flush=True)
