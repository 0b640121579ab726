"""What networks got of messages as imports see it: one row for a message and a network, about a message that is there already.

    {"uuid": "", "message": "Open day", "network": "facebook", "language": "", "text": "Come along", "account": "", "state": "by_hand",
     "address": "https://…", "posted_on": "2026-05-01"}

Other words, approval, an address that somebody pasted, taken down: what the page of a variant lets people do. That a post is confirmed or
has failed only the network says. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, Origin
from barnraise.plumbing.imports.sockets.cells import built
from barnraise.plumbing.journal.services import add_changes

from . import facing
from .faults import is_web
from .intake import TWICE, as_id, bad
from .models import SocialAccount, Variant
from .selectors import VARIANT
from .services import OPEN, REACHED_FROM, amend_variants, fit

State = Variant.State
NO_VARIANT = gettext_noop("No message “%(said)s” has a variant for this network. Take the message in first.")
SEVERAL = gettext_noop("Several messages are called “%(said)s”. Say the language, or the id of the variant.")
UNKNOWN = gettext_noop("No variant has this id.")
OTHER = gettext_noop("The variant with this id is another one. Leave the id empty, or mend this.")
STANDS = gettext_noop("It stands in the network already, or is on its way.")
NO_ACCOUNT = gettext_noop("We have no account “%(said)s” at this network.")
ONLY_THE_NETWORK = gettext_noop("Only the network says so. Write “by hand” with the address of the post.")
NOT_APPROVED = gettext_noop("Only what was approved is posted. Approve it first.")
NOT_APPROVABLE = gettext_noop("Only a draft is approved.")
NOT_A_DRAFT = gettext_noop("Only what was approved becomes a draft again; other words make one, too.")
NOT_POSTED = gettext_noop("It does not stand in the network.")
NO_ADDRESS = gettext_noop("Paste the address of the post: it begins with https://.")
BY_HAND = gettext_noop("Write “by hand” as its state, too.")
NOT_COME = gettext_noop("This day has not come yet.")
TEXTS = {"message": 120, "account": 120, "address": 500, "uuid": 40}
NOON = time(12)


class Variants(AddedOnly):
    """The noun "post_variants" for imports."""

    name = "post_variants"
    list_url_name = "social:variants"
    kind = VARIANT
    title: Any = _("Posts by network")
    only_adds = False
    told_by = ("uuid", "message", "network", "language")

    @property
    def fields(self) -> Sequence[Field]:
        """See Noun. The networks are those that are plugged."""
        return (
            Field("message", _("Message"), is_required=True, aliases=("message", "name", "mensaje")),
            Field("network", _("Network"), "choice", is_required=True, is_shared=True, options=tuple(facing.choices()), aliases=("network", "red")),
            Field("language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES), aliases=("language", "idioma")),
            Field("text", _("Text"), aliases=("text", "words", "texto")),
            Field("account", _("Account"), is_shared=True, aliases=("account", "cuenta")),
            Field("state", _("State"), "choice", options=tuple(State.choices), aliases=("state", "status", "estado")),
            Field("address", _("Address of the post"), aliases=("address", "permalink", "post url", "url", "direccion")),
            Field("posted_on", _("Posted"), "date", aliases=("posted", "posted on", "publicado el")),
            Field("uuid", _("Id"), aliases=("id", "uuid", "number in this installation")),
        )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its id, else message, network and language."""
        said = f"{document['network']} {document['language']} {document['message']}"
        return str(document["uuid"]) or fold(said)[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The variant that each row is about, or why it cannot be taken."""
        rows = _Rows(documents)
        seen: set[int] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            there = rows.of(one)
            fault = there if isinstance(there, Bad) else _fault(one, there, rows.accounts)
            if isinstance(there, Bad) or fault is not None:
                found.append(fault)
            elif there.pk in seen:
                found.append(bad("message", one["message"], TWICE))
            else:
                seen.add(there.pk)
                found.append(there.pk)
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
        """See Noun. Nothing is added: a message brings its variants."""
        if creates:
            raise TypeError("A row about what is not here is refused, never written.")
        there = Variant.objects.in_bulk([key for key, _one in updates])
        accounts = _accounts({str(one.get("account") or "") for _key, one in updates})
        given = [(key, _values(one, there[key], accounts, by)) for key, one in updates if key in there]
        add_changes(change_set=change_set, changes=amend_variants(given, at=timezone.now()))
        return []

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Which message, and where."""
        return [f"{one['message']}, {facing.title_of(str(one['network']))}" for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Variant.objects.select_related("account").filter(pk__in=keys)
        return {row.pk: _document(row) for row in rows}


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts=TEXTS, days=("posted_on",), choices=("network", "language", "state"))
    text = str(values.get("text") or "").replace("\x00", "").replace("\r\n", "\n").strip()
    return {**out, "text": text[:70_000], "uuid": as_id(out["uuid"])}


def _document(row: Variant) -> Document:
    """A variant as a file says it."""
    return {
        "text": row.text.replace("\r\n", "\n"),
        "account": row.account.name if row.account else "",
        "state": row.state,
        "address": row.address,
        "posted_on": timezone.localdate(row.posted_at).isoformat() if row.posted_at else None,
    }


def _accounts(names: set[str]) -> dict[tuple[str, str], SocialAccount]:
    """Accounts of ours by network and folded name."""
    wanted = {fold(one) for one in names if one}
    rows = SocialAccount.objects.filter(ended_at__isnull=True) if wanted else ()
    return {(row.network, fold(row.name)): row for row in rows if fold(row.name) in wanted}


class _Rows:
    """The variants that the rows of a file are about, looked up at once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        rows = Variant.objects.select_related("message", "account")
        ids = {str(one["uuid"]) for one in documents if one["uuid"]}
        self.by_id = {str(row.uuid): row for row in rows.filter(uuid__in=ids)} if ids else {}
        names = {fold(str(one["message"]))[:120] for one in documents if not one["uuid"]}
        self.by_name: dict[tuple[str, str], list[Variant]] = {}
        for row in rows.filter(message__name_folded__in=names).order_by("pk"):
            self.by_name.setdefault((row.message.name_folded, row.network), []).append(row)
        self.accounts = _accounts({str(one["account"]) for one in documents})

    def of(self, one: Document) -> Variant | Bad:
        """The one that a row is about."""
        name = fold(str(one["message"]))[:120]
        if one["uuid"]:
            row = self.by_id.get(str(one["uuid"]))
            if row is None:
                return bad("uuid", one["uuid"], UNKNOWN)
            if row.message.name_folded != name:
                return bad("message", one["message"], OTHER)
            return row if row.network == one["network"] else bad("network", one["network"], OTHER)
        rows = self.by_name.get((name, str(one["network"])), [])
        if one["language"]:
            rows = [row for row in rows if row.message.language == one["language"]]
        if len(rows) != 1:
            return bad("message", one["message"], SEVERAL if rows else NO_VARIANT)
        return rows[0]


def _fault(one: Document, there: Variant, accounts: Mapping[tuple[str, str], SocialAccount]) -> Bad | None:
    """The first thing that its page would refuse."""
    said = _document(there)
    differ = {name for name in said if one[name] and one[name] != said[name]}
    if "account" in differ and (there.network, fold(str(one["account"]))) not in accounts:
        return bad("account", one["account"], NO_ACCOUNT)
    changed = {"text", "account"} & differ
    if changed and there.state not in OPEN:
        return bad(min(changed), one[min(changed)], STANDS)
    before = State.DRAFT if changed else there.state
    wanted = before if one["state"] in ("", there.state) else one["state"]
    is_posting = wanted == State.BY_HAND and there.state != State.BY_HAND
    if wanted != before and (fault := _step(one, there, str(before), str(wanted))):
        return fault
    for name in ("address", "posted_on"):
        if name in differ and not is_posting:
            return bad(name, one[name], STANDS if there.posted_at else BY_HAND)
    return None


REASONS = {
    State.DRAFT.value: NOT_A_DRAFT,
    State.APPROVED.value: NOT_APPROVABLE,
    State.BY_HAND.value: NOT_APPROVED,
    State.DOWN.value: NOT_POSTED,
}
"""By the state that a file may write: what is said when it is not reached from the one before."""


def _step(one: Document, there: Variant, before: str, wanted: str) -> Bad | None:
    if wanted not in REASONS:
        return bad("state", one["state"], ONLY_THE_NETWORK)
    if before not in REACHED_FROM[wanted]:
        return bad("state", one["state"], REASONS[wanted])
    if wanted == State.BY_HAND:
        if not is_web(str(one["address"])):
            return bad("address", one["address"], NO_ADDRESS)
        if one["posted_on"] and str(one["posted_on"]) > timezone.localdate().isoformat():
            return bad("posted_on", one["posted_on"], NOT_COME)
    return _unfit(one, there) if wanted in (State.APPROVED, State.BY_HAND) else None


def _unfit(one: Document, there: Variant) -> Bad | None:
    """What the network would refuse about the text as it becomes."""
    kept, there.text = there.text, str(one["text"] or there.text)
    try:
        fit(there)
    except ValidationError as no:
        field = "text" if hasattr(no, "error_dict") else "state"
        return bad(field, str(one[field])[:80], " ".join(no.messages))
    finally:
        there.text = kept
    return None


def _values(
    one: Document, there: Variant, accounts: Mapping[tuple[str, str], SocialAccount], by: Any
) -> dict[str, Any]:
    """Fields of a variant, by those that a row gives another value."""
    out: dict[str, Any] = {}
    if "text" in one:
        # Under the old key the network would confirm the old words, had they arrived after all.
        out |= {"text": one["text"], "key": uuid4()}
    if "account" in one:
        out["account"] = accounts.get((there.network, fold(str(one["account"]))), there.account)
    wanted = str(one.get("state") or (State.DRAFT if out else there.state))
    if wanted == there.state and not out:
        return out
    if wanted in (State.DRAFT, State.APPROVED):
        out |= {"state": wanted, "reason": "", "approved_by": by if wanted == State.APPROVED else None}
    elif wanted == State.BY_HAND:
        said = one.get("posted_on")
        noon = datetime.combine(date.fromisoformat(str(said)), NOON) if said else None
        posted = min(timezone.make_aware(noon), timezone.now()) if noon else timezone.now()
        out |= {"state": wanted, "address": one["address"], "posted_at": posted, "reason": ""}
    elif wanted == State.DOWN:
        out["state"] = wanted
    return out
