"""Keep an upload."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Collection
from pathlib import Path, PurePath
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze

from ..models import File
from ..models.file import SHOWN_INLINE, path_of
from ..recognise import media_type
from .checks import FileRefused, check_image, check_type
from .telling import tell

_OFFICE = "application/vnd.openxmlformats-officedocument."
IMAGES = SHOWN_INLINE
"""Pictures that pages may show."""

DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/rtf",
        "application/json",
        "application/geo+json",
        "application/x-ole-storage",
        "application/zip",
        f"{_OFFICE}spreadsheetml.sheet",
        f"{_OFFICE}wordprocessingml.document",
        f"{_OFFICE}presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
        "text/plain",
        "text/csv",
        "text/tab-separated-values",
        "text/markdown",
        "text/calendar",
        "text/vcard",
    }
)
"""What offices write; only ever downloaded."""

ANY_SAFE = IMAGES | DOCUMENTS | {"audio/mpeg", "audio/ogg", "video/mp4"}
"""What a page takes that does not ask for something narrower."""

_PIECE = 1 << 20


def keep(
    upload: Any,
    *,
    by: Any,
    about: Ref | None = None,
    alt_text: str = "",
    accept: Collection[str] = ANY_SAFE,
    visibility: str = File.Visibility.TEAM,
    name: str = "",
) -> File:
    """Check an upload, put its content into the data folder, then write its row and journal entry in one transaction.

    `upload` is anything with read and seek (a Django upload, an open file); `name` defaults to its own. Raises FileRefused
    when it is empty, larger than the installation allows, not of an accepted media type (told by content), a picture
    that is broken or too large, or a picture without `alt_text`. Then nothing is left behind.
    """
    shown = clean_name(name or str(getattr(upload, "name", "") or ""))
    content = cast(BinaryIO, upload)
    found = _checked(content, shown, accept)
    if found in IMAGES and not alt_text.strip():
        raise FileRefused(_("Say what the picture shows, for people who cannot see it."), field="alt_text")
    name_on_disk = uuid.uuid4()
    size, checksum = _store(content, path_of(name_on_disk))
    with transaction.atomic():
        file = File.objects.create(
            uuid=name_on_disk,
            name=shown,
            media_type=found,
            size=size,
            sha256=checksum,
            owner=by if getattr(by, "pk", None) else None,
            kind=about.kind if about else "",
            key=about.id if about else None,
            alt_text=squeeze(alt_text)[:300],
            visibility=visibility,
        )
        tell(by=by, done="added", file=file)
    return file


def check_picture(upload: Any) -> None:
    """Raise FileRefused for what is no picture, or a broken or huge one."""
    found = media_type(upload, str(getattr(upload, "name", "") or ""))
    check_type(found, IMAGES)
    check_image(upload, found)


def clean_name(name: str) -> str:
    """A file name to show and to offer for download: no folders, no control characters, at most 200 characters."""
    last = PurePath(name.replace("\\", "/")).name
    kept = squeeze("".join(ch if ch.isprintable() and ch not in '"<>|:*?/' else " " for ch in last))
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[:180] or 'file'}.{ending}"
    return kept[:190] or "file"


def _checked(content: BinaryIO, name: str, accept: Collection[str]) -> str:
    limit = settings.ENVIRONMENT.upload_limit_mb
    size = content.seek(0, os.SEEK_END)
    if size is None:
        size = content.tell()
    if size == 0:
        raise FileRefused(_("The file is empty."))
    if size > limit * 1024 * 1024:
        raise FileRefused(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    found = media_type(content, name)
    check_type(found, accept)
    if found in IMAGES:
        check_image(content, found)
    return found


def _store(content: BinaryIO, target: Path) -> tuple[int, str]:
    """Write under another name, flush to the disk, then rename: a file with its final name is always whole."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_suffix(".part")
    checksum, size = hashlib.sha256(), 0
    content.seek(0)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while piece := content.read(_PIECE):
                checksum.update(piece)
                size += len(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return size, checksum.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
