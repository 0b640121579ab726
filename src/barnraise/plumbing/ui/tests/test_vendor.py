"""Third-party browser files: all there, listed, unchanged, with their licences."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import barnraise
from barnraise.plumbing.ui import icons

VENDOR = Path(barnraise.__file__).parent / "static/vendor"
ALLOWED = {"MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "OFL-1.1", "ISC"}
NEEDED = {
    "bootstrap/bootstrap.min.css",
    "bootstrap/bootstrap.rtl.min.css",
    "htmx/htmx.min.js",
    "leaflet/leaflet.js",
    "leaflet/leaflet.css",
    "inter/inter.css",
    "inter/inter-latin.woff2",
    "inter/inter-latin-ext.woff2",
    "icons.svg",
    "vega/vega.js",
}


@pytest.fixture
def manifest():
    return json.loads((VENDOR / "manifest.json").read_text())


def test_the_manifest_lists_every_file_with_its_hash(manifest):
    listed = {entry["file"]: entry for entry in manifest}
    there = {file.relative_to(VENDOR).as_posix() for file in VENDOR.rglob("*") if file.is_file()}
    assert there - set(listed) == {"manifest.json", ".stamp"}
    assert set(listed) >= NEEDED
    for name, entry in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == entry["sha256"], name
        assert entry["version"]
        assert entry["licence"] in ALLOWED


def test_every_package_brings_its_licence_text(manifest):
    folders = {entry["file"].split("/")[0] for entry in manifest if "/" in entry["file"]}
    assert {folder for folder in folders if not (VENDOR / folder / "LICENSE").exists()} == set()
    assert (VENDOR / "icons.LICENSE").exists()


def test_the_sprite_holds_the_named_icons():
    sprite = (VENDOR / "icons.svg").read_text()
    assert sprite.count("<symbol ") == len(icons.names())
    assert all(f'id="{name}"' in sprite for name in icons.names())


def test_nothing_names_a_source_map_or_another_host():
    for file in VENDOR.rglob("*"):
        if file.suffix in {".css", ".js"}:
            body = file.read_text(encoding="utf-8")
            assert "sourceMappingURL=" not in body, file
            assert "@import" not in body or file.suffix == ".js", file
