"""Erase a person everywhere. Only that it happened, when, and keyed hashes of the addresses stay."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.belongings import belonging_to
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..erasing import digest, digests, of_address
from ..models import ErasedAddress, Erasure, Person, PersonContact
from ..selectors import KIND

HASHED = ("email", "phone")
"""Kinds of contact of which a hash stays."""


def erase_person(person: Person, *, by: Any) -> Erasure:
    """Nothing that tells who it was is left in any room, nor in the journal, search, files and imports. Cannot be undone.

    Raises ValidationError when a room still holds the person; then nothing has changed.
    """
    with transaction.atomic():
        reached = PersonContact.objects.filter(person=person, kind__in=HASHED).values_list("kind", "value")
        erasure = Erasure.objects.create(
            person=digest(str(person.uuid)),
            erased_on=timezone.localdate(),
            by=by if getattr(by, "pk", None) else None,
        )
        ErasedAddress.objects.bulk_create(
            ErasedAddress(erasure=erasure, digest=digest(of_address(kind, value))) for kind, value in reached
        )
        _erase(person, by)
        record(by=by, verb="people.erased", about=[])
        transaction.on_commit(partial(_write_down, [erasure.pk]))
    return erasure


def _erase(person: Person, by: Any) -> None:
    ref = Ref.to(person)
    for _name, plug in belonging_to(KIND):
        plug.erase(ref, by=by)
    if Person.objects.filter(pk=person.pk).exists():
        raise ValidationError(_("Other records still hold this person; nothing was erased."))


def record_of_erasures() -> Path:
    """The file beside the database that a restore of an older backup is held against."""
    return Path(settings.DATA) / "erasures.jsonl"


def _line(erasure: Erasure) -> str:
    told = {
        "uuid": str(erasure.uuid),
        "person": erasure.person,
        "erased_on": erasure.erased_on.isoformat(),
        "addresses": sorted(erasure.addresses.values_list("digest", flat=True)),
    }
    return json.dumps(told) + "\n"


def _write_down(keys: list[int]) -> None:
    lines = [_line(row) for row in Erasure.objects.filter(pk__in=keys).order_by("pk")]
    path = record_of_erasures()
    with path.open("a", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)


def _written_down() -> dict[UUID, dict[str, Any]]:
    path = record_of_erasures()
    found: dict[UUID, dict[str, Any]] = {}
    if not path.exists():
        return found
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            told = json.loads(line)
            found[UUID(told["uuid"])] = told
        except (ValueError, KeyError, TypeError):
            continue  # the line a crash cut short: its erasure is still in the database
    return found


def apply_erasures_again() -> int:
    """Hold the database against DATA/erasures.jsonl, as after the restore of an older backup: whom it lists is erased again.

    Also writes down erasures that the file lacks. Returns how many people were erased. Cheap when both agree.
    """
    listed = _written_down()
    known = set(Erasure.objects.values_list("uuid", flat=True))
    missing = [Erasure.objects.get(uuid=uuid).pk for uuid in known - set(listed)]
    if missing:
        _write_down(missing)
    again = {told["person"]: told for uuid, told in listed.items() if uuid not in known}
    if not again:
        return 0
    there = digests(str(uuid) for uuid in Person.objects.values_list("uuid", flat=True))
    count = 0
    with transaction.atomic():
        for person, told in again.items():
            uuid = there.get(person)
            if uuid is not None:
                _erase(Person.objects.get(uuid=uuid), None)
                count += 1
            erasure = Erasure.objects.create(
                uuid=told["uuid"], person=person, erased_on=date.fromisoformat(told["erased_on"])
            )
            ErasedAddress.objects.bulk_create(
                ErasedAddress(erasure=erasure, digest=one) for one in told["addresses"]
            )
        record(by=None, verb="people.erased_again", about=[], details={"count": count})
    return count
