"""`script/screenshots` takes its pictures: of the sample town and its website, in both languages, on a desk and on a phone."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .house import CHECKOUT, browser_path

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.parametrize(("language", "word"), [("en", "website-00"), ("es", "site:overview")])
def test_pictures_of_the_town_are_taken(chromium: Any, tmp_path: Path, language: str, word: str) -> None:
    command = [sys.executable, "tools/screenshots.py", str(tmp_path), word, "--town", "--theme", "light"]
    done = subprocess.run(
        [*command, "--language", language],
        cwd=CHECKOUT,
        env={**os.environ, "BARNRAISE_BROWSER": browser_path() or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    taken = {one.name: one.read_bytes() for one in tmp_path.glob("*.png")}
    assert {name.rsplit("-", 2)[1] for name in taken} == {"1280", "390"}
    assert f"{len(taken)} pictures of {len(taken) // 2} page" in done.stdout
    for name, picture in taken.items():
        width, height = size(picture)
        assert width == int(name.rsplit("-", 2)[1]), name
        assert height >= 800, name
        assert len(picture) > 15_000, f"{name} shows next to nothing"
