"""Where facts come from, as rows that facts can point to."""

from __future__ import annotations

from typing import Any

from ..models import Source


def source_of(*, kind: str, reference: str, name: str) -> Source:
    """The source with that kind and reference, made when it is new; `name` is how people will read it (<= 200)."""
    found, _ = Source.objects.get_or_create(
        kind=kind, reference=reference[:120], defaults={"name": name[:200]}
    )
    return found


def person_source(by: Any) -> Source:
    """The source of what this account types; None is Barnraise itself."""
    if getattr(by, "pk", None) is None:
        return source_of(kind=Source.Kind.PROGRAM, reference="barnraise", name="Barnraise")
    return source_of(kind=Source.Kind.PERSON, reference=f"accounts.account:{by.pk}", name=str(by))
