"""Pictures of every page at 1280 and 390 px, light and dark, with the sample town: `python tools/screenshots.py FOLDER`.

It starts `barnraise up` on a data folder of its own with the world of the tests in it, logs an admin in, and visits
every address of the resolver that a GET may open, with real ids. A second word, as in `FOLDER list`, takes only pages
whose name contains it; `--theme light` takes one theme, `--language es` another language. `--town` takes the sample town in its
place, told in that language, with every page of its website: what a funder would be shown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as Late
from try_wheel import CHECKOUT, answers, free_port

sys.path.insert(0, str(CHECKOUT))
from tests import databases

WIDTHS = {1280: 900, 390: 844}
BROWSER = (
    os.environ.get("BARNRAISE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome") or ""
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADDRESSES = """
import json, sys, django; django.setup()
from tests.house.addresses import pages
from barnraise.plumbing.accounts.models import Account
found = pages()
Account.objects.update(language=sys.argv[1])
print(json.dumps(found))
"""
TOWN = """
import json, sys, django; django.setup()
from django.conf import settings
from django.utils.translation import override
from barnraise.config.sample_town import change_whole_town
from barnraise.plumbing.accounts.services import add_account
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.profile.services import change_installation, finish_wizard
from tests.house.addresses import pages
language, email, password = sys.argv[1:4]
ada = add_account(email=email, role="admin", name="Ada", password=password, by=None)
name = {"es": "Riverbend en común"}.get(language, "Riverbend Together")
change_installation(default_language=language, network_name=name, by=ada)
change_whole_town("add")
finish_wizard(by=ada)
Account.objects.update(language=language)
found = pages(make_world=False)
if settings.ENVIRONMENT.site:
    from wagtail.models import Page
    from barnraise.doors.site.models import PublicNumber
    here = Page.objects.live().filter(locale__language_code=language, depth__gt=1).order_by("path")
    found += [{"name": f"website-{at:02d}-{one.slug}", "path": one.get_url()} for at, one in enumerate(here)]
    with override(language):
        found += [{"name": f"website-number-{one.pk}", "path": one.get_absolute_url()} for one in PublicNumber.objects.all()]
print(json.dumps(found))
"""


def addresses(
    environment: dict[str, str], language: str, account: tuple[str, str], *, is_town: bool
) -> list[dict[str, str]]:
    """name and path of every page that GET may open, with ids of rows that are there."""
    asked = subprocess.run(
        [sys.executable, "-c", TOWN if is_town else ADDRESSES, language, *account],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        raise SystemExit(asked.stderr)
    found: list[dict[str, str]] = json.loads(asked.stdout.strip().splitlines()[-1])
    return found


def log_in(page: Page, url: str, email: str, password: str) -> None:
    """Through the login page, as a person would."""
    page.goto(f"{url}/account/login/", wait_until="load")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(rf"^{re.escape(url)}/(?!account/login)"))


def wait_for_panels(page: Page) -> None:
    """Until the panels that are fetched when they come into view are there; five seconds at most."""
    with suppress(Late):
        page.wait_for_function("() => !document.querySelector('[data-later]')", timeout=5000)


def take(
    folder: Path, url: str, pages: list[dict[str, str]], account: tuple[str, str], themes: list[str]
) -> None:
    """One file for each page, width and theme: NAME-WIDTH-THEME.png. Each width opens the page anew, for charts are drawn to fit."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
        door = browser.new_context()
        log_in(door.new_page(), url, *account)
        entered = door.storage_state()
        for theme in themes:
            context = browser.new_context(color_scheme=theme, reduced_motion="reduce", storage_state=entered)
            page = context.new_page()
            for one in pages:
                name = re.sub(r"[^a-z0-9]+", "-", one["name"].lower()).strip("-")
                for width, height in WIDTHS.items():
                    page.set_viewport_size({"width": width, "height": height})
                    page.goto(url + one["path"], wait_until="load")
                    page.evaluate("() => document.fonts.ready")
                    # a window as high as the page, so that the bar at a phone's bottom stands at the end
                    for _again in range(2):
                        full = page.evaluate("() => document.documentElement.scrollHeight")
                        page.set_viewport_size({"width": width, "height": max(height, min(full, 6000))})
                        page.wait_for_timeout(100)
                        wait_for_panels(page)
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
            context.close()
        browser.close()


def main() -> int:
    """0 when every picture was taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="screenshots")
    parser.add_argument("word", nargs="?", default="", help="only pages whose name contains it")
    parser.add_argument("--theme", choices=["light", "dark"], action="append")
    parser.add_argument("--language", default="en")
    parser.add_argument(
        "--town", action="store_true", help="the sample town in place of the world of the tests"
    )
    asked = parser.parse_args()
    folder = Path(asked.folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="barnraise-pictures-"))
    environment = {
        **os.environ,
        "BARNRAISE_DATA": str(data),
        "DATABASE_URL": "",
        "BARNRAISE_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "barnraise.config.settings",
        "PYTHONPATH": str(CHECKOUT),
    }
    barnraise, port = str(CHECKOUT / ".venv/bin/barnraise"), free_port()
    account = ("ada@example.org", "the barn stands on oak")
    try:
        databases.copy_to(data / "barnraise.sqlite3")
        with subprocess.Popen([barnraise, "up", "--port", str(port)], env=environment) as server:
            url = f"http://127.0.0.1:{port}"
            try:
                answers(f"{url}/account/login/", server, seconds=300)
                found = addresses(environment, asked.language, account, is_town=asked.town)
                pages = [one for one in found if asked.word in one["name"]]
                take(folder, url, pages, account, asked.theme or ["light", "dark"])
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(20)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    if not pages:
        print(f"No page is called so: {asked.word}", file=sys.stderr)
        return 1
    print(f"{len(list(folder.glob('*.png')))} pictures of {len(pages)} pages in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
