"""What an upload has to pass before it is kept."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 60_000_000
"""Larger pictures are refused before they are unpacked."""

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}


class FileRefused(ValueError):
    """An upload that is not kept. `field` is the form field to mend, `reason` a sentence for people."""

    def __init__(self, reason: str, *, field: str = "file") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


def check_type(media_type: str, accept: Collection[str]) -> None:
    """Raise FileRefused unless the media type is accepted, saying what it was taken for."""
    if media_type in accept:
        return
    reasons = {
        "image/svg+xml": _("SVG pictures can carry programs. Save it as PNG and add that."),
        "text/html": _("Web pages can carry programs. Save it as PDF and add that."),
        "application/x-macro": _("The document carries macros. Save it without them and add that."),
        "application/x-executable": _("Programs are not taken."),
    }
    raise FileRefused(
        reasons.get(media_type)
        or _("This kind of file is not taken here (it was recognised as %(type)s).") % {"type": media_type}
    )


def check_image(content: BinaryIO, media_type: str) -> None:
    """Unpack the picture once. Raises FileRefused when it is broken, too large, or of another format than it says."""
    broken = _("The picture cannot be read; it may be damaged or cut off.")
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(content, formats=[_FORMATS[media_type]]) as picture:
                _check_size(picture)
                picture.load()
    except FileRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large() from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise FileRefused(broken) from None
    finally:
        content.seek(0)


def _check_size(picture: Any) -> None:
    wide, high = picture.size
    frames = getattr(picture, "n_frames", 1)
    if wide * high > MOST_PIXELS or wide * high * frames > MOST_PIXELS * 10:
        raise _too_large()


def _too_large() -> FileRefused:
    return FileRefused(
        _("The picture has more than %(most)s million pixels. Make it smaller and add it again.")
        % {"most": MOST_PIXELS // 1_000_000}
    )
