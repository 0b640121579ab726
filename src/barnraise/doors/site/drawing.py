"""A picture for the sample town, drawn rather than brought: hills, a barn, a rising sun. Pure."""

from __future__ import annotations

import io
from math import sin

from PIL import Image, ImageDraw

SIZE = (1280, 960)
SKY, SUN, FAR, NEAR, FIELD, BARN, ROOF, LIGHT = (
    "#fbecc9",
    "#e8a317",
    "#bcd3c6",
    "#5d9a7b",
    "#1b5e43",
    "#9f3a24",
    "#4a2418",
    "#fffdf9",
)


def landscape() -> bytes:
    """A PNG of 1280 × 960."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((820, 190, 1120, 490), fill=SUN)
    for colour, level, height, stretch, shift in (
        (FAR, 470, 60, 210.0, 0.4),
        (NEAR, 580, 55, 260.0, 2.1),
        (FIELD, 720, 40, 330.0, 4.0),
    ):
        top = [(x, level + height * sin(x / stretch + shift)) for x in range(0, SIZE[0] + 1, 8)]
        draw.polygon([(0, SIZE[1]), *top, (SIZE[0], SIZE[1])], fill=colour)
    draw.polygon([(300, 700), (300, 520), (420, 410), (540, 520), (540, 700)], fill=BARN)
    draw.polygon([(275, 530), (420, 392), (565, 530), (545, 548), (420, 430), (295, 548)], fill=ROOF)
    draw.rectangle((375, 580, 465, 700), fill=ROOF)
    draw.line((375, 580, 465, 700), fill=LIGHT, width=6)
    draw.line((465, 580, 375, 700), fill=LIGHT, width=6)
    draw.rectangle((375, 580, 465, 700), outline=LIGHT, width=6)
    draw.rectangle((398, 478, 442, 522), fill=LIGHT)
    for row in range(6):
        y = 800 + row * 28
        draw.line((0, y, SIZE[0], y - 46), fill=NEAR, width=5)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
