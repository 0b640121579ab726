"""Files stay below 500 lines and functions below 60; exceptions stand in baseline.toml, which only shrinks."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from .source import modules, name_of, tree

FILE_LIMIT, FUNCTION_LIMIT = 500, 60


def _baseline(part: str) -> dict[str, int]:
    return tomllib.loads((Path(__file__).parent / "baseline.toml").read_text()).get(part, {})


def _judge(found: dict[str, int], allowed: dict[str, int]) -> list[str]:
    grown = [
        f"{name}: {size} lines (allowed {allowed.get(name, 0)})"
        for name, size in found.items()
        if size > allowed.get(name, 0)
    ]
    stale = [
        f"{name}: no longer needed in baseline.toml" for name in allowed if found.get(name, 0) < allowed[name]
    ]
    return grown + stale


def test_no_file_is_longer_than_the_limit():
    found = {name_of(path): len(path.read_text().splitlines()) for path in modules(with_tests=True)}
    assert _judge({name: size for name, size in found.items() if size > FILE_LIMIT}, _baseline("files")) == []


def test_no_function_is_longer_than_the_limit():
    found = {}
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > FUNCTION_LIMIT:
                    found[f"{name_of(path)}:{node.name}"] = size
    assert _judge(found, _baseline("functions")) == []
