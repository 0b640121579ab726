"""What can be set, plugged, run or asked for is described."""

from __future__ import annotations

import ast

import pytest

from barnraise.config.environment import Environment
from barnraise.doors.api.server import api
from barnraise.foundation.registry import all_sockets
from barnraise.plumbing.jobs.sockets import chores, handlers

from .source import CHECKOUT, modules, name_of, tree


def test_every_setting_has_a_description_and_a_line_for_operators():
    page = (CHECKOUT / "docs" / "operate" / "settings.md").read_text()
    bad = []
    for name, field in Environment.model_fields.items():
        variable = field.alias or f"BARNRAISE_{name.upper()}"
        if not field.description or f"`{variable}`" not in page:
            bad.append(variable)
    assert bad == []


def test_every_socket_says_what_a_plug_gives_and_stands_in_the_list():
    page = (CHECKOUT / "docs" / "develop" / "sockets.md").read_text()
    own = {name: socket for name, socket in all_sockets().items() if not name.startswith("test.")}
    assert [name for name, socket in own.items() if len(socket.doc) < 20 or f"`{name}`" not in page] == []


def test_every_job_and_chore_is_described_for_operators():
    page = (CHECKOUT / "docs" / "operate" / "workers.md").read_text()
    names = [name for name, _ in handlers.items()] + [name for name, _ in chores.items()]
    assert names
    assert [name for name in names if f"`{name}`" not in page and not name.startswith("test.")] == []


def _operations():
    schema = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_operation_of_the_api_has_a_summary_and_described_parameters():
    bad = []
    for name, operation in _operations():
        if not operation.get("summary"):
            bad.append(f"{name}: no summary")
        bad += [
            f"{name}: {parameter['name']}"
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "query"
            and not (parameter.get("description") or parameter["schema"].get("description"))
        ]
    assert bad == []


def test_every_field_of_the_api_is_described():
    parts = api.get_openapi_schema()["components"]["schemas"]
    bad = [
        f"{shape}.{field}"
        for shape, schema in parts.items()
        for field, about in schema.get("properties", {}).items()
        if not about.get("description")
    ]
    assert bad == []


@pytest.mark.parametrize(
    "path", [p for p in modules() if p.name != "__init__.py" or p.stat().st_size > 400], ids=name_of
)
def test_public_functions_and_classes_say_what_they_promise(path):
    bad = []
    if path.name in {"urls.py", "apps.py", "feature.py"}:
        return
    for node in tree(path).body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ):
            bad.append(node.name)
    assert bad == []
