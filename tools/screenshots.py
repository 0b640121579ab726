"""Pictures of every page at 1280 and 390 px, light and dark, with the sample town: `python tools/screenshots.py FOLDER`.

It starts `barnraise up` on a data folder of its own with the world of the tests in it, logs an admin in, and visits
every address of the resolver that a GET may open, with real ids. A second word, as in `FOLDER list`, takes only pages
whose name contains it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from try_wheel import CHECKOUT, answers, free_port

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
import json, django; django.setup()
from tests.house.addresses import pages
print(json.dumps(pages()))
"""


def addresses(environment: dict[str, str]) -> list[dict[str, str]]:
    """name and path of every page that GET may open, with ids of rows that are there."""
    asked = subprocess.run(
        [sys.executable, "-c", ADDRESSES],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, str]] = json.loads(asked.stdout.strip().splitlines()[-1])
    return found


def log_in(page: Page, url: str, email: str, password: str) -> None:
    """Through the login page, as a person would."""
    page.goto(f"{url}/account/login/", wait_until="load")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(rf"^{re.escape(url)}/(?!account/login)"))


def take(folder: Path, url: str, pages: list[dict[str, str]], account: tuple[str, str]) -> None:
    """One file for each page, width and theme: NAME-WIDTH-THEME.png."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
        door = browser.new_context()
        log_in(door.new_page(), url, *account)
        entered = door.storage_state()
        for theme in ("light", "dark"):
            context = browser.new_context(color_scheme=theme, reduced_motion="reduce", storage_state=entered)
            page = context.new_page()
            for one in pages:
                page.goto(url + one["path"], wait_until="load")
                page.evaluate("() => document.fonts.ready")
                name = re.sub(r"[^a-z0-9]+", "-", one["name"].lower()).strip("-")
                for width, height in WIDTHS.items():
                    page.set_viewport_size({"width": width, "height": height})
                    # a window as high as the page, so that the bar at a phone's bottom stands at the end
                    full = page.evaluate("() => document.documentElement.scrollHeight")
                    page.set_viewport_size({"width": width, "height": max(height, min(full, 6000))})
                    page.wait_for_timeout(100)
                    page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
            context.close()
        browser.close()


def main() -> int:
    """0 when every picture was taken."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots").resolve()
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
        with subprocess.Popen([barnraise, "up", "--port", str(port)], env=environment) as server:
            url = f"http://127.0.0.1:{port}"
            try:
                answers(f"{url}/account/login/", server, seconds=300)
                wanted = sys.argv[2] if len(sys.argv) > 2 else ""
                pages = [one for one in addresses(environment) if wanted in one["name"]]
                take(folder, url, pages, account)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(20)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    print(f"{len(list(folder.glob('*.png')))} pictures of {len(pages)} pages in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
