"""QR codes of addresses, as SVG and PNG. Pure."""

from __future__ import annotations

import io

import segno


def svg(address: str) -> bytes:
    """A black QR code on white with a quiet zone, as an SVG document that scales."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, light="#fff", xmldecl=True, omitsize=True, nl=False
    )
    return out.getvalue()


def png(address: str, *, scale: int = 16) -> bytes:
    """The same as PNG, `scale` pixels (1 to 40) for each module."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=max(1, min(scale, 40)))
    return out.getvalue()
