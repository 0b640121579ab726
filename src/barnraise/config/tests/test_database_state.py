"""Whether the database is of this version is asked by every command, so it has to be asked quickly."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from barnraise.config.database_state import Migrations, NotReady, migrations, require_ready

pytestmark = pytest.mark.django_db


def test_where_nothing_is_pending_no_migration_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading three hundred files would take longer than most of what a command does."""

    def reads(self: MigrationLoader) -> None:
        raise AssertionError("All migrations were read.")

    monkeypatch.setattr(MigrationLoader, "load_disk", reads)
    assert migrations() == Migrations((), ())
    require_ready()


def test_one_that_was_not_applied_and_one_of_a_newer_version_are_named() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("snoozes", "0001_snoozes")
    assert "snoozes.0001_snoozes" in migrations().pending
    with pytest.raises(NotReady, match="not set up for this version"):
        require_ready()
    recorder.record_applied("snoozes", "0001_snoozes")
    recorder.record_applied("snoozes", "0999_later")
    recorder.record_applied("of_another_program", "0001_initial")
    assert migrations() == Migrations((), ("snoozes.0999_later",))
    with pytest.raises(NotReady, match=r"newer Barnraise.*0999_later"):
        require_ready()
