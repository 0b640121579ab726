"""Walking the golden thread, and where it is broken."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from barnraise.foundation.policy import writers
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import threads
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.sockets import kinds, loose_ends

from .policies import may_search
from .selectors import has_threads

DEPTH, SHOWN, ENDS = 4, 50, 20


def _ref(text: str) -> Ref:
    try:
        return Ref.parse(text)
    except ValueError:
        raise Http404 from None


@page(may_search)
def trace(request: HttpRequest, ref: str) -> HttpResponse:
    """One thing, why it is, and what came of it; every name leads one step on."""
    here = _ref(ref)
    described = kinds.find(here.kind)
    if described is None:
        raise Http404
    found, _hidden = threads.named([here], actor=request.user)
    if here not in found:
        raise Http404
    context = {
        "here": found[here],
        "upstream": threads.steps(here, "upstream", actor=request.user, depth=DEPTH, shown=SHOWN),
        "downstream": threads.steps(here, "downstream", actor=request.user, depth=DEPTH, shown=SHOWN),
    }
    return render(request, "desk/trace.html", context)


@page(may_search)
def broken(request: HttpRequest) -> HttpResponse:
    """All that hangs loose, check by check."""
    checks: list[dict[str, Any]] = []
    for name, check in loose_ends.items():
        if not check.policy(request.user, None):
            continue
        total, refs = check.find(ENDS)
        there, hidden = threads.named(refs, actor=request.user)
        shown = list(there.values())
        more = max(0, total - len(shown) - hidden)
        checks.append(
            {
                "name": name.replace(".", "-"),
                "check": check,
                "total": total,
                "things": shown,
                "hidden": hidden,
                "more": more,
            }
        )
    is_whole = not any(one["total"] for one in checks)
    context = {
        "checks": checks,
        "is_whole": is_whole,
        "is_new": is_whole and not has_threads(),
        "may_note": writers(request.user),
    }
    return render(request, "desk/broken.html", context)
