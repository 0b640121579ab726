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

EXAMPLES = os.environ.get("BARNRAISE_FUZZ_EXAMPLES", "25")


def main() -> int:
    """schemathesis' exit code."""
    folder = Path(tempfile.mkdtemp(prefix="barnraise-fuzz-"))
    environment = {
        **os.environ,
        "BARNRAISE_DATA": str(folder / "data"),
        "BARNRAISE_LOG_LEVEL": "ERROR",
        "DATABASE_URL": "",
    }
    barnraise, port = str(CHECKOUT / ".venv/bin/barnraise"), free_port()
    url = f"http://127.0.0.1:{port}"
    try:
        with subprocess.Popen([barnraise, "up", "--sample", "--port", str(port)], env=environment) as server:
            try:
                answers(f"{url}/account/login/", server)
                add = [barnraise, "user", "add", "fuzz@example.org", "--role", "admin"]
                subprocess.run(
                    [*add, "--password-stdin"], env=environment, input=b"the barn stands on oak\n", check=True
                )
                token = [barnraise, "token", "add", "fuzz@example.org", "--scope", "write", "--quiet"]
                secret = subprocess.run(
                    token, env=environment, check=True, capture_output=True, text=True
                ).stdout.strip()
                run = [
                    CHECKOUT / ".venv/bin/schemathesis",
                    "run",
                    f"{url}/api/v1/openapi.json",
                    "--header",
                    f"Authorization: Bearer {secret}",
                ]
                run += [
                    "--max-examples",
                    EXAMPLES,
                    "--seed",
                    "1",
                    "--suppress-health-check",
                    "all",
                    "--no-color",
                    "--workers",
                    "2",
                ]
                return subprocess.run([str(word) for word in run], cwd=folder, check=False).returncode
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
