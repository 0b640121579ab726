"""Each finding of the doctor: the thing is broken, the doctor names it; and a sound installation has none."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection
from django.utils import timezone

from barnraise.config import checks, database_state, prepare
from barnraise.config.database_state import Migrations
from barnraise.config.doctor import accounts, clock, database, disk, examining, jobs, permissions, static
from barnraise.config.doctor import mail as mail_part
from barnraise.config.doctor import settings as settings_part
from barnraise.config.environment import Environment
from barnraise.plumbing.jobs import services
from barnraise.plumbing.jobs.models import Chore, Job, Worker

SOUND = {"url": "http://127.0.0.1:8000", "secret_key": "k3y" * 10 + "abcdefghijklmnopqrstuvwxyz"}


def codes(look):
    return [finding.code for finding in look()]


def environment(**wanted):
    return Environment.model_construct(**{**Environment().model_dump(), **SOUND, **wanted})


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("data", {"data": Path(checks.__file__).parent / "data"}),
        ("url", {"url": "http://barnraise.example.org"}),
        ("secret_key", {"secret_key": "short"}),
        ("debug", {"debug": True, "url": "https://barnraise.example.org"}),
        ("allowed_hosts", {"allowed_hosts": "barnraise.example.org, *"}),
        ("database_url", {"database_url": "postgresql://me@host/"}),
        ("email_url", {"email_url": "smtp://me:secret@mail.example.org"}),
        ("email_from", {"email_from": "Riverbend"}),
        ("email_from", {"email_url": "smtps://mail.example.org"}),
        ("tile_url", {"tile_url": "http://t/{z}/{x}/{y}", "url": "https://b.example.org"}),
        ("web_workers", {"web_workers": 4 * (os.cpu_count() or 1) + 1}),
        ("trusted_proxies", {"url": "https://b.example.org"}),
        ("upload_limit_mb", {"upload_limit_mb": 5}),
        ("log_level", {"log_level": "DEBUG", "url": "https://b.example.org"}),
    ],
)
def test_every_setting_has_a_check_that_names_it(code, broken, settings):
    assert not checks.CHECKS[code](environment())
    settings.ENVIRONMENT = environment(**broken)
    assert f"settings.{code}" in codes(settings_part.look)


def test_no_setting_is_without_check_and_line_in_the_docs():
    assert set(checks.CHECKS) == set(Environment.model_fields)
    from barnraise.config.explaining import setting_names

    page = (Path(__file__).parents[4] / "docs" / "operate" / "settings.md").read_text()
    assert [name for name in setting_names().values() if f"`{name}`" not in page] == []


def test_a_wrong_setting_is_one_line_with_its_mend(house):
    found = house.answer("doctor", BARNRAISE_URL="barnraise.example.org", BARNRAISE_WEB_WORKERS="none")
    assert [finding["code"] for finding in found["findings"]] == ["settings.wrong", "settings.wrong"]
    assert found["findings"][0]["sentence"].startswith("BARNRAISE_URL: write it like https://")
    house.data.mkdir(exist_ok=True)
    (house.data / "barnraise.env").write_text("BARNRAISE_WEB_WORKER=2\n")
    refused = house.run("doctor")
    assert refused.returncode == 1
    assert "did you mean BARNRAISE_WEB_WORKERS?" in refused.stdout


def test_an_open_data_folder_and_open_secrets(tmp_path, settings):
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    assert codes(permissions.look) == []
    for name in ("secret_key", "barnraise.env"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    assert codes(permissions.look) == [
        "permissions.folder_open",
        "permissions.secret_open",
        "permissions.env_open",
    ]


def test_a_folder_that_cannot_be_written(tmp_path, settings, monkeypatch):
    tmp_path.chmod(0o700)
    settings.DATA = tmp_path
    if os.geteuid() == 0:  # root may write anywhere but where the system itself refuses
        settings.DATA = Path("/proc/self")
        assert "permissions.folder_unwritable" in codes(permissions.look)
        return
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert codes(permissions.look) == ["permissions.folder_unwritable"]


@pytest.mark.parametrize(("free", "expected"), [(100, ["disk.full"]), (900, ["disk.low"]), (90_000, [])])
def test_a_full_disk(monkeypatch, free, expected):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(0, 0, free * 1_000_000))
    assert codes(disk.look) == expected


def test_mail_as_files_is_a_notice(settings):
    settings.ENVIRONMENT = environment()
    assert codes(mail_part.look) == ["mail.files_only"]


def test_a_mail_server_that_is_away_or_refuses(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.ENVIRONMENT = environment(email_url="smtp://127.0.0.1")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        assert codes(mail_part.look) == ["mail.unreachable"]
    assert not hasattr(mail, "outbox") or mail.outbox == []


class _RefusingServer:
    """A mail server that takes nobody's password."""

    def __enter__(self):
        import threading

        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._answer, daemon=True).start()
        return self.socket.getsockname()[1]

    def _answer(self):
        talk, _ = self.socket.accept()
        with talk, talk.makefile("rw", newline="\r\n") as lines:
            said = {"EHLO": "250-here\r\n250 AUTH PLAIN", "AUTH": "535 no", "QUIT": "221 bye"}
            lines.write("220 here\r\n")
            lines.flush()
            for line in lines:
                lines.write(said.get(line[:4].upper(), "250 ok") + "\r\n")
                lines.flush()

    def __exit__(self, *problem):
        self.socket.close()


