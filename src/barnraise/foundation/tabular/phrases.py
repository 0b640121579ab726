"""Words that are set into the sentences about files: in English here, translated by the layer above.

A phrase may hold places of its own, which are filled from the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

GROWS = "“%(entry)s” grows %(ratio)d times when unpacked"
TOO_MANY_ENTRIES = "it has %(entries)d entries; at most %(limit)d are read"
UNPACKS_TO = "it unpacks to %(size)d bytes; at most %(limit)d"
SAME_NAME = "two entries have the same name"
OVERLAP = "its entries overlap"
NO_END = "its end is missing"
CHECKSUM = "its checksum does not fit"
NOT_UNPACKED = "its contents cannot be unpacked"
DIRECTORY = "its directory is incomplete"
ENTITIES = "its XML declares entities, which no sheet has"
NOT_OPENED = "the workbook cannot be opened"
DETAILS = (
    GROWS,
    TOO_MANY_ENTRIES,
    UNPACKS_TO,
    SAME_NAME,
    OVERLAP,
    NO_END,
    CHECKSUM,
    NOT_UNPACKED,
    DIRECTORY,
    ENTITIES,
    NOT_OPENED,
)
TYPES = (
    "a PDF document",
    "a PNG image",
    "a JPEG image",
    "a GIF image",
    "a TIFF image",
    "a sound, film or image file",
    "a program",
    "a SQLite database",
    "a Parquet file",
    "a rich text document (RTF)",
    "an address book (vCard)",
    "a calendar (iCalendar)",
    "a file packed with gzip",
    "a file packed with bzip2",
    "a 7-Zip archive",
    "a RAR archive",
    "a file packed with xz",
    "a BMP image",
    "a web page (HTML)",
    "an XML file",
    "a Word document (.doc)",
    "an old office file",
    "a PowerPoint file (.ppt)",
    "an Outlook message (.msg)",
    "a binary file",
    "a binary Excel workbook (.xlsb)",
    "an OpenDocument spreadsheet (.ods)",
    "an OpenDocument file",
    "a Word document",
    "a PowerPoint file",
)
"""What a file is that holds no table for us."""

PHRASES = frozenset({*DETAILS, *TYPES})


def filled(facts: Mapping[str, str | int], speak: Callable[[str], str] = str) -> dict[str, str | int]:
    """The facts with their phrases spoken by `speak` and filled."""
    return {
        name: speak(value) % facts if isinstance(value, str) and value in PHRASES else value
        for name, value in facts.items()
    }
