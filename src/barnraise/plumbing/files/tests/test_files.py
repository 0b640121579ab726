"""Uploads are what their content says, private by default where asked, and never run in a browser."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from barnraise.foundation.policy import leads, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.files import services
from barnraise.plumbing.files.models import File
from barnraise.plumbing.files.recognise import media_type
from barnraise.plumbing.files.services import FileRefused
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.ui.sockets import Described, kinds

SHOP = Ref("fair", "shop", 4)


def picture(kind="PNG", size=(8, 6)):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind)
    return out.getvalue()


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def upload(content, name="a.bin"):
    return SimpleUploadedFile(name, content)


def described(policy=team):
    return Described(
        noun="shop",
        titles=lambda keys: {k: "Shop" for k in keys if k == 4},
        url=lambda k: f"/shop/{k}",
        policy=policy,
    )


def on_disk(settings):
    return sorted(p for p in (settings.DATA / "files").rglob("*") if p.is_file())


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (picture(), "evil.html", "image/png"),
        (picture("JPEG"), "x", "image/jpeg"),
        (picture("WEBP"), "x", "image/webp"),
        (b"%PDF-1.7 x", "x.png", "application/pdf"),
        (b"<html><script>1</script>", "x.png", "text/html"),
        (b"  <!DOCTYPE html>", "x.txt", "text/html"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "x.png", "image/svg+xml"),
        (b"a,b\n1,2\n", "x.csv", "text/csv"),
        ("Peña\n".encode("latin-1"), "x.csv", "text/csv"),
        ("Peña\n".encode("utf-16"), "x.txt", "text/plain"),
        (b"MZ\x90\0", "x.csv", "application/x-executable"),
        (b"\0\1\2\3", "x.csv", "application/octet-stream"),
        (
            zipped(xl__workbook_dot_xml="x"),
            "x.zip",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (zipped(xl__workbook_dot_xml="x", xl__vbaProject_dot_bin="x"), "x.xlsx", "application/x-macro"),
        (zipped(a="x"), "x.docx", "application/zip"),
        (b"PK\x03\x04broken", "x.zip", "application/octet-stream"),
    ],
)
def test_the_content_says_what_a_file_is(content, name, kind):
    assert media_type(io.BytesIO(content), name) == kind


def test_a_kept_file_has_its_facts_and_its_content(bob, folder):
    file = services.keep(upload(b"a,b\n1,2\n", "../we\x00ird/plan 1.csv"), by=bob, about=SHOP)
    assert (file.name, file.media_type, file.size, file.owner, file.about) == (
        "plan 1.csv",
        "text/csv",
        8,
        bob,
        SHOP,
    )
    assert file.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    with file.open() as content:
        assert content.read() == b"a,b\n1,2\n"
    assert file.path == folder / "files" / file.uuid.hex[:2] / str(file.uuid)
    assert oct(file.path.stat().st_mode)[-3:] == "600"
    assert Entry.objects.get(verb="files.added").data == {"name": "plan 1.csv"}


@pytest.mark.parametrize(
    ("content", "options", "field"),
    [
        (b"", {}, "file"),
        (b"<svg onload=x>", {}, "file"),
        (b"<html>", {}, "file"),
        (b"MZ", {}, "file"),
        (b"a,b", {"accept": services.IMAGES}, "file"),
        (picture(), {}, "alt_text"),
        (picture()[:40], {"alt_text": "x"}, "file"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, {"alt_text": "x"}, "file"),
        (b"x" * (1024 * 1024 + 1), {}, "file"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(bob, folder, settings, content, options, field):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"upload_limit_mb": 1})
    with pytest.raises(FileRefused) as no:
        services.keep(upload(content), by=bob, **options)
    assert no.value.field == field
    assert (File.objects.count(), Entry.objects.count(), on_disk(settings)) == (0, 0, [])


def test_a_picture_bomb_is_refused_before_it_is_unpacked(bob, folder):
    out = io.BytesIO()
    Image.new("1", (12_000, 9_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(FileRefused, match="million pixels"):
        services.keep(upload(out.getvalue()), by=bob, alt_text="all white")
    assert File.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_removing_takes_the_content_only_with_the_commit(bob, folder, settings):
    file = services.keep(upload(b"text"), by=bob)
    with transaction.atomic():
        services.remove(file=File.objects.get(pk=file.pk), by=bob)
        transaction.set_rollback(True)
    assert len(on_disk(settings)) == 1
    services.remove(file=File.objects.get(pk=file.pk), by=bob)
    assert (File.objects.count(), on_disk(settings)) == (0, [])


def test_the_sweep_removes_old_orphans_only(bob, folder, settings):
    kept = services.keep(upload(b"text"), by=bob)
    orphan = services.keep(upload(b"text"), by=bob)
    File.objects.filter(pk=orphan.pk).delete()
    (kept.path.parent / "x.part").write_bytes(b"half")
    now = timezone.now()
    assert services.sweep(now=now) == 0
    later = (now - timedelta(days=2)).timestamp()
    for path in on_disk(settings):
        os.utime(path, (later, later))
    assert services.sweep(now=now) == 2
    assert on_disk(settings) == [kept.path]


def test_download_is_an_attachment_that_cannot_run(vera, bob, folder, logged_in):
    text = services.keep(upload(b"hello", "pe\u00f1a.txt"), by=bob)
    image = services.keep(upload(picture(), "p.png"), by=bob, alt_text="a green square")
    browser = logged_in(vera)
    answer = browser.get(f"/files/{text.uuid}/download/?show")
    assert b"".join(answer.streaming_content) == b"hello"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("sandbox")
    assert browser.get(f"/files/{image.uuid}/download/")["Content-Disposition"].startswith("attachment")
    shown = browser.get(f"/files/{image.uuid}/download/?show")
    assert (shown["Content-Type"], shown["Content-Disposition"]) == ("image/png", 'inline; filename="p.png"')
    assert 'alt="a green square"' in browser.get(f"/files/{image.uuid}/").text


def test_a_private_file_is_for_its_owner_and_leads(ada, alice, bob, vera, petra, folder, logged_in):
    file = services.keep(upload(b"hush", "secret plan.txt"), by=bob, visibility="private", about=SHOP)
    codes = {
        str(who): logged_in(who).get(f"/files/{file.uuid}/download/").status_code
        for who in (ada, alice, bob, vera, petra, None)
    }
    assert codes == {"Ada": 200, "Alice": 200, "Bob": 200, "Vera": 403, "Petra": 403, "None": 302}
    assert "secret" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_file_is_never_more_open_than_its_subject(alice, bob, folder, logged_in):
    with kinds.plugged("fair.shop", described(leads)):
        file = services.keep(upload(b"x"), by=alice, about=SHOP)
        assert logged_in(bob).get(f"/files/{file.uuid}/").status_code == 403
        assert logged_in(alice).get(f"/files/{file.uuid}/").status_code == 200
        answer = logged_in(bob).post(
            "/files/add/", {"about": str(SHOP), "visibility": "team", "file": upload(b"y")}
        )
        assert answer.status_code == 403
    assert File.objects.count() == 1


def test_files_are_added_changed_and_removed_on_pages(bob, vera, folder, logged_in):
    with kinds.plugged("fair.shop", described()):
        browser = logged_in(bob)
        given = {"about": str(SHOP), "visibility": "team", "next": "https://evil.example/"}
        missing = browser.post("/files/add/", {**given, "file": upload(picture(), "p.png")})
        assert missing.status_code == 422
        assert "what the picture shows" in missing.text
        answer = browser.post(
            "/files/add/", {**given, "file": upload(picture(), "p.png"), "alt_text": "green"}
        )
        assert (answer.status_code, answer["Location"]) == (302, "/shop/4")
        file = File.objects.get()
        change = {"name": "q.png", "alt_text": "greener", "visibility": "team"}
        assert logged_in(vera).post(f"/files/{file.uuid}/change/", change).status_code == 403
        assert browser.post(f"/files/{file.uuid}/change/", {**change, "alt_text": ""}).status_code == 422
        assert browser.post(f"/files/{file.uuid}/change/", change).status_code == 302
        file.refresh_from_db()
        assert (file.name, file.alt_text) == ("q.png", "greener")
        assert logged_in(vera).post(f"/files/{file.uuid}/remove/").status_code == 403
        assert File.objects.count() == 1
        assert browser.post(f"/files/{file.uuid}/remove/")["Location"] == "/shop/4"
        assert File.objects.count() == 0
        assert browser.get("/files/add/?about=fair.shop:5").status_code == 404
        assert browser.get("/files/add/?about=nonsense").status_code == 404


def test_merging_and_erasing_take_files_along(bob, folder):
    services.keep(upload(b"1"), by=bob, about=SHOP)
    services.keep(upload(b"2"), by=bob, visibility="private")
    assert services.move(keep=Ref("fair", "shop", 9), absorb=SHOP) == 1
    assert services.erase_owner(account=bob) == 1
    assert list(File.objects.values_list("key", "owner")) == [(9, None)]
    assert services.forget(kind="fair.shop", keys=[9]) == 1
