"""Run the suite on every database that is here; `script/test` calls this.

BARNRAISE_REQUIRE=postgresql,browser makes a missing one a failure instead of a notice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import postgres

PYTEST = [sys.executable, "-m", "pytest"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(title: str, arguments: list[str], **environment: str) -> bool:
    """One run of pytest; True when it passed."""
    print(f"\n== {title}", flush=True)
    return (
        subprocess.run([*PYTEST, *arguments], env={**os.environ, **environment}, check=False).returncode == 0
    )


def main() -> int:
    """0 when every run passed."""
    required = {word for word in os.environ.get("BARNRAISE_REQUIRE", "").split(",") if word}
    browser = os.environ.get("BARNRAISE_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = {"postgresql": postgres.binaries() is None, "browser": browser is None}
    for name, is_missing in missing.items():
        if is_missing:
            print(f"{name} is not here; its tests are left out.", file=sys.stderr)
            if name in required:
                return 1
    given = sys.argv[1:]
    workers = (
        []
        if any(word.startswith("-n") for word in given)
        else ["-n", os.environ.get("BARNRAISE_TEST_PROCESSES", "2")]
    )
    left_out = "not browser" if missing["browser"] else ""
    select = ["-m", left_out] if left_out and "-m" not in given else []
    passed = run("SQLite", [*workers, *select, *given], DATABASE_URL="", BARNRAISE_BROWSER=browser or "")
    if not missing["postgresql"] and "--sqlite-only" not in given:
        # Pages are looked at on one database; only the way through the whole product is walked on both.
        wanted = "not browser" if missing["browser"] else "not browser or journey"
        choose = [] if "-m" in given else ["-m", wanted]
        with postgres.server() as url:
            passed = (
                run(
                    "PostgreSQL",
                    [*workers, *choose, *given],
                    DATABASE_URL=url,
                    BARNRAISE_BROWSER=browser or "",
                )
                and passed
            )
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
