"""Messages and reach as imports see them, one row each.

    {"name": "Open day", "text": "Come along", "link": "https://…", "language": "en", "owner": "bob@example.org"}
    {"address": "https://mastodon.example/@us/1", "on": "2026-05-01", "reached": 420, "engaged": 12}

The same message (name and language), and the reach of the same post on the same day, are left as they are when found again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.profile.selectors import installation

from .faults import MOST, is_web, reach_faults
from .models import Message, Reach, Variant
from .selectors import KIND, REACH, owners
from .services import New, write, write_reaches

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NO_OWNER = gettext_noop("Nobody of the team has the e-mail “%(said)s”.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")
EMPTY = gettext_noop("Write this too.")
NO_LINK = gettext_noop("“%(said)s” is no web address.")
NO_POST = gettext_noop("No post stands at “%(said)s”.")
SEVERAL = gettext_noop("Several posts stand at “%(said)s”.")
NO_NUMBER = gettext_noop("“%(said)s” is no whole number.")
TOO_EARLY = gettext_noop("This is before it was posted.")

FIELDS: tuple[Field, ...] = (
    Field("name", _("Name, for the team"), is_required=True, aliases=("name", "title", "nombre", "titulo")),
    Field("text", _("What to say"), is_required=True, aliases=("text", "message", "post", "texto", "mensaje")),
    Field("link", _("Leads to"), aliases=("link", "url", "leads to", "enlace")),
    Field(
        "language", _("Language"), "choice", is_shared=True, options=tuple(settings.LANGUAGES),
        aliases=("language", "lang", "idioma"),
    ),
    Field(
        "owner", _("Who sees to it"), is_shared=True, aliases=("owner", "who sees to it", "responsable"),
        hint=_("E-mail of an account of the team."),
    ),
)  # fmt: skip
REACHES: tuple[Field, ...] = (
    Field("address", _("Address of the post"), is_required=True, aliases=("address", "permalink", "post url", "url", "direccion")),
    Field("on", _("Until the day"), "date", is_required=True, is_shared=True, aliases=("on", "date", "until", "day", "fecha", "hasta")),
    Field("reached", _("People reached"), is_required=True, aliases=("reached", "reach", "impressions", "views", "alcance")),
    Field("engaged", _("Reactions, comments, shares"), aliases=("engaged", "engagements", "interactions", "interacciones")),
)  # fmt: skip


def _bad(field: str, said: str, reason: str) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


class Messages(AddedOnly):
    """The noun "posts" for imports."""

    name = "posts"
    list_url_name = "social:list"
    kind = KIND
    title: Any = _("Posts")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        accounts = {one.email for one in owners()}
        language = installation().default_language
        return lambda values: _message(values, accounts, language)

    def source_key(self, document: Document) -> str:
        """Name and language."""
        return fold(f"{document.get('language')} {document.get('name')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same message, None for a new one; Bad for one that stands twice in the file."""
        names = {fold(str(one["name"]))[:120] for one in documents}
        rows = Message.objects.filter(name_folded__in=names).values_list("name_folded", "language", "pk")
        known = {(name, language): key for name, language, key in rows}
        seen: set[tuple[str, str]] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            key = (fold(str(one["name"]))[:120], str(one["language"]))
            found.append(_bad("name", str(one["name"]), TWICE) if key in seen else known.get(key))
            seen.add(key)
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
        """See Noun. Messages found again are left as they are."""
        accounts = {one.email: one.pk for one in owners()}
        news = [
            New(
                name=str(one["name"]),
                text=str(one["text"]),
                language=str(one["language"]),
                link=str(one["link"]),
                owner=accounts.get(str(one["owner"]).casefold()),
            )
            for one in creates
        ]
        rows = write(news, by=by, at=timezone.now())
        changes = [Change(kind=KIND, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]


def _message(values: Mapping[str, Any], accounts: Collection[str], language: str) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"language": values.get("language") or language}
    for name in ("name", "text", "link", "owner"):
        text = str(values.get(name) or "").replace("\x00", "").strip()
        out[name] = text if name == "text" else squeeze(text)
        if name in MOST and len(out[name]) > MOST[name]:
            raise FieldRefused(name, out[name][:80], TOO_LONG, most=MOST[name])
    for name in ("name", "text"):
        if not out[name]:
            raise FieldRefused(name, "", EMPTY)
    if out["link"] and not is_web(out["link"]):
        raise FieldRefused("link", out["link"], NO_LINK, said=out["link"][:80])
    if out["owner"] and out["owner"].casefold() not in accounts:
        raise FieldRefused("owner", out["owner"], NO_OWNER, said=out["owner"])
    return out


