"""More of what hangs on a thing: rows that name it get siblings with the same parents, so that its page has more to show."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.urls import resolve

from .addresses import FILES, NO_PAGE, addresses

NOT_ALONE = {
    "snoozes:one": "a fragment of Today that is asked for with the name of a card",
    "stories:read": "one more person in it who has not consented takes it off the site",
}
"""Why these cannot be asked for here."""

SIBLINGS = 3
"""Of each of the first few rows."""


def shown() -> list[tuple[str, str, Any]]:
    """(name, address, thing) of every page that shows one thing: forms, lists and files have tests of their own."""
    found = []
    for name, path, methods in addresses():
        if (
            methods[:1] != ("GET",)
            or "POST" in methods
            or name in {*NO_PAGE, *NOT_ALONE}
            or path.endswith(FILES)
        ):
            continue
        row = None if name.endswith((":list", "by_key")) else _named(path)
        if row is not None:
            found.append((name, path, row))
    return found


def _named(path: str) -> Any:
    """The thing whose page it is."""
    met = resolve(path)
    keys = [value for value in met.kwargs.values() if isinstance(value, uuid.UUID)]
    labels = {one.label for one in apps.get_app_configs()}
    if not keys or met.namespace not in labels:
        return None
    for model in apps.get_app_config(met.namespace).get_models():
        if any(field.name == "uuid" for field in model._meta.concrete_fields):
            row = model._base_manager.filter(uuid=keys[-1]).first()
            if row is not None:
                return row
    return None


def hang_more(row: Any) -> int:
    """Siblings for what hangs on it; rows that would break a rule are left out. How many came."""
    came = 0
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is type(row) and model._meta.managed and not model._meta.parents:
                came += sum(map(_is_kept, _siblings(model, field, row)))
    return came


def _siblings(model: Any, field: Any, row: Any) -> Iterator[Any]:
    there = model._base_manager.filter(**{field.name: row})
    for hanging in there.order_by("-pk")[:2]:
        twins = [_twin(hanging) for _ in range(SIBLINGS)]
        for other in _told_apart_by(model, field):
            used = there.values(other.attname)
            free = other.related_model._base_manager.exclude(pk__in=used).order_by("pk")
            for twin, key in zip(twins, free.values_list("pk", flat=True)[:SIBLINGS], strict=False):
                setattr(twin, other.attname, key)
        yield from twins


def _told_apart_by(model: Any, field: Any) -> list[Any]:
    """What else such rows hang on, where no two may hang on the same and no word of theirs tells them apart."""
    found = []
    for names in _wholes(model._meta):
        others = [model._meta.get_field(name) for name in names if name != field.name]
        if field.name in names and not _last_word(model._meta, names):
            found += [one for one in others if one.is_relation and one.related_model is not model]
    return found


def _wholes(meta: Any) -> list[tuple[str, ...]]:
    """Columns that no two rows share together."""
    return [one.fields for one in meta.constraints if isinstance(one, models.UniqueConstraint) and one.fields]


def _twin(row: Any) -> Any:
    """The same once more, with another word or number where no two may be the same."""
    meta = row._meta
    twin = type(row)(**{field.attname: getattr(row, field.attname) for field in meta.concrete_fields})
    wholes = _wholes(meta)
    alone = {field.name for field in meta.concrete_fields if field.unique}
    for field in meta.concrete_fields:
        if field.primary_key:
            setattr(twin, field.attname, None)
        elif isinstance(field, models.UUIDField):
            setattr(twin, field.attname, uuid.uuid4())
        elif field.name in alone or any(field.name == _last_word(meta, names) for names in wholes):
            _say_otherwise(twin, field)
    twin._state.adding = True
    return twin


def _last_word(meta: Any, names: tuple[str, ...]) -> str:
    """Of columns that no two rows share the last that holds a word or a number."""
    free = [name for name in names if not (meta.get_field(name).is_relation or meta.get_field(name).choices)]
    return free[-1] if free else ""


def _say_otherwise(twin: Any, field: Any) -> None:
    value = getattr(twin, field.attname)
    if isinstance(value, str) and not field.choices:
        setattr(twin, field.attname, f"{value[: (field.max_length or 60) - 9]}-{uuid.uuid4().hex[:8]}")
    elif isinstance(value, int) and not isinstance(value, bool) and not field.is_relation:
        setattr(twin, field.attname, value + uuid.uuid4().int % 10_000 + 1)


def _is_kept(twin: Any) -> bool:
    try:
        with transaction.atomic():
            type(twin)._base_manager.bulk_create([twin])
    except DatabaseError:
        return False
    return True
