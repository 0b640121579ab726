"""The pictures of the guide, of the sample town: `python tools/guide_pictures.py [WORD ...]` writes docs/images anew.

It starts `barnraise up` on a data folder of its own, loads the sample town, logs an admin in and takes one picture for each
line of PICTURES: the top of a page at 1280 x 800, in 64 colours, so that it weighs little. With words only pictures whose name
contains one of them.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from screenshots import BROWSER, FLAGS, log_in
from try_wheel import CHECKOUT, answers, free_port

IMAGES = CHECKOUT / "docs/images"
WIDTH, HEIGHT, COLOURS = 1280, 800, 64
ACCOUNT = ("ada@example.org", "the barn stands on oak")
PARTNER = ("petra@example.org", "the barn stands on oak")
OF_PARTNER = frozenset({"portal"})
"""Pictures that a partner takes."""

PICTURES: dict[str, tuple[str, str, str]] = {
    # name: (view, its parameters, link on that page to follow; "" for the page itself)
    "accounts": ("accounts:index", "", ""),
    "audience": ("audiences:list", "", "#list tbody th a"),
    "campaign": ("campaigns:list", "?state=sent", "#list tbody th a"),
    "candidates": ("discovery:ranking", "", ""),
    "columns": ("imports:list", "", "#list tbody th a"),
    "concern": ("issues:list", "?state=open", "#list tbody th a"),
    "consent": ("consent:purposes", "", "#list tbody th a"),
    "decision": ("decisions:list", "?stage=voting", "#list tbody th a"),
    "experiment": ("adaptation:experiments", "?state=holds", "#list tbody th a"),
    "event": ("events:list", "?state=closed", "#list tbody th a"),
    "feedback": ("feedback:list", "", ""),
    "network": ("network:list", "?closed=0", "#list tbody th a"),
    "report": ("reports:list", "?issued=1", "#list tbody th a"),
    "goal": ("goals:list", "", "#list tbody tr:nth-child(2) th a"),
    "indicator": ("goals:indicators", "", "#list tbody tr:nth-child(2) th a"),
    "journal": ("journal:index", "", ""),
    "links": ("links:index", "", ""),
    "value": ("roi:list", "?ended=0", "#list tbody tr:nth-child(2) th a"),
    "meeting": ("meetings:list", "?state=held", "#list tbody th a"),
    "need": ("needs:cycles", "", "#list tbody th a"),
    "organisations": ("organisations:list", "", ""),
    "outbox": ("mail:list", "", ""),
    "partnerships": ("partnerships:list", "?as=map", ""),
    "playbook": ("playbooks:list", "?state=open", "#list tbody th a"),
    "portal": ("portal:home", "", ""),
    "post": ("social:list", "", "#list tbody tr:nth-child(3) th a"),
    "promises": ("commitments:list", "", ""),
    "project": ("projects:list", "", "#list tbody tr:nth-child(2) th a"),
    "search": ("desk:search", "?q=breakfast", ""),
    "story": ("stories:list", "?state=published", "#list tbody th a"),
    "thanks": ("recognition:list", "?state=approved", "#list tbody th a"),
    "today": ("desk:today", "", ""),
    "website": ("site:overview", "", "main .panel li a"),
    "results": ("questionnaires:list", "", "#list tbody th a"),
    "review": ("adaptation:reviews", "", "#list tbody th a"),
    "revision": ("adaptation:revisions", "?state=approved", "#list tbody th a"),
}
PREPARE = """
import django; django.setup()
from barnraise.config.sample_town import change_whole_town
from barnraise.plumbing.accounts.services import add_account
from barnraise.plumbing.links.services import create
from barnraise.plumbing.profile.services import finish_wizard
ada = add_account(email="ada@example.org", role="admin", name="Ada", password="the barn stands on oak", by=None)
change_whole_town("add")
create(title="Spring festival", target="/what/events/", channels=["flyer", "poster"], code="spring", by=ada)
finish_wizard(by=ada)
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import add_role, register_person
account = add_account(email="petra@example.org", role="partner", name="Petra", password="the barn stands on oak", by=None)
petra = register_person(PersonDocument(given_name="Petra", family_name="Stone", account=account.pk), by=ada)
add_role(petra, organisation=Organisation.objects.get(name="Mill Street Pantry"), title="Director", by=ada)
import io, json, sys
from barnraise.plumbing.imports.services import give
from django.urls import reverse
rows = "Agency,Sort,E-Mail,Town\\nCafé Número Uno,Business,hola@uno.example,Riverbend\\nFundación Niñez,nonprofit,info@ninez.example,Riverbend\\n"
partners = io.BytesIO(rows.encode())
partners.name = "partners.csv"
give(files=[partners], by=ada)
print(json.dumps({name: reverse(name) for name in sys.argv[1:]}))
"""


def prepare(environment: dict[str, str]) -> dict[str, str]:
    """Load the town and make the account; addresses by view."""
    views = sorted({view for view, _parameters, _link in PICTURES.values()})
    done = subprocess.run(
        [sys.executable, "-c", PREPARE, *views],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def take(page: Page, url: str, addresses: dict[str, str], name: str) -> None:
    """One picture."""
    view, parameters, link = PICTURES[name]
    page.goto(url + addresses[view] + parameters, wait_until="load")
    if link:
        page.locator(link).first.click()
        page.wait_for_load_state("load")
    if name == "columns":
        page.goto(page.url.rstrip("/").removesuffix("/file") + "/columns/", wait_until="load")
    if name == "results":
        page.goto(page.url.rstrip("/") + "/results/", wait_until="load")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(200)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def _desk(browser: Any, url: str, account: tuple[str, str]) -> Page:
    """A page of somebody who has logged in."""
    page: Page = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
    ).new_page()
    page.set_default_timeout(120_000)
    log_in(page, url, *account)
    return page


def main() -> int:
    """0 when every picture was taken."""
    wanted = sys.argv[1:] or [""]
    data = Path(tempfile.mkdtemp(prefix="barnraise-guide-"))
    environment = {
        **os.environ,
        "BARNRAISE_DATA": str(data),
        "DATABASE_URL": "",
        "BARNRAISE_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "barnraise.config.settings",
        "PYTHONPATH": str(CHECKOUT),
    }
    port = free_port()
    command = [str(CHECKOUT / ".venv/bin/barnraise"), "up", "--port", str(port)]
    try:
        with subprocess.Popen(command, env=environment) as server:
            url = f"http://127.0.0.1:{port}"
            try:
                answers(f"{url}/account/login/", server, seconds=600)
                addresses = prepare(environment)
                with sync_playwright() as play:
                    browser = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
                    names = [name for name in PICTURES if any(word in name for word in wanted)]
                    for account in (ACCOUNT, PARTNER):
                        theirs = [name for name in names if (name in OF_PARTNER) == (account == PARTNER)]
                        if theirs:
                            page = _desk(browser, url, account)
                        for name in theirs:
                            take(page, url, addresses, name)
                    browser.close()
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(60)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    print(json.dumps({name: (IMAGES / f"{name}.png").stat().st_size for name in names}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
