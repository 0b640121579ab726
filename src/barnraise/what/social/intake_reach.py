"""What posts reached as imports see it, one number a row, as networks hand it out.

    {"address": "https://mastodon.example/@us/1", "on": "2026-05-01", "reached": 420, "engaged": 12}

The same post on the same day found again is given the new number, as on its page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from .faults import reach_faults
from .intake import EMPTY, TWICE, bad
from .models import Reach, Variant
from .selectors import REACH
from .services import amend_reaches, write_reaches

NO_POST = gettext_noop("No post stands at “%(said)s”.")
SEVERAL = gettext_noop("Several posts stand at “%(said)s”.")
NO_NUMBER = gettext_noop("“%(said)s” is no whole number.")
TOO_EARLY = gettext_noop("This is before it was posted.")

REACHES: tuple[Field, ...] = (
    Field("address", _("Address of the post"), is_required=True, aliases=("address", "permalink", "post url", "url", "direccion")),
    Field("on", _("Until the day"), "date", is_required=True, is_shared=True, aliases=("on", "date", "until", "day", "fecha", "hasta")),
    Field("reached", _("People reached"), is_required=True, aliases=("reached", "reach", "impressions", "views", "alcance")),
    Field("engaged", _("Reactions, comments, shares"), aliases=("engaged", "engagements", "interactions", "interacciones")),
)  # fmt: skip


class Reaches(AddedOnly):
    """The noun "post_reach" for imports."""

    name = "post_reach"
    list_url_name = "social:list"
    kind = REACH
    title: Any = _("Reach of posts")
    fields: Sequence[Field] = REACHES
    only_adds = False
    told_by = ("address", "on")

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
                found.append(bad("address", address, SEVERAL if here else NO_POST))
                continue
            key = (here[0].pk, on)
            if key in seen:
                found.append(bad("address", address, TWICE))
            elif here[0].posted_at and date.fromisoformat(on) < timezone.localdate(here[0].posted_at):
                found.append(bad("on", on, TOO_EARLY))
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
        """See Noun."""
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
        said = [
            (key, {name: one[name] for name in ("reached", "engaged") if name in one}) for key, one in updates
        ]
        changes += amend_reaches(said, at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun."""
        rows = Reach.objects.filter(pk__in=keys)
        return {row.pk: {"reached": row.reached, "engaged": row.engaged} for row in rows}

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
