"""A video of the website comes in the parts that a browser asks for."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from barnraise.doors.site.ranges import wanted

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 1000


@pytest.fixture
def film():
    """Its address."""
    return Document.objects.create(title="Film", file=ContentFile(FILM, "film.mp4")).url


@pytest.mark.parametrize(
    ("header", "status", "told", "octets"),
    [
        ("", 200, None, FILM),
        ("bytes=0-99", 206, "bytes 0-99/256000", FILM[:100]),
        ("bytes=255000-", 206, "bytes 255000-255999/256000", FILM[255000:]),
        ("bytes=-10", 206, "bytes 255990-255999/256000", FILM[-10:]),
        ("bytes=100-999999", 206, "bytes 100-255999/256000", FILM[100:]),
        ("bytes=256000-", 416, "bytes */256000", b""),
        ("bytes=9-1", 200, None, FILM),
        ("bytes=0-1,5-6", 200, None, FILM),
        ("pages=1-2", 200, None, FILM),
    ],
)  # fmt: skip
def test_the_part_that_is_asked_for(film, client, header, status, told, octets):
    answer = client.get(film, headers={"Range": header} if header else {})
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, told)
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]) == octets
    if status != 416:
        assert (answer["Accept-Ranges"], answer["Content-Length"]) == ("bytes", str(len(octets)))


def test_a_part_is_reckoned_from_either_end():
    assert wanted("bytes=-500", 100) == (0, 99)
    assert wanted("bytes=-", 100) is None
    with pytest.raises(ValueError, match="no such range"):
        wanted("bytes=-5", 0)
