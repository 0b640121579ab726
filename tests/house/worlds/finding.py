"""How an example finds its row: the first of a model, or a field of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def first(label: str, **wanted: Any) -> Callable[[], Any]:
    """Finds the oldest row of a model that has these values, or None."""

    def find() -> Any:
        from django.apps import apps

        return apps.get_model(label)._default_manager.filter(**wanted).order_by("pk").first()

    return find


def named(label: str, field: str, **wanted: Any) -> Callable[[], Any]:
    """Finds a field ("uuid", "person__pk") of the oldest row of a model that has these values, or None."""

    def value() -> Any:
        found: Any = first(label, **wanted)()
        for name in field.split("__"):
            found = None if found is None else getattr(found, name)
        return found

    return value
