"""The few files a browser gets out of each package, copied with their licence and listed in a manifest."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import distribution, version
from pathlib import Path

from sprite import sprite

MANIFEST = "manifest.json"
COPIES: dict[str, tuple[str, dict[str, str]]] = {
    "bootstrap": (
        "bootstrap",
        {
            "dist/css/bootstrap.min.css": "bootstrap.min.css",
            "dist/css/bootstrap.rtl.min.css": "bootstrap.rtl.min.css",
        },
    ),
    "htmx.org": ("htmx", {"dist/htmx.min.js": "htmx.min.js"}),
    "leaflet": (
        "leaflet",
        {
            "dist/leaflet.js": "leaflet.js",
            "dist/leaflet.css": "leaflet.css",
            "dist/images/layers.png": "images/layers.png",
            "dist/images/layers-2x.png": "images/layers-2x.png",
            "dist/images/marker-icon.png": "images/marker-icon.png",
            "dist/images/marker-icon-2x.png": "images/marker-icon-2x.png",
            "dist/images/marker-shadow.png": "images/marker-shadow.png",
        },
    ),
    "@fontsource-variable/inter": (
        "inter",
        {
            "files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
            "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
        },
    ),
}
TABLER = "@tabler/icons"
FACES = ("latin-ext", "latin")
_MAP_LINE = re.compile(r"\s*(/\*#\s*sourceMappingURL=[^*]*\*/|//#\s*sourceMappingURL=\S*)\s*")


class Missing(Exception):
    """A package lacks what is asked of it; the message names it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the manifest. `file` is relative to static/vendor."""

    name: str
    version: str
    licence: str
    file: str
    sha256: str


def collect(modules: Path, target: Path, icons: Path) -> list[Entry]:
    """Fill `target` and write its manifest. Raises Missing."""
    entries = [*_copied(modules, target), *_font_css(modules, target)]
    entries += [*_sprite(modules, target, icons), *_vega(target)]
    listed = sorted((asdict(entry) for entry in entries), key=lambda entry: str(entry["file"]))
    (target / MANIFEST).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    return entries


def _about(modules: Path, name: str) -> tuple[str, str]:
    told = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
    return str(told["version"]), str(told["license"])


def _entry(target: Path, file: Path, name: str, about: tuple[str, str]) -> Entry:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Entry(name, *about, file.relative_to(target).as_posix(), digest)


def _copied(modules: Path, target: Path) -> Iterator[Entry]:
    for name, (folder, files) in COPIES.items():
        about = _about(modules, name)
        for source, place in {**files, "LICENSE": "LICENSE"}.items():
            file = target / folder / place
            file.parent.mkdir(parents=True, exist_ok=True)
            _copy(modules / name / source, file)
            yield _entry(target, file, name, about)


def _copy(source: Path, file: Path) -> None:
    """Copy; style sheets and scripts lose the line that names a source map, which is not shipped."""
    if not source.is_file():
        raise Missing(f"{source} is not in the package any more")
    if file.suffix in {".css", ".js"}:
        file.write_text(_MAP_LINE.sub("\n", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, file)


def _font_css(modules: Path, target: Path) -> Iterator[Entry]:
    """Our own @font-face rules for the two subsets, with the package's unicode ranges."""
    name = "@fontsource-variable/inter"
    told = (modules / name / "wght.css").read_text(encoding="utf-8")
    rules = []
    for face in FACES:
        found = re.search(rf"inter-{face}-wght-normal \*/.*?unicode-range:\s*([^;]+);", told, re.DOTALL)
        if not found:
            raise Missing(f"{name} names no unicode range for {face}")
        rules.append(
            "@font-face{font-family:Inter;font-style:normal;font-display:swap;font-weight:100 900;"
            f"src:url(inter-{face}.woff2) format('woff2');unicode-range:{found[1]}}}\n"
        )
    file = target / "inter/inter.css"
    file.write_text("".join(rules), encoding="utf-8")
    yield _entry(target, file, name, _about(modules, name))


def _sprite(modules: Path, target: Path, icons: Path) -> Iterator[Entry]:
    lines = (line.split("#")[0].strip() for line in icons.read_text(encoding="utf-8").splitlines())
    folder = modules / TABLER / "icons/outline"
    names = sorted({line for line in lines if line})
    unknown = [name for name in names if not (folder / f"{name}.svg").is_file()]
    if unknown:
        raise Missing(f"{icons.name} names icons that Tabler does not have: {', '.join(unknown)}")
    drawn = {name: (folder / f"{name}.svg").read_text(encoding="utf-8") for name in names}
    about = _about(modules, TABLER)
    (target / "icons.svg").write_text(sprite(drawn), encoding="utf-8")
    yield _entry(target, target / "icons.svg", TABLER, about)
    _copy(modules / TABLER / "LICENSE", target / "icons.LICENSE")
    yield _entry(target, target / "icons.LICENSE", TABLER, about)


def _vega(target: Path) -> Iterator[Entry]:
    """Vega, Vega-Lite and Vega-Embed in one script, as vl-convert carries them for its own drawing."""
    import vl_convert

    about = (version("vl-convert-python"), "BSD-3-Clause")
    file = target / "vega/vega.js"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_MAP_LINE.sub("\n", vl_convert.javascript_bundle()), encoding="utf-8")  # type: ignore[call-arg]
    yield _entry(target, file, "vl-convert-python (Vega, Vega-Lite, Vega-Embed)", about)
    for part in distribution("vl-convert-python").files or []:
        if "licenses/" in part.as_posix():
            licence = target / "vega" / part.name
            shutil.copyfile(str(part.locate()), licence)
            yield _entry(target, licence, "vl-convert-python", about)
