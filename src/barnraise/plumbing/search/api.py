"""Search for programs."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.plumbing.ui.sockets import kinds

from .policies import may_search
from .selectors import find

router = rest.router(tags=["Search"])


class HitOut(Schema):
    """A thing that was found."""

    kind: str = Field(description='The kind of thing, like "organisations.organisation".')
    title: str = Field(description="Its name.")
    snippet: str = Field(description="The beginning of what else is known of it.")
    score: float = Field(description="0 to 100; above 60 every word asked is there, up to 60 it is alike.")
    path: str = Field(description="Its page on this site; empty when it has none.")


class HitsOut(Schema):
    """What was found, best first."""

    items: list[HitOut] = Field(description="The hits.")


@router.get("/search", response=HitsOut, summary="Search everything")
@rest.asks(may_search)
def search(
    request: HttpRequest,
    q: Annotated[
        str, Query(..., max_length=1_000, description="Words, beginnings of words, or an identifier.")
    ],
    limit: Annotated[int, Query(ge=1, le=100, description="Hits at most.")] = 20,
) -> Any:
    """What the caller may see of what fits."""
    hits = find(q, actor=request.user, limit=limit)
    return {"items": [_shape(hit) for hit in hits]}


def _shape(hit: Any) -> dict[str, Any]:
    known = kinds.find(hit.ref.kind)
    return {
        "kind": hit.ref.kind,
        "title": hit.title,
        "snippet": hit.snippet,
        "score": hit.score,
        "path": known.url(hit.ref.id) if known else "",
    }
