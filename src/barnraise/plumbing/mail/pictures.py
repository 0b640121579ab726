"""Pictures that travel inside a mail: its HTML names them by "cid:" and the uuid of their file (RFC 2392)."""

from __future__ import annotations

import re
from base64 import b64encode
from email.mime.image import MIMEImage

from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.services import IMAGES

_NAMED = re.compile(r'src="cid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
"""In text that somebody typed quotes are escaped, so that words never name a file."""


def pictures_in(html: str) -> dict[str, File]:
    """The pictures that this HTML names and that are there, by uuid."""
    wanted = dict.fromkeys(_NAMED.findall(html))
    if not wanted:
        return {}
    rows = File.objects.filter(uuid__in=wanted, media_type__in=IMAGES)
    return {str(row.uuid): row for row in rows if row.path.exists()}


def parts_of(html: str) -> list[MIMEImage]:
    """The same as parts of a mail, each with the identity by which its HTML names it."""
    found = []
    for name, row in pictures_in(html).items():
        with row.open() as content:
            part = MIMEImage(content.read(), _subtype=row.media_type.partition("/")[2])
        part.add_header("Content-ID", f"<{name}>")
        part.add_header("Content-Disposition", "inline", filename=row.name)
        found.append(part)
    return found


def shown(html: str) -> str:
    """HTML for a browser, with the pictures in it: a frame that may fetch nothing draws them too."""
    there = pictures_in(html)

    def drawn(match: re.Match[str]) -> str:
        row = there.get(match[1])
        if row is None:
            return match[0]
        with row.open() as content:
            octets = b64encode(content.read()).decode("ascii")
        return f'src="data:{row.media_type};base64,{octets}"'

    return _NAMED.sub(drawn, html)
