"""Is the database there, and is it of this version?"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.db import DatabaseError, connection


class NotReady(Exception):
    """The database cannot be used as it is; `mend` says what to do."""

    def __init__(self, sentence: str, *, mend: str) -> None:
        super().__init__(sentence)
        self.sentence, self.mend = sentence, mend


@dataclass(frozen=True, slots=True)
class Migrations:
    """Names as "room.0001_initial": those not applied yet, and those applied that this version does not know."""

    pending: tuple[str, ...]
    unknown: tuple[str, ...]


def require_reachable() -> None:
    """Raise NotReady unless the database answers."""
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        raise NotReady(
            f"The database does not answer: {str(problem).strip().splitlines()[0]}",
            mend="Start it, or mend DATABASE_URL; `barnraise doctor` looks closer.",
        ) from None


def migrations() -> Migrations:
    """What stands between the database and this version. Raises NotReady when it does not answer."""
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    require_reachable()
    ours = {one.label for one in apps.get_app_configs()}
    applied = {key for key in MigrationRecorder(connection).applied_migrations() if key[0] in ours}
    if applied == _names_on_disk():
        return Migrations((), ())
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = set(executor.loader.disk_migrations) | executor.loader.replacements.keys()
    ours = {label for label, _ in executor.loader.disk_migrations}
    unknown = [key for key in executor.loader.applied_migrations if key not in known and key[0] in ours]
    return Migrations(
        tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan),
        tuple(sorted(f"{label}.{name}" for label, name in unknown)),
    )


def _names_on_disk() -> set[tuple[str, str]]:
    """Label and name of every migration of this version, without loading one: hundreds would be read at every start."""
    from django.db.migrations.loader import MigrationLoader

    found: set[tuple[str, str]] = set()
    for one in apps.get_app_configs():
        module, _explicit = MigrationLoader.migrations_module(one.label)
        package = find_spec(module) if module else None
        places = package.submodule_search_locations if package else None
        found |= {
            (one.label, name)
            for _finder, name, is_package in iter_modules(places or ())
            if not is_package and name[0] not in "_~"
        }
    return found


def require_not_newer(found: Migrations) -> None:
    """Raise NotReady when a newer Barnraise has written this database."""
    if found.unknown:
        raise NotReady(
            f"A newer Barnraise has worked on this database (it knows {found.unknown[-1]}).",
            mend="Install that version again, or restore a backup made with this one.",
        )


def require_ready() -> None:
    """Raise NotReady unless the database answers and every migration is applied."""
    found = migrations()
    require_not_newer(found)
    if found.pending:
        raise NotReady(
            "The database is not set up for this version yet.",
            mend="Run `barnraise up` once, or `barnraise worker`, which both prepare it.",
        )
