"""Our accounts at networks as imports see them, one row each. Tokens never come by file, and none is given out.

    {"uuid": "", "network": "mastodon", "name": "Us", "address": "https://…", "server": "https://mastodon.example", "state": ""}

An account is told by its id, else by network and name; with its id, another name renames it. "ended" ends it and forgets its token, as does
another server. That we post there by ourselves is said on its page, with the token. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built, first_change, refusal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.ui.faults import refuse

from . import facing
from .faults import MOST, account_faults
from .intake import TWICE, as_id, bad
from .models import SocialAccount
from .selectors import ACCOUNT
from .services import amend_accounts, write_accounts

UNKNOWN = gettext_noop("No account has this id. Leave it empty to take in a new one.")
ELSEWHERE = gettext_noop("The account with this id is at another network.")
SEVERAL = gettext_noop("Several accounts are called “%(said)s”. Give the id of the one you mean.")
HAS_ENDED = gettext_noop("This account has ended; nothing of it changes.")
ON_ITS_PAGE = gettext_noop("Whether we post there is said on its page, with the token.")
_TEXTS = {"name": MOST["name"], "address": 300, "server": MOST["server"], "uuid": 40}


class Accounts(AddedOnly):
    """The noun "social_accounts" for imports."""

    name = "social_accounts"
    list_url_name = "social:accounts"
    kind = ACCOUNT
    title: Any = _("Accounts at networks")
    only_adds = False
    fills: Mapping[str, Any] = {"state": facing.BY_HAND}

    @property
    def fields(self) -> Sequence[Field]:
        """See Noun. The networks are those that are plugged."""
        return (
            Field("name", _("Name"), is_required=True, aliases=("name", "account", "nombre", "cuenta")),
            Field("network", _("Network"), "choice", is_required=True, is_shared=True, options=tuple(facing.choices()), aliases=("network", "red")),
            Field("address", _("Public address"), aliases=("public address", "address", "url", "direccion publica", "direccion")),
            Field("server", _("Server"), aliases=("server", "servidor"), hint=_("Only for Mastodon: the address of its server, like https://mastodon.example.")),
            Field("state", _("State"), "choice", options=facing.ACCOUNT_STATES, aliases=("state", "estado")),
            Field("uuid", _("Id"), aliases=("id", "uuid", "number in this installation")),
        )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def told_in(self, document: Document) -> Collection[str]:
        """The name too, where no id says which account is meant."""
        return ("network", "uuid") if document["uuid"] else ("network", "uuid", "name")

    def source_key(self, document: Document) -> str:
        """Its id, else network and name."""
        return str(document["uuid"]) or fold(f"{document['network']} {document['name']}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same account, None for a new one, or why it cannot be so."""
        by_id: dict[str, SocialAccount] = {}
        named: dict[tuple[str, str], list[SocialAccount]] = {}
        for row in SocialAccount.objects.order_by("pk"):
            by_id[str(row.uuid)] = row
            named.setdefault((row.network, fold(row.name)), []).append(row)
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = (str(one["network"]), fold(str(one["name"])))
            called = named.get(key, [])
            there = by_id.get(str(one["uuid"])) if one["uuid"] else next(iter(called), None)
            if not one["uuid"] and len(called) > 1:
                fault: Bad | None = bad("name", one["name"], SEVERAL)
            elif one["uuid"] and there is None:
                fault = bad("uuid", one["uuid"], UNKNOWN)
            elif (there.pk if there else key) in seen:
                fault = bad("name", one["name"], TWICE)
            else:
                fault = _fault(one, there)
            seen.add(there.pk if there else key)
            found.append(fault or (there.pk if there else None))
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        at = timezone.now()
        rows = write_accounts([{"network": one["network"], **_values(one)} for one in creates], at=at)
        changes = [Change(kind=ACCOUNT, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend_accounts([(key, _values(one)) for key, one in updates], at=at)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {row.pk: _document(row) for row in SocialAccount.objects.filter(pk__in=keys)}

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=_TEXTS, choices=("network", "state"))
    return {**out, "server": out["server"].rstrip("/"), "uuid": as_id(out["uuid"])}


def _document(row: SocialAccount) -> Document:
    """What of an account a file may change."""
    return {
        "name": row.name,
        "address": row.address,
        "server": row.server,
        "state": facing.account_state(row),
    }


def _fault(one: Document, there: SocialAccount | None) -> Bad | None:
    """Why it may not be said, changed or ended so."""
    before: Document = _document(there) if there is not None else {"state": facing.BY_HAND}
    if there is not None and there.network != one["network"]:
        return bad("network", one["network"], ELSEWHERE)
    if there is not None and there.ended_at is not None:
        changed = first_change(one, before)
        return bad(changed, one[changed], HAS_ENDED) if changed else None
    if one["state"] not in ("", facing.ENDED, before["state"]):
        return bad("state", one["state"], ON_ITS_PAGE)
    said = {name: str(one[name] or before.get(name) or "") for name in ("name", "address", "server")}
    row = SocialAccount(network=str(one["network"]), **said)
    return refusal(one, lambda: refuse(account_faults(row)))


def _values(one: Document) -> dict[str, Any]:
    """Fields of an account by what a row says; blanks say nothing."""
    out: dict[str, Any] = {name: one[name] for name in ("name", "address", "server") if one.get(name)}
    return {**out, "is_ended": True} if one.get("state") == facing.ENDED else out
