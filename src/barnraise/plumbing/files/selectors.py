"""Reads of files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from barnraise.foundation.policy import leads, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import kinds

from .models import File


def file_by_uuid(uuid: UUID) -> File:
    """The file with its owner. Raises File.DoesNotExist."""
    return File.objects.select_related("owner").get(uuid=uuid)


def visible(actor: Any) -> QuerySet[File]:
    """The files this actor may see, with owners: the same answer as policies.may_see, as a selection."""
    if not team(actor):
        return File.objects.none()
    rows = File.objects.select_related("owner")
    closed = [kind for kind, known in kinds.items() if not known.policy(actor, None)]
    rows = rows.exclude(kind__in=closed)
    if leads(actor):
        return rows
    return rows.filter(Q(visibility=File.Visibility.TEAM) | Q(owner_id=actor.pk))


def files_about(ref: Ref, *, actor: Any) -> QuerySet[File]:
    """What this actor may see of the files about one thing, newest first."""
    return visible(actor).filter(kind=ref.kind, key=ref.id).order_by("-id")
