"""Messages as imports see them, one row each.

    {"uuid": "", "name": "Open day", "text": "Come along", "link": "https://…", "language": "en", "owner": "bob@example.org"}

A message is told by its id, or by name and language; the rest of a row changes the one that is there, and drafts that said what it said
follow, as on its page. A blank changes nothing. What becomes of it at each network is told by a file of its own (see intake_variants).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.accounts.selectors import accounts, addresses_by_call
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import given
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation

from .faults import MOST, is_web
from .models import Message
from .selectors import KIND, owners
from .services import New, amend_messages, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
EMPTY = gettext_noop("Write this too.")
NO_LINK = gettext_noop("“%(said)s” is no web address.")
NOT_AN_ID = gettext_noop("“%(said)s” is no id. Leave it empty where you have none.")
UNKNOWN = gettext_noop("No message has this id. Leave it empty to take in a new one.")

FIELDS: tuple[Field, ...] = (
    Field("name", _("Name, for the team"), is_required=True, aliases=("name", "title", "nombre", "titulo")),
    Field(
        "text", _("What to say"), is_required=True, aliases=("text", "message", "post", "texto", "mensaje")
    ),
    Field("link", _("Leads to"), aliases=("link", "url", "leads to", "enlace")),
    Field(
        "language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES),
        aliases=("language", "lang", "idioma"),
    ),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
    Field(
        "uuid", _("Id"), aliases=("id", "uuid", "number in this installation"),
        hint=_("As the list hands it out: then the row is that message, whatever else it says."),
    ),
)  # fmt: skip


def bad(field: str, said: Any, reason: Any) -> Bad:
    """The refusal of a row at this field."""
    text = str(said or "")
    return Bad(0, field, text, str(reason), {"said": text[:80]})


def as_id(said: str) -> str:
    """An id as text, "" for none. Raises FieldRefused."""
    try:
        return str(UUID(said)) if said else ""
    except ValueError:
        raise FieldRefused("uuid", said, NOT_AN_ID, said=said[:40]) from None


class Messages(AddedOnly):
    """The noun "posts" for imports."""

    name = "posts"
    list_url_name = "social:list"
    kind = KIND
    title: Any = _("Posts")
    fields: Sequence[Field] = FIELDS
    only_adds = False

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        words, language = addresses_by_call(accounts()), installation().default_language
        return lambda values: _message(values, words, language)

    def told_in(self, document: Document) -> Collection[str]:
        """See AddedOnly."""
        return ("uuid",) if document["uuid"] else ("uuid", "name", "language")

    def source_key(self, document: Document) -> str:
        """Its id, else name and language."""
        return str(document["uuid"]) or fold(f"{document.get('language')} {document.get('name')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same message, None for a new one; Bad for one that stands twice in the file, or is given to nobody of the team."""
        rows, known = _rows(documents), _known(documents)
        accounts = {one.email for one in owners()}
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = (fold(str(one["name"]))[:120], str(one["language"]))
            there = rows.get(str(one["uuid"])) if one["uuid"] else known.get(key)
            kept = there.owner.email if there is not None and there.owner is not None else ""
            fault = None
            if one["uuid"] and there is None:
                fault = bad("uuid", one["uuid"], UNKNOWN)
            elif one["owner"] and one["owner"] not in {*accounts, kept}:
                fault = bad("owner", one["owner"], NO_OWNER)
            elif (there.pk if there else key) in seen:
                fault = bad("name", one["name"], TWICE)
            else:
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
        accounts, now = {one.email: one.pk for one in owners()}, timezone.now()
        news = [
            New(
                name=str(one["name"]),
                text=str(one["text"]),
                language=str(one["language"]),
                link=str(one["link"]),
                owner=accounts.get(str(one["owner"])),
            )
            for one in creates
        ]
        rows = write(news, by=by, at=now)
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend_messages([(key, _amended(one, accounts)) for key, one in updates], at=now)
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Message.objects.select_related("owner").filter(pk__in=keys)
        return {
            row.pk: {
                "name": row.name,
                "text": row.text.replace("\r\n", "\n"),
                "link": row.link,
                "language": row.language,
                "owner": row.owner.email if row.owner else "",
            }
            for row in rows
        }


def _rows(documents: Sequence[Document]) -> dict[str, Message]:
    """Messages by their id."""
    said = {str(one["uuid"]) for one in documents if one["uuid"]}
    rows = Message.objects.select_related("owner").filter(uuid__in=said)
    return {str(row.uuid): row for row in rows} if said else {}


def _known(documents: Sequence[Document]) -> dict[tuple[str, str], Message]:
    """Messages by name and language."""
    names = {fold(str(one["name"]))[:120] for one in documents}
    rows = Message.objects.select_related("owner").filter(name_folded__in=names).order_by("pk")
    return {(row.name_folded, row.language): row for row in rows}


def _amended(one: Document, accounts: Mapping[str, int]) -> dict[str, Any]:
    out = given(one)
    if "owner" in out:
        out["owner_id"] = accounts.get(str(out.pop("owner")))
    return out


def _message(values: Mapping[str, Any], owners: Mapping[str, str], language: str) -> Document:
    """The document of mapped cells; `owners`: e-mail addresses by what accounts are called. Raises FieldRefused."""
    out: dict[str, Any] = {}
    for name in ("name", "text", "link", "owner", "uuid"):
        text = str(values.get(name) or "").replace("\x00", "").replace("\r\n", "\n").strip()
        out[name] = text if name == "text" else squeeze(text)
        if name in MOST and len(out[name]) > MOST[name]:
            raise FieldRefused(name, out[name][:80], TOO_LONG, most=MOST[name])
    for name in ("name", "text"):
        if not out[name]:
            raise FieldRefused(name, "", EMPTY)
    if out["link"] and not is_web(out["link"]):
        raise FieldRefused("link", out["link"], NO_LINK, said=out["link"][:80])
    if out["owner"] and out["owner"].casefold() not in owners:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    out["owner"] = owners.get(out["owner"].casefold(), "")
    out["uuid"] = as_id(out["uuid"])
    out["language"] = values.get("language") or ("" if out["uuid"] else language)
    return out