def test_a_mail_server_that_takes_no_password(settings):
    with _RefusingServer() as port:
        settings.ENVIRONMENT = environment(email_url="smtp://me:wrong@127.0.0.1")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "me", "wrong"
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        assert codes(mail_part.look) == ["mail.refused"]


def test_missing_and_outdated_static_files(tmp_path, settings):
    settings.PACKAGE, settings.STATIC_ROOT = tmp_path, tmp_path / "collected"
    assert codes(static.look) == ["static.vendor_missing", "static.not_collected"]
    (tmp_path / "static" / "vendor").mkdir(parents=True)
    (tmp_path / "static" / "vendor" / "any.js").touch()
    (tmp_path / "collected").mkdir()
    (tmp_path / "collected" / "staticfiles.json").touch()
    assert codes(static.look) == ["static.outdated"]
    (tmp_path / "collected" / ".fingerprint").write_text(prepare.static_fingerprint())
    assert codes(static.look) == []


@pytest.mark.django_db
def test_a_sound_database():
    if connection.vendor == "sqlite":
        assert set(codes(database.look)) <= {"database.not_wal"}  # the test database lives in memory
    else:
        assert codes(database.look) == []


@pytest.mark.django_db
def test_pending_and_unknown_migrations(monkeypatch):
    monkeypatch.setattr(database, "migrations", lambda: Migrations(("jobs.0002_x",), ("jobs.0009_y",)))
    found = codes(database.look)
    assert found[:2] == ["database.newer", "database.migrations_pending"]
    assert "jobs" not in {code.split(".")[0] for code in (f.code for f in examining.examine())}


