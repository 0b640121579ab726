"""Run schemathesis against a live server on loopback, with tokens of an admin, over the API's own schema."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from try_wheel import CHECKOUT, answers, free_port

sys.path.insert(0, str(CHECKOUT))
from tests import databases

EXAMPLES = os.environ.get("BARNRAISE_FUZZ_EXAMPLES", "5")
"""So many made-up requests to each operation, besides the fifty that try every limit of what it takes, right and wrong."""
EMAIL = "fuzz@example.org"
RULES = """
# What fits the schema may still break a rule of the house (an unknown community, the last admin, a cursor of no list).
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 400, 401, 403, 404, 409, 422]
"""
OPTIONS = ["--seed", "1", "--workers", "2", "--suppress-health-check", "all", "--no-color"]
# Wrong tokens are told 429 after 30 in a minute, so this check cannot be judged here; a test that asks every operation
# as a stranger takes its place.
OPTIONS += ["--continue-on-failure", "--exclude-checks", "ignored_auth"]
# Revoking comes last: the first pass would find its own token in the list, revoke it, and learn nothing more.
# A mail is no JSON: nothing here can make one up, and the room's own tests send good and broken ones.
PASSES = (
    [
        *("--exclude-operation-id", "revoke_token"),
        *("--exclude-operation-id", "file_mail"),
        *("--exclude-operation-id", "take_mail_notice"),
    ],
    ["--include-operation-id", "revoke_token"],
)


def _fuzz(url: str, secret: str, folder: Path, which: list[str]) -> int:
    command = [str(CHECKOUT / ".venv/bin/schemathesis"), "--config-file", str(folder / "schemathesis.toml")]
    command += ["run", f"{url}/api/v1/openapi.json", "--header", f"Authorization: Bearer {secret}"]
    command += ["--max-examples", EXAMPLES, *OPTIONS, *which]
    done = subprocess.run(command, cwd=folder, check=False, stdout=subprocess.PIPE, text=True)
    print(done.stdout, flush=True)
    if done.returncode and ITS_OWN_FAULT in done.stdout:
        print("The fuzzing tool itself stumbled; everything is asked once more.", flush=True)
        return subprocess.run(command, cwd=folder, check=False).returncode
    return done.returncode


ITS_OWN_FAULT = "AST constructor recursion depth mismatch"
"""What Python 3.11 sometimes says when the tool reads its own source; no answer of Barnraise holds it."""


def main() -> int:
    """0 when no pass found a failure."""
    folder = Path(tempfile.mkdtemp(prefix="barnraise-fuzz-"))
    (folder / "schemathesis.toml").write_text(RULES)
    environment = {
        **os.environ,
        "BARNRAISE_DATA": str(folder / "data"),
        "BARNRAISE_LOG_LEVEL": "ERROR",
        "DATABASE_URL": "",
    }
    barnraise, port = str(CHECKOUT / ".venv/bin/barnraise"), free_port()
    url = f"http://127.0.0.1:{port}"
    (folder / "data").mkdir()
    databases.copy_to(folder / "data" / "barnraise.sqlite3")
    try:
        with subprocess.Popen([barnraise, "up", "--sample", "--port", str(port)], env=environment) as server:
            try:
                answers(f"{url}/account/login/", server)
                add = [barnraise, "user", "add", EMAIL, "--role", "admin", "--password-stdin"]
                subprocess.run(add, env=environment, input=b"the barn stands on oak\n", check=True)
                token = [barnraise, "token", "add", EMAIL, "--scope", "write"]
                made = subprocess.run(token, env=environment, check=True, capture_output=True, text=True)
                return max(_fuzz(url, made.stdout.strip(), folder, which) for which in PASSES)
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
