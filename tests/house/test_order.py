"""The order of the house that imports alone do not show."""

from __future__ import annotations

import ast
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.core.management import call_command

from .source import FLOORS, PACKAGE, modules, name_of, room_of, tree

DOORWAYS = {"models", "selectors", "services", "policies", "sockets"}
"""What one room may import of another. plumbing.ui is made to be used: its public modules are all open."""
OPEN_ROOMS = {"plumbing.ui"}
OPEN_MODULES = {"barnraise.plumbing.accounts.authentication", "barnraise.plumbing.jobs.apps"}


def _imported(path: Path) -> list[str]:
    """Absolute dotted names a file imports, relative ones resolved."""
    package = list(path.relative_to(PACKAGE.parent).with_suffix("").parts[:-1])
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" for alias in node.names]
    return found


def test_another_room_is_entered_by_its_doorways_only():
    bad = []
    for path in modules():
        here = room_of(path)
        if here is None:
            continue
        for name in _imported(path):
            parts = name.split(".")
            if parts[0] != "barnraise" or len(parts) < 4:
                continue
            there = f"{parts[1]}.{parts[2]}"
            if there == here or there in OPEN_ROOMS or parts[1] == "foundation":
                continue
            if parts[3] not in DOORWAYS and ".".join(parts[:4]) not in OPEN_MODULES:
                bad.append(f"{name_of(path)} imports {name}")
    assert bad == []


def test_every_foreign_key_points_to_its_own_or_a_lower_floor():
    def floor(model: type) -> int:
        module = model.__module__.split(".")
        return FLOORS.index(module[1]) if module[0] == "barnraise" else -1

    bad = []
    for model in apps.get_models():
        if floor(model) < 0:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.concrete and isinstance(target, type) and floor(target) > floor(model):
                bad.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert bad == []


def test_labels_are_explicit_and_are_the_names_of_the_rooms():
    own = [
        config
        for config in apps.get_app_configs()
        if config.name.startswith("barnraise.") and config.label != "wiring"
    ]
    assert [config.label for config in own] == [config.name.rpartition(".")[2] for config in own]


def test_migrations_are_complete(db):
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes detected" in out.getvalue()


def test_migrations_are_named_by_intent():
    bad = [
        name_of(p)
        for p in PACKAGE.rglob("migrations/0*.py")
        if "_auto_" in p.stem or p.stem.endswith("_more")
    ]
    assert bad == []


def test_all_floors_exist():
    assert [floor for floor in FLOORS if not (PACKAGE / floor / "__init__.py").exists()] == []
