"""The picture of a shared link: the title on the house's ground. Pure."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
GROUND, INK, ACTION, ACCENT = "#f6f3ec", "#23211b", "#1b5e43", "#e8a317"
EDGE, LINE = 90, 84


def _lines(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= width:
            found[-1] = longer
        else:
            found.append(word)
    return [line for line in found if line]


@lru_cache(maxsize=64)
def card(title: str, house: str) -> bytes:
    """A PNG of 1200 × 630: at most four lines of the title, and who says so."""
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    large, small = ImageFont.load_default(68), ImageFont.load_default(36)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=ACTION)
    draw.rectangle((EDGE, EDGE, EDGE + 96, EDGE + 10), fill=ACCENT)
    assert not isinstance(large, ImageFont.ImageFont)  # noqa: S101 - Pillow's default has sizes where FreeType is there
    lines = _lines(draw, title, large, SIZE[0] - 2 * EDGE)
    shown = lines[:4] if len(lines) <= 4 else [*lines[:3], f"{lines[3]} …"]
    for at, line in enumerate(shown):
        draw.text((EDGE, EDGE + 50 + at * LINE), line, font=large, fill=INK)
    draw.text((EDGE, SIZE[1] - EDGE - 36), house or "Barnraise", font=small, fill=ACTION)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
