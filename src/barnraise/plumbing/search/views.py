"""The page of search results."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.sockets import kinds

from .folding import MOST_QUERY_TEXT
from .policies import may_search
from .selectors import find_by_kind
from .selectors.find import Hit
from .sockets import documents

EACH = 10
MORE = 100


def _address(hit: Hit) -> str:
    known = kinds.find(hit.ref.kind)
    return known.url(hit.ref.id) if known else ""


@page(may_search)
def results(request: HttpRequest) -> HttpResponse:
    """What fits `q`, by kind: the ten best of each; with `kind` up to a hundred of that one."""
    asked = request.GET.get("q", "").replace("\0", "")[:MOST_QUERY_TEXT]
    kind = request.GET.get("kind", "")
    found = find_by_kind(
        asked, actor=request.user, kinds=[kind] if kind else None, each=MORE if kind else EACH
    )
    groups = [
        {
            "kind": name,
            "noun": documents.get(name).noun,
            "hits": [(hit, _address(hit)) for hit in hits],
            "may_have_more": not kind and len(hits) == EACH,
        }
        for name, hits in found
    ]
    return render(request, "search/results.html", {"asked": asked, "groups": groups, "kind": kind})
