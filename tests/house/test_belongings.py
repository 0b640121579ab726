"""Whatever hangs on a person is declared: how it is merged, exported and erased."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from barnraise.foundation.belongings import belonging_to
from barnraise.who.people.models import Person

KIND = "people.person"
REFERENCES = {"subject", "respondent", "recipient"}
"""Text columns that hold a whole reference ("label.model:id")."""


def _own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("barnraise.")]


def _declared() -> set[str]:
    return {label for _name, plug in belonging_to(KIND) for label in plug.models}


def _keys_to_people(model: type[models.Model]) -> list[str]:
    """Fields of the table, and tables of its many-to-many fields, that hold a person's key."""
    meta: Any = model._meta
    found = [
        meta.label for field in meta.concrete_fields if field.is_relation and field.related_model is Person
    ]
    for field in meta.local_many_to_many:
        if Person in (field.related_model, model):
            found.append(field.remote_field.through._meta.label)
    return found


def _may_name_anything(model: type[models.Model]) -> bool:
    """It has a column with the key of any noun, or one with a whole reference."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return isinstance(fields.get("key"), models.BigIntegerField) or any(
        isinstance(fields.get(name), models.CharField) for name in REFERENCES
    )


def test_every_table_that_knows_a_person_is_declared_as_a_belonging():
    bad = sorted({label for model in _own_models() for label in _keys_to_people(model)} - _declared())
    assert bad == [], "plug into foundation.belongings who merges, exports and erases these rows"


def test_every_table_that_may_refer_to_a_person_is_declared_as_a_belonging():
    bad = sorted({model._meta.label for model in _own_models() if _may_name_anything(model)} - _declared())
    assert bad == [], "plug into foundation.belongings who merges, exports and erases these rows"


def test_what_is_declared_is_there():
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert sorted(_declared() - known) == []
