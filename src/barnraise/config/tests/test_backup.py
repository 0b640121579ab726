"""Backup of a live system and restore, through the command line, on the database in force."""

from __future__ import annotations

import json
import time
import zipfile

import psycopg
import pytest
from django.conf import settings

PASSWORD = "the barn stands on oak"
WRITER = """
from barnraise.plumbing.jobs.models import Chore
from django.db import transaction
from datetime import datetime, timezone
later = datetime(2999, 1, 1, tzinfo=timezone.utc)
number = 0
while True:
    with transaction.atomic():
        Chore.objects.create(name=f"left {number}", due_at=later)
        Chore.objects.create(name=f"right {number}", due_at=later)
    number += 1
"""
COUNT = """
from barnraise.plumbing.jobs.models import Chore
left = Chore.objects.filter(name__startswith="left ").count()
right = Chore.objects.filter(name__startswith="right ").count()
print(json.dumps([left, right]))
"""
PEOPLE = """
from barnraise.plumbing.accounts.models import Account
print(json.dumps(sorted(Account.objects.values_list("email", flat=True))))
"""

SWAPS_TABLES = pytest.mark.skipif(settings.IS_SQLITE, reason="SQLite swaps files.")
LOCKS = """
select count(distinct relation) from pg_locks where database = (select oid from pg_database where datname = %s)
"""


@pytest.fixture
def settled(house):
    """An installation with an admin and one upload."""
    house.prepare()
    added = house.run("user", "add", "ada@example.org", "--role", "admin", "--password-stdin", given=PASSWORD)
    assert added.returncode == 0, added.stderr
    (house.data / "files").mkdir()
    (house.data / "files" / "minutes.txt").write_text("We met.")
    return house


@pytest.mark.slow
def test_a_backup_beside_a_writer_is_of_one_moment_and_comes_back(settled, tmp_path):
    file = tmp_path / "all.zip"
    writer = settled.spawn_python(WRITER)
    time.sleep(3)
    said = settled.answer("backup", str(file))
    assert said["files"] >= 2
    writer.kill()
    writer.wait()
    before = settled.python(COUNT)
    (settled.data / "files" / "minutes.txt").write_text("Changed later.")
    (settled.data / "files" / "later.txt").write_text("Added later.")
    settled.run("user", "add", "eve@example.org", "--role", "viewer", "--password-stdin", given=PASSWORD)
    secret = (settled.data / "secret_key").read_text()

    refused = settled.run("restore", str(file))
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert settled.python(PEOPLE) == ["ada@example.org", "eve@example.org"]

    restored = settled.run("restore", str(file), "--replace")
    assert restored.returncode == 0, restored.stderr
    left, right = settled.python(COUNT)
    assert left == right
    assert 0 < left <= before[0]
    assert settled.python(PEOPLE) == ["ada@example.org"]
    assert (settled.data / "files" / "minutes.txt").read_text() == "We met."
    assert not (settled.data / "files" / "later.txt").exists()
    assert (settled.data / "secret_key").read_text() == secret
    assert not (settled.data / ".restoring").exists()


def test_a_backup_overwrites_nothing_and_leaves_nothing_half_written(settled, tmp_path):
    file = tmp_path / "mine.zip"
    file.write_text("precious")
    refused = settled.run("backup", str(file))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert file.read_text() == "precious"
    assert settled.run("backup", str(tmp_path / "no" / "where.zip")).returncode == 1
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["data", "mine.zip"]


def test_a_damaged_backup_changes_nothing(settled, tmp_path):
    file = tmp_path / "all.zip"
    settled.run("backup", str(file))
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            packed = old.read(name)
            new.writestr(name, b"They met." if name == "files/minutes.txt" else packed)
    climbing = tmp_path / "climbing.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(climbing, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["entries"]["../outside.txt"] = manifest["entries"].pop("files/minutes.txt")
        new.writestr("manifest.json", json.dumps(manifest))
        for name in set(old.namelist()) - {"manifest.json"}:
            new.writestr("../outside.txt" if name == "files/minutes.txt" else name, old.read(name))
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(newer, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in set(old.namelist()) - {"manifest.json"}:
            new.writestr(name, old.read(name))
        new.writestr("manifest.json", json.dumps({**manifest, "barnraise": "99.0.0"}))
    for wrong, word in [(broken, "checksum"), (climbing, "outside"), (newer, "99.0.0")]:
        refused = settled.run("restore", str(wrong), "--replace")
        assert (refused.returncode, word in refused.stderr) == (1, True), refused.stderr
    assert settled.run("restore", __file__, "--replace").returncode == 1
    assert settled.python(PEOPLE) == ["ada@example.org"]
    assert (settled.data / "files" / "minutes.txt").read_text() == "We met."


def test_no_restore_while_a_worker_runs(settled, tmp_path):
    file = tmp_path / "all.zip"
    settled.run("backup", str(file))
    worker = settled.spawn("worker")
    assert "at work" in worker.stdout.readline()
    time.sleep(1)
    refused = settled.run("restore", str(file), "--replace")
    assert (refused.returncode, "Stop" in refused.stderr) == (1, True)
    worker.terminate()
    assert worker.wait(5) == 0
    assert settled.run("restore", str(file), "--replace").returncode == 0


@SWAPS_TABLES
def test_a_restore_fits_into_a_server_as_it_comes(settled, tmp_path):
    """Its one transaction takes less than half of the locks a server has room for by its defaults (64 times 100)."""
    file = tmp_path / "all.zip"
    settled.run("backup", str(file))
    at_work = settled.spawn("restore", str(file), "--replace")
    most = 0
    with psycopg.connect(settled.env["DATABASE_URL"], dbname="postgres", autocommit=True) as watching:
        while at_work.poll() is None:
            most = max(most, watching.execute(LOCKS, [settled.database]).fetchone()[0])
    assert at_work.returncode == 0, at_work.stdout.read()
    assert 1000 < most < 3200


@SWAPS_TABLES
def test_what_a_killed_restore_set_aside_is_in_no_backup_and_goes_at_the_next_start(settled, tmp_path):
    settled.change("create schema barnraise_before")
    settled.change("create table barnraise_before.accounts_account as select * from accounts_account")
    file = tmp_path / "all.zip"
    assert settled.run("backup", str(file)).returncode == 0
    with zipfile.ZipFile(file) as archive:
        assert not [entry for entry in archive.namelist() if b"barnraise_before" in archive.read(entry)]
    settled.up()
    assert settled.read("select count(*) from pg_namespace where nspname = 'barnraise_before'") == 0
    assert settled.python(PEOPLE) == ["ada@example.org"]


@SWAPS_TABLES
def test_a_restore_leaves_no_table_of_before(settled, tmp_path):
    file = tmp_path / "all.zip"
    settled.run("backup", str(file))
    assert settled.run("restore", str(file), "--replace").returncode == 0
    assert settled.read("select count(*) from pg_namespace where nspname = 'barnraise_before'") == 0


def test_a_restore_killed_in_its_swap_is_finished_at_the_next_command(settled):
    place = settled.data / ".restoring"
    (place / "new" / "files").mkdir(parents=True)
    (place / "new" / "files" / "minutes.txt").write_text("Restored.")
    (place / "new" / "secret_key").write_text("x" * 60)
    (place / "ready").touch()
    assert settled.answer("doctor")["findings"]
    assert (settled.data / "files" / "minutes.txt").read_text() == "Restored."
    assert (settled.data / "secret_key").read_text() == "x" * 60
    assert not place.exists()
