"""The catalogues of translations, with Babel alone (no gettext programs needed).

`python tools/messages.py update` gathers every message and brings src/barnraise/locale/*/LC_MESSAGES/django.po up to date;
`python tools/messages.py check` says what is missing or damaged (exit code 1).
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "barnraise"
LANGUAGES = ("es",)
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Message = tuple[str, object, str | None]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%|</?\w+")
CHANGING = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
)
"""Lines of a catalogue's head that say nothing here, or change with every run."""


def _from_file(path: Path) -> Iterator[Message]:
    """(place, message or plural pair, context) of one file."""
    text = path.read_text()
    if path.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    place = str(path.relative_to(PACKAGE.parent))
    for _, message, _, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield place, message, context


def _from_foundation() -> Iterator[Message]:
    """Sentences of the foundation, which knows no translations."""
    from barnraise.foundation.tabular.encodings import CANDIDATES
    from barnraise.foundation.tabular.phrases import DETAILS, TYPES
    from barnraise.foundation.tabular.refusals import REFUSALS

    for pair in REFUSALS.values():
        yield from (("barnraise/foundation/tabular/refusals.py", sentence, None) for sentence in pair)
    for phrase in (*DETAILS, *TYPES):
        yield "barnraise/foundation/tabular/phrases.py", phrase, None
    for _encoding, label in CANDIDATES:
        yield "barnraise/foundation/tabular/encodings.py", label, None


def messages() -> Iterable[Message]:
    """All messages of the house."""
    for path in sorted(
        [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    ):
        if not {"tests", "migrations", "node_modules"} & set(path.parts):
            yield from _from_file(path)
    yield from _from_foundation()


def template() -> Catalog:
    """The catalogue without translations."""
    found = Catalog(project="Barnraise", charset="utf-8", fuzzy=False)
    for place, message, context in messages():
        if message:
            found.add(message, locations=[(place, 0)], context=context)  # type: ignore[arg-type]
    return found


def _file(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    """A language's catalogue as it stands; empty when there is none."""
    path = _file(language)
    if not path.exists():
        return Catalog(locale=language, project="Barnraise", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> int:
    """Write every language's catalogue anew; what is no longer used goes."""
    for language in LANGUAGES:
        known = load(language)
        known.update(template(), no_fuzzy_matching=True, update_header_comment=False)
        known.obsolete.clear()
        known.fuzzy = False
        path = _file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, known)
        print(f"{language}: {len(known)} messages, {len(missing(known))} to translate")
    return 0


def _write(path: Path, catalog: Catalog) -> None:
    catalog.header_comment = f"# Barnraise in {catalog.locale_identifier}; see docs/develop/translating.md."
    fresh = io.BytesIO()
    write_po(fresh, catalog, sort_output=True, width=110, include_lineno=False, ignore_obsolete=True)
    lines = fresh.getvalue().decode().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in CHANGING)))
    )


def damaged(catalog: Catalog) -> list[str]:
    """Translations that lack a placeholder or element of their source, or begin or end otherwise."""
    return [
        str(message.id)
        for message in catalog
        if message.id
        for source, text in _pairs(message)
        if text and (_shape(source) != _shape(text))
    ]


def _pairs(message: Any) -> Iterator[tuple[str, str]]:
    if isinstance(message.id, str):
        yield message.id, message.string
    else:
        yield from zip(message.id, message.string, strict=False)


def _shape(text: str) -> tuple[set[str], bool, bool]:
    return set(PLACEHOLDER.findall(text)), text[:1].isspace(), text[-1:].isspace()


def missing(catalog: Catalog) -> list[str]:
    """Messages without a translation."""

    def empty(text: object) -> bool:
        return not all(text) if isinstance(text, tuple | list) else not text

    return [str(m.id) for m in catalog if m.id and (empty(m.string) or m.fuzzy)]


def check() -> int:
    """1 when a message is not in a catalogue, or has no translation."""
    wanted = {
        (m.id, m.context) if isinstance(m.id, str) else (tuple(m.id), m.context) for m in template() if m.id
    }
    bad = 0
    for language in LANGUAGES:
        known = load(language)
        have = {
            (m.id, m.context) if isinstance(m.id, str) else (tuple(m.id), m.context) for m in known if m.id
        }
        lacks = [str(key[0]) for key in sorted(wanted - have, key=str)] + missing(known) + damaged(known)
        for text in lacks[:50]:
            print(f"{language}: {text!r}", file=sys.stderr)
        bad += len(lacks)
    if bad:
        print(f"{bad} messages to translate; run python tools/messages.py update", file=sys.stderr)
    return 1 if bad else 0


def main() -> int:
    """update or check."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    wanted = sys.argv[1:] or ["check"]
    if wanted not in (["update"], ["check"]):
        print(__doc__, file=sys.stderr)
        return 2
    return update() if wanted == ["update"] else check()


if __name__ == "__main__":
    raise SystemExit(main())
