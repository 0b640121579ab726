"""The answer that carries a file's content."""

from __future__ import annotations

from django.http import FileResponse, Http404

from .models import File

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a file may do when a browser shows it after all: nothing."""


def served(file: File, *, inline: bool = False) -> FileResponse:
    """The answer that carries a file's content; `inline` counts only for safe pictures."""
    try:
        content = file.open()
    except FileNotFoundError:
        raise Http404 from None
    shown = inline and file.is_image
    media_type = file.media_type
    if not shown and media_type in {"text/html", "image/svg+xml", "application/xml"}:
        media_type = "application/octet-stream"
    answer = FileResponse(content, as_attachment=not shown, filename=file.name, content_type=media_type)
    answer["Content-Length"] = str(file.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=3600" if shown else "private, no-store"
    return answer
