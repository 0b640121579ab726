"""Playbooks, and where they were installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.hanging import hanging

from ..models import Installation, Playbook

KIND, INSTALLATION = "playbooks.playbook", "playbooks.installation"
FANNED = 50


def listed(actor: Any = None) -> QuerySet[Playbook]:
    """All playbooks with how often they were installed, without what their files say."""
    return Playbook.objects.annotate(installed=hanging(Installation.objects.all(), "playbook")).defer(
        "document"
    )


def one(uuid: UUID) -> Playbook:
    """Raises Playbook.DoesNotExist."""
    return Playbook.objects.get(uuid=uuid)


def one_by_key(key: int) -> Playbook:
    """Raises Playbook.DoesNotExist."""
    return Playbook.objects.get(pk=key)


def in_state(name: str) -> Q:
    """Those in use ("open"), or retired."""
    return Q(retired_on__isnull=name == "open")


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Playbook.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def installations_of(playbook: Playbook) -> list[Installation]:
    """Where it was installed, the latest first."""
    return list(playbook.installations.select_related("by").order_by("-created_at", "-pk")[:FANNED])


def of_source(ref: str) -> list[Playbook]:
    """Playbooks made from this goal or project, the latest first."""
    return list(Playbook.objects.filter(naming("source", ref)).defer("document").order_by("-pk")[:FANNED])


def upstream(ref: Ref) -> list[Ref]:
    """What it was made from."""
    texts = Playbook.objects.filter(pk=ref.id).exclude(source="").values_list("source", flat=True)
    return [Ref.parse(text) for text in texts]


def downstream(ref: Ref) -> list[Ref]:
    """The goals and projects that its installations made."""
    found = []
    for made in (
        Installation.objects.filter(playbook_id=ref.id).order_by("pk").values_list("made", flat=True)[:FANNED]
    ):
        refs = [Ref.parse(text) for text in made]
        found += [one for one in refs if one.kind in {"goals.goal", "projects.project"}]
    return found


def made_from(ref: Ref) -> list[Ref]:
    """The playbooks made from a goal or project."""
    keys = (
        Playbook.objects.filter(naming("source", ref)).order_by("-pk").values_list("pk", flat=True)[:FANNED]
    )
    return [Ref("playbooks", "playbook", key) for key in keys]


def came_from(ref: Ref) -> list[Ref]:
    """The playbook that a goal or project was installed from. Installations are dozens, so all of them are looked through."""
    rows = Installation.objects.order_by("-pk").values_list("playbook_id", "made")[:500]
    return [Ref("playbooks", "playbook", key) for key, made in rows if str(ref) in made][:1]
