"""The directory of an OLE compound file (.xls, .doc, encrypted .xlsx): names only, no contents.

Layout after [MS-CFB]: a 512-byte header, a sector allocation table (FAT), a chain of directory sectors
with entries of 128 bytes.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_MOST_ENTRIES = 20_000


class BrokenOleError(Exception):
    """The file starts like a compound file and does not continue like one."""


def directory(stream: BinaryIO) -> dict[str, int]:
    """Return the first byte in the file of every storage and stream, by name. Raises BrokenOleError when the directory cannot be followed."""
    stream.seek(0)
    head = stream.read(512)
    if len(head) < 512 or not head.startswith(OLE_MAGIC):
        raise BrokenOleError("no header")
    shift = struct.unpack_from("<H", head, 30)[0]
    if shift not in (9, 12):
        raise BrokenOleError("sector size")
    size = 1 << shift
    fat_sectors = [n for n in struct.unpack_from("<109I", head, 76) if n < _LAST_SECTOR]
    sector = struct.unpack_from("<I", head, 48)[0]
    names: dict[str, int] = {}
    seen: set[int] = set()
    while sector < _LAST_SECTOR and sector not in seen and len(names) < _MOST_ENTRIES:
        seen.add(sector)
        names.update(_names_in(_sector(stream, sector, size), size))
        sector = _next(stream, sector, size, fat_sectors)
    return names


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    block = stream.read(size)
    if len(block) < 128:
        raise BrokenOleError("a sector is missing")
    return block


def _next(stream: BinaryIO, sector: int, size: int, fat_sectors: list[int]) -> int:
    per_sector = size // 4
    place = sector // per_sector
    if place >= len(fat_sectors):
        # The table continues in the double-indirect part: only in files above 6.8 MB, and the
        # directory of a workbook stands in its first sectors there.
        return _LAST_SECTOR
    block = _sector(stream, fat_sectors[place], size)
    at = (sector % per_sector) * 4
    if at + 4 > len(block):
        raise BrokenOleError("a sector is cut off")
    return int(struct.unpack_from("<I", block, at)[0])


def is_protected_workbook(stream: BinaryIO, start: int) -> bool:
    """True when a workbook stream begins with a FILEPASS record (47), that is, after BOF and WRITEPROT."""
    stream.seek(start)
    block = stream.read(256)
    at = 0
    for _ in range(3):
        if at + 4 > len(block):
            return False
        record, length = struct.unpack_from("<HH", block, at)
        if record == 0x2F:
            return True
        at += 4 + length
    return False


def _names_in(block: bytes, size: int) -> dict[str, int]:
    names = {}
    for at in range(0, len(block) - 127, 128):
        length = struct.unpack_from("<H", block, at + 64)[0]
        kind = block[at + 66]
        if kind in (1, 2, 5) and 2 <= length <= 64:
            sector = struct.unpack_from("<I", block, at + 116)[0]
            names[block[at : at + length - 2].decode("utf-16-le", "replace")] = (sector + 1) * size
    return names
