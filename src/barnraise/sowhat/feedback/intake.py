"""Comments as imports see them: one row each.

    {"text": "The bus is always late.", "said_on": "2026-03-01", "said_by": "ana@example.org", "language": "en", "theme": "Buses"}

The same words of the same day found again are left as they are; a theme that is new is added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.organisations import selectors as organisations
from barnraise.who.people import selectors as people

from .faults import comment_faults
from .models import Comment, Theme
from .selectors import COMMENT, TYPED
from .services import New, add_theme, write

TWICE = gettext_noop("“%(said)s” stands twice in this file.")
NOT_HERE = gettext_noop("There is no “%(said)s” here. Take them in first.")
SEVERAL = gettext_noop("Several are called “%(said)s”. Give a number or an e-mail of theirs.")
TOO_LONG = gettext_noop("At most %(most)s characters are taken here.")

FIELDS: tuple[Field, ...] = (
    Field("text", _("What was said"), is_required=True, aliases=("text", "comment", "what was said", "comentario")),
    Field("said_on", _("Said on"), "date", is_required=True, is_shared=True, aliases=("said on", "date", "day", "fecha")),
    Field("said_by", _("Who said it"), aliases=("who said it", "said by", "by", "person", "organisation", "quien lo dijo")),
    Field("language", _("Language"), is_shared=True, aliases=("language", "idioma")),
    Field("theme", _("Theme"), is_shared=True, aliases=("theme", "tema")),
)  # fmt: skip
_TEXTS = (("text", 4000), ("said_by", 300), ("language", 10), ("theme", 120))


class Comments(AddedOnly):
    """The noun "comments" for imports."""

    name = "comments"
    list_url_name = "feedback:list"
    kind = COMMENT
    title: Any = _("Comments")
    fields: Sequence[Field] = FIELDS

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Its words and its day."""
        return fold(f"{document.get('said_on')} {document.get('text')}")[:200]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The same comment, None for a new one; Bad when nobody is called so, or several."""
        known = _known(documents)
        sayers = _sayers(documents)
        today = timezone.localdate()
        seen: set[Any] = set()
        found: list[int | None | Bad] = []
        for one in documents:
            said, text = str(one["said_by"]), str(one["text"])
            refs = sayers.get(said, [])
            key = (str(one["said_on"]), fold(text))
            if said and len(refs) != 1:
                found.append(_bad("said_by", said, SEVERAL if refs else NOT_HERE))
            elif key in seen:
                found.append(_bad("text", text, TWICE))
            else:
                seen.add(key)
                found.append(known.get(key) or _fault(one, today))
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
        """See Noun. Comments found again are left as they are."""
        sayers, themes = _sayers(creates), _themes(creates, by)
        news = [
            New(
                text=str(one["text"]),
                said_on=date.fromisoformat(str(one["said_on"])),
                said_by=str(sayers[str(one["said_by"])][0]) if one["said_by"] else "",
                language=str(one["language"]),
                themes=[themes[fold(str(one["theme"]))]] if one["theme"] else [],
            )
            for one in creates
        ]
        rows = write(news, at=timezone.now())
        changes = [Change(kind=COMMENT, key=row.pk, action=Change.Action.CREATED) for row in rows]
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Their words."""
        return [str(one.get("text") or "")[:80] for one in documents]


def _bad(field: str, said: str, reason: Any) -> Bad:
    return Bad(0, field, said, reason, {"said": said[:80]})


def _built(values: Mapping[str, Any]) -> Document:
    out: dict[str, Any] = {}
    for name, most in _TEXTS:
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")
        if len(out[name]) > most:
            raise FieldRefused(name, out[name], TOO_LONG, most=most)
    day = values.get("said_on")
    out["said_on"] = day.isoformat() if isinstance(day, date) else day or None
    return out


def _fault(one: Document, today: date) -> Bad | None:
    row = Comment(text=str(one["text"]), said_on=date.fromisoformat(str(one["said_on"])))
    for field, reason in comment_faults(row, today):
        return Bad(0, field, str(one.get(field) or ""), str(reason))
    return None


def _known(documents: Sequence[Document]) -> dict[Any, int]:
    days = {str(one["said_on"]) for one in documents if one["said_on"]}
    rows = Comment.objects.filter(channel=TYPED, said_on__in=days).values_list("said_on", "text", "pk")
    return {(day.isoformat(), fold(squeeze(text))): key for day, text, key in rows}


def _sayers(documents: Sequence[Document]) -> dict[str, list[Ref]]:
    texts = {str(one["said_by"]) for one in documents if one["said_by"]}
    bodies = organisations.named_many(texts)
    persons = people.named_many(texts - set(bodies))
    found = {
        said: [Ref("organisations", "organisation", key) for key in keys] for said, keys in bodies.items()
    }
    return found | {said: [Ref("people", "person", key) for key in keys] for said, keys in persons.items()}


def _themes(documents: Sequence[Document], by: Any) -> dict[str, int]:
    wanted = {fold(str(one["theme"])): str(one["theme"]) for one in documents if one["theme"]}
    held = dict(Theme.objects.filter(name_folded__in=wanted).values_list("name_folded", "pk"))
    return held | {key: add_theme(by=by, name=name).pk for key, name in wanted.items() if key not in held}
