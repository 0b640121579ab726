"""Roles of a person: add, change, end, take away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.who.organisations import selectors as organisations
from barnraise.who.organisations.models import Organisation

from ..documents import Post
from ..models import Person, Role
from .register import apply, locked

_FIELDS = ("organisation", "title", "kind", "is_main_contact", "started_on", "ended_on", "note")


def add_role(person: Person, *, organisation: Organisation, by: Any, **values: Any) -> Role:
    """A role in this organisation: title, kind, is_main_contact, started_on, ended_on, note. Raises ValidationError on `roles`."""
    post = Post(organisation=organisation.pk, uuid=str(uuid4()), **values)
    with transaction.atomic():
        there = locked(person)
        apply(person, {"roles": (*there.roles, post)}, by=by)
        record(
            by=by,
            verb="people.role_added",
            about=[person, organisation],
            details={"title": post.title} if post.title else None,
        )
        return Role.objects.get(uuid=post.uuid)


def change_role(role: Role, *, by: Any, **values: Any) -> bool:
    """Set fields of a role (`organisation` as a row). True when something changed. Raises ValidationError, Role.DoesNotExist."""
    if unknown := set(values) - set(_FIELDS):
        raise TypeError(f"A role has no field {', '.join(sorted(unknown))}.")
    if "organisation" in values:
        values["organisation"] = values["organisation"].pk
    return _write(role, values, "people.role_changed", by)


def end_role(role: Role, *, by: Any, on: date | None = None) -> bool:
    """The person has not had it since this day (today when none is given). The role stays as history."""
    return _write(role, {"ended_on": on or timezone.localdate()}, "people.role_ended", by)


def remove_role(role: Role, *, by: Any) -> None:
    """Take away a role that was noted by mistake."""
    with transaction.atomic():
        there = locked(role.person)
        kept = tuple(post for post in there.roles if post.uuid != str(role.uuid))
        apply(role.person, {"roles": kept}, by=by)
        record(by=by, verb="people.role_removed", about=[role.person, role.organisation])


def _write(role: Role, values: dict[str, Any], verb: str, by: Any) -> bool:
    with transaction.atomic():
        there = locked(role.person)
        if all(post.uuid != str(role.uuid) for post in there.roles):
            raise Role.DoesNotExist("The role has been removed.")
        roles = tuple(
            replace(post, **values) if post.uuid == str(role.uuid) else post for post in there.roles
        )
        changes = apply(role.person, {"roles": roles}, by=by)
        role.refresh_from_db()
        if changes:
            told = {
                "role_kind" if name == "kind" else name: (
                    _plain(name, getattr(before, name)),
                    _plain(name, getattr(after, name)),
                )
                for before, after in zip(there.roles, roles, strict=True)
                for name in values
                if getattr(before, name) != getattr(after, name)
            }
            record(by=by, verb=verb, about=[role.person, role.organisation], changes=told)
    return bool(changes)


def _plain(name: str, value: Any) -> Any:
    if name == "organisation":
        return organisations.titles([value]).get(value, "")
    return value.isoformat() if isinstance(value, date) else value
