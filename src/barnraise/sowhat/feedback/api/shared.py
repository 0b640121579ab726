"""What the endpoints of this room share."""

from __future__ import annotations

from django.core.exceptions import ValidationError


def clean(*texts: str | None) -> None:
    """Raises ValidationError when a text holds what cannot be stored."""
    if any("\x00" in text for text in texts if text):
        raise ValidationError("A text contains a character that cannot be stored.")