def test_a_database_that_does_not_answer(house):
    found = house.answer("doctor", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert "database.unreachable" in [finding["code"] for finding in found["findings"]]
    assert found["ok"] is False


def test_a_damaged_sqlite_file_and_one_without_wal(house):
    if not house.is_sqlite:
        pytest.skip("SQLite only")
    house.prepare()
    file = house.data / "barnraise.sqlite3"
    for part in ("-wal", "-shm"):
        Path(f"{file}{part}").unlink(missing_ok=True)
    with file.open("r+b") as damaged:
        damaged.seek(4096 * 20)
        damaged.write(os.urandom(4096 * 30))
    found = [finding["code"] for finding in house.answer("doctor")["findings"]]
    assert "database.damaged" in found or "database.broken" in found


@pytest.mark.django_db
def test_journal_mode_and_old_or_bare_postgresql(monkeypatch):
    class Cursor:
        def __init__(self, answers):
            self.answers = answers

        def __enter__(self):
            return self

        def __exit__(self, *problem):
            return None

        def execute(self, statement):
            self.said = next(value for part, value in self.answers.items() if part in statement)
            return self

        def fetchone(self):
            return (self.said,)

    class Connection:
        pg_version = 130010

        def __init__(self, **answers):
            self.answers = answers

        def cursor(self):
            return Cursor(self.answers)

    monkeypatch.setattr(database, "connection", Connection(journal_mode="delete", quick_check="ok"))
    assert codes(database._sqlite) == ["database.not_wal"]
    monkeypatch.setattr(database, "connection", Connection(journal_mode="wal", quick_check="page 3 is lost"))
    assert codes(database._sqlite) == ["database.damaged"]
    monkeypatch.setattr(database, "connection", Connection(pg_trgm=0))
    assert codes(database._postgresql) == ["database.trgm_missing", "database.old"]


@pytest.mark.django_db
def test_jobs_without_worker_stuck_and_failed():
    now = timezone.now()
    assert codes(jobs.look) == ["jobs.no_worker"]
    services.report_alive(now=now)
    assert codes(jobs.look) == []
    waits = Job.objects.create(handler="x", title="waits")
    Job.objects.filter(pk=waits.pk).update(updated_at=now - timedelta(minutes=6))
    assert codes(jobs.look) == ["jobs.stuck"]
    Job.objects.filter(pk=waits.pk).update(state="running", lease_until=now - timedelta(minutes=6))
    assert codes(jobs.look) == ["jobs.stuck"]
    Job.objects.filter(pk=waits.pk).update(state="failed", finished_at=now, error="No paper.")
    assert codes(jobs.look) == ["jobs.failed"]
    assert "No paper." in next(iter(jobs.look())).sentence


@pytest.mark.django_db
def test_chores_that_fail_or_are_overdue():
    now = timezone.now()
    services.report_alive(now=now)
    Chore.objects.create(name="a", due_at=now, error="ValueError: x", failures=3)
    Chore.objects.create(name="b", due_at=now - timedelta(hours=2))
    assert codes(jobs.look) == ["jobs.chore_failing", "jobs.chore_overdue"]


@pytest.mark.django_db
def test_nobody_to_steer():
    from barnraise.plumbing.accounts.services import add_account

    assert codes(accounts.look) == ["accounts.no_admin"]
    add_account(email="a@example.org", role="admin", name="Ada", password="the barn stands on oak", by=None)
    assert codes(accounts.look) == []


@pytest.mark.django_db
def test_a_clock_that_went_back_and_an_unknown_zone(monkeypatch):
    now = timezone.now()
    assert codes(clock.look) == []
    Worker.objects.create(name="m:1", host="m", pid=1, started_at=now, seen_at=now + timedelta(hours=1))
    assert codes(clock.look) == ["clock.behind"]
    Worker.objects.all().delete()
    place = namedtuple("place", "time_zone")
    monkeypatch.setattr(clock, "installation", lambda: place("Mars/Olympus"))
    assert codes(clock.look) == ["clock.zone_unknown"]


@pytest.mark.django_db
def test_an_examination_that_breaks_is_a_finding(monkeypatch):
    def breaks():
        raise DatabaseError("the cable is cut")

    monkeypatch.setitem(examining.ALWAYS, "disk", breaks)
    assert "disk.broken" in [finding.code for finding in examining.examine()]


@pytest.mark.django_db
def test_the_worst_comes_first(monkeypatch):
    from barnraise.config.doctor.finding import error, notice

    monkeypatch.setattr(examining, "ALWAYS", {"a": lambda: [notice("a.n", "", ""), error("a.e", "", "")]})
    monkeypatch.setattr(examining, "WITH_DATABASE", {})
    assert [finding.code for finding in examining.examine()] == ["a.e", "a.n"]
    assert database_state.migrations().unknown == ()
    assert (connection.vendor == "sqlite") == settings.IS_SQLITE
