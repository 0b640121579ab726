"""Pictures of mails: uploaded once, made small enough for a mail, without what cameras write into them."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files import services as files
from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.selectors import visible

from ..models import Campaign

WIDEST = 1200
"""Pixels: twice the width in which mail programs draw it."""


def keep_picture(upload: Any, *, campaign: Campaign, alt: str, by: Any) -> File:
    """The file of a picture for this campaign: at most WIDEST wide, turned upright, without the place and the camera it came from.

    Raises ValidationError by field of the block when it is no picture, broken, too large, or has no description.
    """
    if not alt.strip():
        raise ValidationError({"alt": _("Say what the picture shows, for people who cannot see it.")})
    try:
        small, name = _smaller(upload)
        return files.keep(small, by=by, about=Ref.to(campaign), alt_text=alt, accept=files.IMAGES, name=name)
    except files.FileRefused as no:
        raise ValidationError({"file": no.reason}) from None


def _smaller(upload: Any) -> tuple[io.BytesIO, str]:
    """The picture as it is kept, with its name. Raises FileRefused for what is no picture, or a broken or huge one."""
    name = str(getattr(upload, "name", "") or "")
    files.check_picture(upload)
    stem = name.rpartition(".")[0] or name
    with Image.open(upload) as read:
        picture = ImageOps.exif_transpose(read)
        picture.thumbnail((WIDEST, WIDEST * 3))
        out = io.BytesIO()
        if picture.mode in {"RGBA", "LA", "P"}:
            picture.convert("RGBA").save(out, "PNG", optimize=True)
            return out, f"{stem}.png"
        picture.convert("RGB").save(out, "JPEG", quality=82, optimize=True)
        return out, f"{stem}.jpg"


def picture_fault(said: str, *, by: Any) -> str:
    """Why this is no picture that may stand in a mail; "" when it is one."""
    try:
        found = (
            visible(by).filter(uuid=said).first()
            if by is not None
            else File.objects.filter(uuid=said).first()
        )
    except ValidationError:
        found = None
    return "" if found is not None and found.is_image else _("There is no such picture. Add it once more.")
