"""Short links as imports see them; their room stands below this one, so that imports plugs the noun on its behalf.

    {"title": "Flyer of May", "target": "/events/", "channels": ["flyer", "poster"], "code": "may", "is_ended": null}

A link is told by its code, one without a code by its title; what else a row says changes the one that is there, and may end it. A blank
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.links import services
from barnraise.plumbing.links.models import ShortLink
from barnraise.plumbing.links.selectors import KIND

from .sockets import AddedOnly, Bad, Document, Field, Origin
from .sockets.cells import built, given, refusal

SEVERAL = gettext_noop("Several short links are called “%(said)s”. Give the code.")
GONE = gettext_noop("It has ended. A short link ends for good.")


class ShortLinks(AddedOnly):
    """The noun "short_links" for imports."""

    name = "short_links"
    list_url_name = "links:index"
    kind = KIND
    title: Any = _("Short links")
    fields: Sequence[Field] = (
        Field("title", _("What it is for"), is_required=True, aliases=("title", "what it is for", "name", "titulo", "para que")),
        Field("target", _("Leads to"), is_required=True, aliases=("target", "leads to", "address", "url", "destino", "lleva a")),
        Field("channels", _("Channels"), "many", aliases=("channels", "channel", "canales", "canal")),
        Field("code", _("Code"), aliases=("code", "short link", "codigo")),
        Field(
            "is_ended", _("Ended"), "choice", options=(("yes", _("Yes")), ("no", _("No"))), aliases=("ended", "is ended", "terminado"),
            hint=_("From now on it says that it has ended."),
        ),
    )  # fmt: skip
    only_adds = False
    told_by = ("code",)
    fills: Mapping[str, Any] = {"is_ended": False}

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its code, else its title."""
        return str(document["code"]) or f"~{fold(str(document['title']))}"

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The link of this code or title, None for a new one, or why it cannot be taken. Two queries."""
        by_code = {
            row.code: row for row in ShortLink.objects.filter(code__in=[one["code"] for one in documents])
        }
        titles = [one["title"] for one in documents if not one["code"]]
        by_title: dict[str, list[ShortLink]] = {}
        for row in ShortLink.objects.filter(title__in=titles, ended_at=None).order_by("pk"):
            by_title.setdefault(row.title, []).append(row)
        return [_judged(one, by_code, by_title) for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        return {
            row.pk: {
                "title": row.title,
                "target": row.target,
                "channels": list(row.channels),
                "code": row.code,
                "is_ended": row.is_ended,
            }
            for row in ShortLink.objects.filter(pk__in=keys)
        }

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
        at, keys = timezone.now(), []
        for one in creates:
            values = {name: one[name] for name in ("title", "target", "channels", "code")}
            keys.append(services.create(**values, by=by, change_set=change_set).pk)
            if one["is_ended"]:
                services.amend_links([(keys[-1], {"ended_at": at})], at=at)
        changed = []
        for key, one in updates:
            values = given(one)
            if values.pop("is_ended", False):
                values["ended_at"] = at
            changed.append((key, values))
        add_changes(change_set=change_set, changes=services.amend_links(changed, at=at))
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """What they are for."""
        return [str(one["title"]) for one in documents]


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out = built(values, texts={"title": 120, "target": 1000, "code": 40}, flags=("is_ended",))
    labels = services.labels([part for one in values.get("channels") or () for part in str(one).split(";")])
    return {**out, "code": out["code"].lower().removeprefix("/l/"), "channels": labels}


def _judged(
    one: Document, by_code: Mapping[str, ShortLink], by_title: Mapping[str, Sequence[ShortLink]]
) -> int | None | Bad:
    said = {name: one[name] for name in ("title", "target", "channels", "code")}
    if (bad := refusal(one, lambda: services.check(**said))) is not None:
        return bad
    rows = by_title.get(one["title"], ()) if not one["code"] else ()
    if len(rows) > 1:
        return Bad(0, "title", one["title"], SEVERAL, {"said": one["title"][:80]})
    row = rows[0] if rows else by_code.get(one["code"])
    if row is not None and row.is_ended and one["is_ended"] is False:
        return Bad(0, "is_ended", "no", GONE)
    return row.pk if row is not None else None
