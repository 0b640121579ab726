"""Make what a built Barnraise carries and the repository does not: third-party browser files and compiled translations.

    python tools/vendor/build.py [--force]

Files of npm packages named in package.json, one SVG sprite of the icons in use and the Vega bundle go to
src/barnraise/static/vendor/ with a manifest of name, version, licence, file and sha256. When nothing they are made
from has changed, this takes a fraction of a second and starts no Node.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import browser_files
import node
import translations

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src/barnraise"
TARGET = PACKAGE / "static/vendor"
ICONS = PACKAGE / "plumbing/ui/icons.txt"
STAMP = ".stamp"


def stamp() -> str:
    """A hash of everything the browser files are made from."""
    sources = [
        CHECKOUT / "package.json",
        CHECKOUT / "package-lock.json",
        ICONS,
        *sorted(Path(__file__).parent.glob("*.py")),
    ]
    digest = hashlib.sha256(version("vl-convert-python").encode())
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(target: Path, wanted: str) -> bool:
    """The files there were made from just these sources, and all of them are there."""
    try:
        if (target / STAMP).read_text(encoding="utf-8").strip() != wanted:
            return False
        listed = json.loads((target / browser_files.MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return all((target / entry["file"]).is_file() for entry in listed)


def build(target: Path, wanted: str) -> int:
    """Make the browser files anew beside `target`, then put them in its place; gives how many there are."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="barnraise-npm-") as folder:
        modules = node.install(CHECKOUT, Path(folder))
        fresh = Path(tempfile.mkdtemp(prefix=".vendor-", dir=target.parent))
        try:
            fresh.chmod(0o755)
            entries = browser_files.collect(modules, fresh, ICONS)
            (fresh / STAMP).write_text(wanted + "\n", encoding="utf-8")
            shutil.rmtree(target, ignore_errors=True)
            fresh.rename(target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return len(entries)


def main(arguments: list[str]) -> int:
    """0 when all is there; 1 with a sentence on what to do when it cannot be made."""
    try:
        wanted = stamp()
        if "--force" in arguments or not is_current(TARGET, wanted):
            print("Building browser files …", flush=True)
            print(f"  {build(TARGET, wanted)} files in static/vendor")
        compiled = translations.compile_all(PACKAGE / "locale")
        if compiled:
            print(f"Compiled translations: {', '.join(compiled)}")
    except (node.NoNode, browser_files.Missing, translations.Broken) as problem:
        print(f"tools/vendor/build.py: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