class Reaches(AddedOnly):
    """The noun "post_reach" for imports."""

    name = "post_reach"
    list_url_name = "social:list"
    kind = REACH
    title: Any = _("Reach of posts")
    fields: Sequence[Field] = REACHES

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _reach

    def source_key(self, document: Document) -> str:
        """Post and day."""
        return f"{document.get('on')} {document.get('address')}"[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same number, None for a new one; Bad where no post stands at the address, or it was not posted yet."""
        posts = _posts(documents)
        rows = Reach.objects.filter(variant_id__in=[row.pk for found in posts.values() for row in found])
        known = {(key, on.isoformat()): pk for key, on, pk in rows.values_list("variant_id", "on", "pk")}
        seen: set[tuple[int, str]] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            address, on = str(one["address"]), str(one["on"])
            here = posts.get(address, [])
            if len(here) != 1:
                found.append(_bad("address", address, SEVERAL if here else NO_POST))
                continue
            key = (here[0].pk, on)
            if key in seen:
                found.append(_bad("address", address, TWICE))
            elif here[0].posted_at and date.fromisoformat(on) < timezone.localdate(here[0].posted_at):
                found.append(_bad("on", on, TOO_EARLY))
            else:
                found.append(known.get(key))
            seen.add(key)
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
        """See Noun. Numbers found again are left as they are."""
        posts = _posts(creates)
        given = [
            (
                posts[str(one["address"])][0].pk,
                date.fromisoformat(str(one["on"])),
                int(one["reached"]),
                one["engaged"],
            )
            for one in creates
        ]
        rows = write_reaches(given, at=timezone.now())
        changes = [Change(kind=REACH, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Where they stand."""
        return [str(one.get("address") or "") for one in documents]


def _posts(documents: Sequence[Document]) -> dict[str, list[Variant]]:
    """Posts by address. One query."""
    found: dict[str, list[Variant]] = {}
    rows = Variant.objects.filter(
        address__in={str(one["address"]) for one in documents}, posted_at__isnull=False
    )
    for row in rows.order_by("pk"):
        found.setdefault(row.address, []).append(row)
    return found


def _reach(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    address = squeeze(str(values.get("address") or ""))
    day = values.get("on")
    if not address:
        raise FieldRefused("address", "", EMPTY)
    if not day:
        raise FieldRefused("on", "", EMPTY)
    on = day if isinstance(day, date) else date.fromisoformat(str(day))
    reached, engaged = _number("reached", values.get("reached")), _number("engaged", values.get("engaged"))
    if reached is None:
        raise FieldRefused("reached", "", EMPTY)
    for field, reason in reach_faults(on, reached, engaged, timezone.localdate()):
        raise FieldRefused(field, str(values.get(field) or ""), str(reason))
    return {"address": address, "on": on.isoformat(), "reached": reached, "engaged": engaged}


def _number(name: str, said: Any) -> int | None:
    text = str(said if said is not None else "").strip()
    text = text.replace("\u00a0", "").replace(" ", "").replace(",", "").removesuffix(".0")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise FieldRefused(name, text, NO_NUMBER, said=text[:40])
    return int(text)
