"""What a file may be about, and where a page goes back to."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.http import url_has_allowed_host_and_scheme

from barnraise.foundation.policy import Refused
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import kinds


def subject(text: str, actor: Any) -> Ref | None:
    """The thing a file is to be about; "" is none. Raises Http404 for what does not exist, Refused for what is closed to the actor."""
    if not text:
        return None
    try:
        ref = Ref.parse(text)
    except ValueError:
        raise Http404 from None
    known = kinds.find(ref.kind)
    if known is None or ref.id >= 2**63:
        raise Http404
    if not known.policy(actor, None):
        raise Refused
    if ref.id not in known.titles([ref.id]):
        raise Http404
    return ref


def way_back(about: Ref | None, wanted: str = "", *, host: str = "") -> str:
    """A local address: the one asked for when it is on this site, else the thing's page, else home."""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={host}):
        return wanted
    known = kinds.find(about.kind) if about else None
    return known.url(about.id) if known and about else "/"
