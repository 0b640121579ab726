"""Compile the catalogues of the interface's languages with Babel; no gettext tools are asked of the machine."""

from __future__ import annotations

from pathlib import Path


class Broken(Exception):
    """A catalogue cannot be read; the message names file and fault."""


def compile_all(locale: Path) -> list[str]:
    """Write django.mo beside every django.po that is newer; gives the languages compiled. Raises Broken."""
    compiled = []
    for source in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        _compile(source, target)
        compiled.append(source.parents[1].name)
    return compiled


def _compile(source: Path, target: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as opened:
            catalogue = read_po(opened, locale=source.parents[1].name, abort_invalid=True)
    except (PoFileError, ValueError) as fault:
        raise Broken(f"{source} cannot be read: {fault}") from fault
    fresh = target.with_suffix(".mo.new")
    with fresh.open("wb") as written:
        write_mo(written, catalogue)
    fresh.replace(target)
