"""What of this room hangs on a person or an organisation, for the socket of belongings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext

from barnraise.foundation.belongings import Belonging
from barnraise.foundation.refs import Ref

from . import selectors, services


def _merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on(keep, absorb, change_set=change_set)


def _hosts_merged(keep: Ref, absorb: Ref, *, by: Any, change_set: Any) -> None:
    services.hand_on_hosts(keep, absorb, change_set=change_set)


def _erased(ref: Ref, *, by: Any) -> None:
    services.let_go(ref, by=by)


def _host_erased(ref: Ref, *, by: Any) -> None:
    services.let_go_of_host(ref, by=by)


def _told(ref: Ref) -> Mapping[str, Any]:
    found = selectors.everything_of(ref)
    return {"events": found} if found else {}


def _hosted(ref: Ref) -> Mapping[str, Any]:
    found = [
        {"event": row.event.title, "begins": row.event.starts_at.isoformat(), "share": row.share}
        for row in selectors.hosting(ref).order_by("event__starts_at", "id")
    ]
    return {"events_hosted": found} if found else {}


def _held(refs: Sequence[Ref]) -> set[int]:
    return selectors.with_registrations(refs)


def _hindering(ref: Ref) -> str:
    rows: Any = selectors.hosting(ref) if ref.model == "organisation" else None
    count = rows.count() if rows is not None else len(selectors.everything_of(ref))
    if not count:
        return ""
    return ngettext("%(count)d event", "%(count)d events", count) % {"count": count}


PEOPLE = Belonging(
    models=("events.Registration",),
    kinds=("people.person",),
    merge=_merged,
    export=_told,
    erase=_erased,
    holds=_held,
    hinders=_hindering,
)
ORGANISATIONS = Belonging(
    models=("events.CoHost",),
    kinds=("organisations.organisation",),
    merge=_hosts_merged,
    export=_hosted,
    erase=_host_erased,
    holds=_held,
    hinders=_hindering,
)
