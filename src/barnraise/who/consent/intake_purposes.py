"""Purposes as imports see them: what people are asked, by which channels and in which words.

    {"name": "Newsletter", "channels": "email; post", "about": "", "words_en": "We write once a month.", "words_es": "", "state": "open"}

A purpose is told by its name; the rest of a row changes the one that is there, ends it or has people asked again. Other words are a new version:
who agreed to an earlier one agreed to that. A blank changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.imports.sockets.cells import built, refusal

from . import services
from .models import Purpose
from .models.purpose import Channel
from .selectors import PURPOSE, current_wordings

NO_CHANNEL = gettext_noop("“%(said)s” is not a channel.")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
STATES = (("open", _("People are asked")), ("ended", _("Ended")))


class Purposes(AddedOnly):
    """The noun "consent_purposes" for imports."""

    name = "consent_purposes"
    list_url_name = "consent:purposes"
    kind = PURPOSE
    title: Any = _("Purposes of consents")
    only_adds = False
    told_by = ("name",)
    fills: Mapping[str, Any] = {"state": "open"}
    fields: Sequence[Field] = (
        Field("name", _("Name"), is_required=True, aliases=("name", "purpose", "nombre", "proposito")),
        Field("channels", _("Channels"), hint=_("Parted by semicolons."), is_required=True, is_shared=True, aliases=("channels", "canales")),
        Field("about", _("What it is, for the team"), aliases=("about", "description", "descripcion")),
        *(
            Field(f"words_{code}", name, hint=_("The words in which people are asked in this language."), aliases=(f"words {code}", fold(name)))
            for code, name in settings.LANGUAGES
        ),
        Field("state", _("State"), "choice", options=STATES, aliases=("state", "estado")),
    )  # fmt: skip

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its name."""
        return fold(str(document["name"]))[:120]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The purpose of this name, None for a new one, or why it cannot be taken."""
        folded = {fold(str(one["name"]))[:120] for one in documents}
        there = {row.name_folded: row for row in Purpose.objects.filter(name_folded__in=folded)}
        found: list[int | None | Bad] = []
        for one in documents:
            row = there.get(fold(str(one["name"]))[:120])
            values = _values(one) if row else {**_values(one), "name": str(one["name"])}
            check = partial(services.check_purpose, row, texts=_texts(one), **values)
            bad = refusal(one, check, {"texts": f"words_{LANGUAGES[0]}"})
            found.append(bad or (row.pk if row else None))
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
        now, keys = timezone.now(), []
        for one in creates:
            said = {
                **_values(one),
                "name": str(one["name"]),
                "ended_at": now if one["state"] == "ended" else None,
            }
            keys.append(services.bring_purpose(by=by, change_set=change_set, texts=_texts(one), **said).pk)
        for key, one in updates:
            said = _values(one)
            if one.get("state"):
                said["ended_at"] = now if one["state"] == "ended" else None
            services.amend_purpose(key, texts=_texts(one), change_set=change_set, at=now, **said)
        return keys

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their names."""
        return [str(one.get("name") or "") for one in documents]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = list(Purpose.objects.filter(pk__in=keys))
        wordings = current_wordings(rows)
        found = {}
        for row in rows:
            texts = wordings[row.pk].texts if row.pk in wordings else {}
            words = {f"words_{code}": texts.get(code, "") for code in LANGUAGES}
            state = "ended" if row.is_ended else "open"
            found[row.pk] = {"channels": "; ".join(row.channels), "about": row.about, **words, "state": state}
        return found


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    lines = {"about": 2000, **{f"words_{code}": 2000 for code in LANGUAGES}}
    out = built(values, texts={"name": 120, "channels": 200}, lines=lines, choices=("state",))
    known = {fold(str(word)): one.value for one in Channel for word in (one.value, one.label)}
    codes = []
    for said in (part.strip() for part in out["channels"].replace(",", ";").split(";")):
        if said and fold(said) not in known:
            raise FieldRefused("channels", said, NO_CHANNEL, said=said[:40])
        codes += [known[fold(said)]] if said else []
    out["channels"] = "; ".join(code for code in Channel.values if code in codes)
    return out


def _values(one: Document) -> dict[str, Any]:
    out: dict[str, Any] = {"about": str(one["about"])} if one.get("about") else {}
    if one.get("channels"):
        out["channels"] = str(one["channels"]).split("; ")
    return out


def _texts(one: Document) -> dict[str, str]:
    said = {code: str(one.get(f"words_{code}") or "") for code in LANGUAGES}
    return {code: text for code, text in said.items() if text}
