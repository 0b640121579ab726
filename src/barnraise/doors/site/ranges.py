"""Files in parts, so that a browser plays a video before all of it is there, and jumps in it (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from wagtail.documents.models import Document
from wagtail.documents.views import serve as documents_serve

AT_ONCE = 64 * 1024
_ONE = re.compile(r"bytes=(\d*)-(\d*)")


class _Part:
    """The bytes of a file from the first to the last, both included; closed with the answer."""

    def __init__(self, file: Any, first: int, last: int) -> None:
        self.file, self.first, self.left = file, first, last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.first)
        while self.left > 0 and (octets := self.file.read(min(AT_ONCE, self.left))):
            self.left -= len(octets)
            yield octets

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte that a Range header asks for, of a file of that size; None for all of it.

    Several ranges are answered with all of it, which a server may; what is no range, which it must.

    Raises ValueError for a range that the file does not have.
    """
    found = _ONE.fullmatch(header.replace(" ", ""))
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    elif found[2] and int(found[2]) < int(found[1]):
        return None
    else:
        first, last = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if first > last or first >= size:
        raise ValueError("The file has no such range.")
    return first, last


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document of the website, whole or the part that is asked for."""
    whole: HttpResponseBase = documents_serve.serve(request, document_id, document_filename)
    if whole.status_code != 200:
        return whole
    whole["Accept-Ranges"] = "bytes"
    asked = request.headers.get("Range", "")
    if not asked or request.method != "GET" or "If-Range" in request.headers:
        return whole
    file = Document.objects.get(pk=document_id).file
    size = file.size
    try:
        found = wanted(asked, size)
    except ValueError:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if found is None:
        return whole
    whole.close()
    part = StreamingHttpResponse(_Part(file.storage.open(file.name, "rb"), *found), status=206)
    for name, value in whole.items():
        part[name] = value
    part["Content-Range"] = f"bytes {found[0]}-{found[1]}/{size}"
    part["Content-Length"] = str(found[1] - found[0] + 1)
    return part
