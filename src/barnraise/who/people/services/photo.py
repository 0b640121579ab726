"""A person's photo: cut to a square, made small, and freed of what a camera hides in it."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files import services as files
from barnraise.plumbing.files.models import File

from ..models import Person
from .register import change_person

EDGE = 512
MOST = 20 * 1024 * 1024
"""Octets of an upload."""


def set_photo(person: Person, *, upload: Any, alt_text: str, by: Any) -> File:
    """Keep the picture as the person's photo in place of the one before. Place, camera and the like in the file are left out.

    Raises ValidationError on `photo` or `photo_alt`; then nothing has changed.
    """
    if not alt_text.strip():
        raise ValidationError({"photo_alt": _("Say what the picture shows, for people who cannot see it.")})
    small = _small(upload)
    with transaction.atomic():
        try:
            file = files.keep(
                small, by=by, about=Ref.to(person), alt_text=alt_text, accept=files.IMAGES, name="photo.jpg"
            )
        except files.FileRefused as no:
            raise ValidationError({"photo_alt" if no.field == "alt_text" else "photo": no.reason}) from None
        _replace(person, file, by)
    return file


def remove_photo(person: Person, *, by: Any) -> None:
    """Take the photo away, with its file."""
    with transaction.atomic():
        _replace(person, None, by)


def _replace(person: Person, file: File | None, by: Any) -> None:
    before = Person.objects.select_related("photo").get(pk=person.pk).photo
    change_person(person, by=by, photo=file.pk if file else None)
    if before is not None:
        files.drop(keys=[before.pk])
    person.refresh_from_db()


def _small(upload: Any) -> io.BytesIO:
    try:
        if int(getattr(upload, "size", 0) or 0) > MOST:
            raise ValidationError({"photo": _("The picture is larger than %(limit)s MB.") % {"limit": 20}})
        upload.seek(0)
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP", "GIF")) as given:
            if given.width * given.height > 60_000_000:
                raise ValidationError({"photo": _("The picture has more than 60 million points.")})
            upright = ImageOps.exif_transpose(given)
            square = ImageOps.fit(upright.convert("RGB"), (EDGE, EDGE), centering=(0.5, 0.4))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError):
        raise ValidationError(
            {"photo": _("This is not a picture that can be read; give a JPEG, PNG, WebP or GIF.")}
        ) from None
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85, optimize=True)
    out.seek(0)
    return out
