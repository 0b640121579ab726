"""Names that say nothing are not used, and nothing happens behind a row's back."""

from __future__ import annotations

import ast

from .source import modules, name_of, room_folders, tree

SAY_NOTHING = {
    "utils",
    "helpers",
    "common",
    "misc",
    "manager",
    "managers",
    "data",
    "info",
    "base",
    "core",
    "util",
}
README_PARTS = ("Nouns", "Verbs", "Invariants", "Sockets offered", "Sockets used")


def test_no_module_has_a_name_that_says_nothing():
    bad = [name_of(path) for path in modules() if path.stem in SAY_NOTHING or path.parent.name in SAY_NOTHING]
    assert bad == []


def test_no_signals_and_no_overridden_save():
    bad = []
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                bad += [
                    f"{name_of(path)}: {node.name}.save"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name == "save"
                ]
            if isinstance(node, ast.Name | ast.Attribute):
                called = node.id if isinstance(node, ast.Name) else node.attr
                if called in {
                    "post_save",
                    "pre_save",
                    "post_delete",
                    "pre_delete",
                    "m2m_changed",
                    "receiver",
                }:
                    bad.append(f"{name_of(path)}: {called}")
    assert bad == []


def test_every_room_has_a_page_that_describes_it():
    bad = []
    for folder in room_folders():
        page = folder / "README.md"
        text = page.read_text() if page.exists() else ""
        bad += [
            f"{folder.name}: README.md lacks '## {part}'" for part in README_PARTS if f"## {part}" not in text
        ]
        if len(text.splitlines()) > 90:
            bad.append(f"{folder.name}: README.md is longer than a page")
    assert bad == []


def test_no_marker_of_unfinished_work():
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error")
    bad = [
        f"{name_of(path)}: {word}"
        for path in modules(with_tests=True)
        for word in words
        if word in path.read_text()
    ]
    assert bad == []
