"""A picture of a campaign is uploaded with its words, and travels inside the mail."""

from __future__ import annotations

import io
from email import message_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from barnraise.plumbing.files.models import File
from barnraise.plumbing.mail.building import built
from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.services import Letter, queue
from barnraise.what.campaigns.checking import faults
from barnraise.what.campaigns.drawing import drawn
from barnraise.what.campaigns.services import send_test

pytestmark = pytest.mark.django_db


def photograph(wide=3000, high=1500):
    """A photograph with the place where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of Ana", 6
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (wide, high), "green").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("garden.jpeg", out.getvalue(), content_type="image/jpeg")


def test_uploaded_described_made_small_and_carried_by_the_mail(campaign, bob, logged_in):
    browser = logged_in(bob)
    add = f"{campaign.get_absolute_url()}blocks/add/?kind=picture"
    assert 'enctype="multipart/form-data"' in browser.get(add).content.decode()
    assert browser.post(add, {"file": photograph()}).status_code == 422, "a picture has a description"
    program = SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    assert browser.post(add, {"file": program, "alt": "Garden"}).status_code == 422
    assert not File.objects.exists()
    assert browser.post(add, {"file": photograph(), "alt": "Beans in rows"}).status_code == 302
    campaign.refresh_from_db()
    kept = File.objects.get()
    assert campaign.blocks[-1] == {
        "kind": "picture",
        "file": str(kept.uuid),
        "address": "",
        "alt": "Beans in rows",
    }
    assert (kept.name, kept.media_type, kept.alt_text, kept.key) == (
        "garden.jpg",
        "image/jpeg",
        "Beans in rows",
        campaign.pk,
    )
    with kept.open() as content, Image.open(content) as picture:
        assert picture.size == (1200, 2400), "turned upright, and no wider than a mail"
        assert not picture.getexif(), "nothing of the camera or the place"
    assert "data:image/jpeg;base64," in browser.get(f"{campaign.get_absolute_url()}shown/").content.decode()

    mail = send_test(campaign, by=bob)
    whole = message_from_bytes(
        built(Message.objects.select_related("body").get(pk=mail.pk)).message().as_bytes()
    )
    assert [part.get_content_type() for part in whole.walk()] == [
        "multipart/related", "multipart/alternative", "text/plain", "text/html", "image/jpeg",
    ]  # fmt: skip
    image, page = list(whole.walk())[4], list(whole.walk())[3].get_payload(decode=True).decode()
    assert image["Content-ID"] == f"<{kept.uuid}>"
    assert f'src="cid:{kept.uuid}"' in page
    assert image.get_payload(decode=True) == kept.path.read_bytes()
    assert "data:image/jpeg;base64," in browser.get(f"{mail.get_absolute_url()}shown/").content.decode()

    at = len(campaign.blocks) - 1
    change = f"{campaign.get_absolute_url()}blocks/{at}/change/"
    browser.post(change, {"alt": "Beans"})
    campaign.refresh_from_db()
    assert (campaign.blocks[at]["file"], campaign.blocks[at]["alt"]) == (str(kept.uuid), "Beans"), (
        "the picture stays"
    )
    kept.path.unlink()
    assert any("picture is gone" in str(fault) for fault in faults(campaign, at=timezone.now()))


def test_words_name_no_file_and_no_private_one_is_taken(campaign, alice, bob, asks):
    kept = File.objects.create(
        name="x.png", media_type="image/png", size=1, sha256="", owner=alice, visibility="private"
    )
    kept.path.parent.mkdir(parents=True, exist_ok=True)
    kept.path.write_bytes(b"x")
    path = f"/campaigns/{campaign.uuid}/blocks"
    for file in (str(kept.uuid), "no-file"):
        said = {"kind": "picture", "values": {"alt": "x", "file": file}}
        assert asks(bob)("POST", path, said)[0] == 422
    mail = queue(
        Letter(to_address="x@example.org"),
        subject="x",
        text="x",
        html=f"<p>src=&quot;cid:{kept.uuid}&quot;</p>",
        by=bob,
    )
    assert "image" not in built(Message.objects.select_related("body").get(pk=mail.pk)).message().as_string()
    assert drawn(campaign).html.count("cid:") == 0
