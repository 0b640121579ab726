"""Entries as sentences in the reader's language, with links to the things the reader may open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.html import Safe, el, join, text
from barnraise.foundation.periods import parse
from barnraise.foundation.text import shorten
from barnraise.plumbing.ui.prepared import prepared
from barnraise.plumbing.ui.sockets import kinds
from barnraise.plumbing.ui.spans import period_words

from .models import Change, Entry, Mention
from .sockets import Sentence, details, labels, sentences

WAYS = {
    "api": gettext_lazy("through the API"),
    "portal": gettext_lazy("in the portal"),
    "command": gettext_lazy("on the command line"),
    "job": gettext_lazy("in the background"),
    "import": gettext_lazy("by an import"),
    "sample": gettext_lazy("with the sample town"),
}
"""How an entry came, in words; what was done on a page says nothing."""

_UNSPOKEN = Sentence(gettext_lazy("{who} changed {what}"))
_MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as people read it; "" where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One entry, ready for a page. `sentence` is HTML, `plain` the same words without links."""

    id: int
    at: datetime
    icon: str
    sentence: Safe
    plain: str
    who: str
    way: str
    room: str
    verb: str
    rows: tuple[FieldChange, ...]
    change_set: int | None


class _Count(int):
    """A number that plurals can count and that prints with the separators of the language."""

    def __format__(self, spec: str) -> str:
        return str(number_format(int(self), use_l10n=True, force_grouping=True))


class Titles:
    """What things of many kinds are called, asked once per kind, and how they are linked for one reader."""

    def __init__(self, things: Iterable[tuple[str, int]], *, actor: Any) -> None:
        self.actor = actor
        by_kind: dict[str, set[int]] = defaultdict(set)
        for kind, key in things:
            by_kind[kind].add(key)
        self._titles: dict[str, Mapping[int, str]] = {}
        self._urls: dict[str, Mapping[int, str]] = {}
        self._opens: dict[str, bool] = {}
        gone: dict[str, set[int]] = {}
        for kind, keys in by_kind.items():
            described = kinds.find(kind)
            self._opens[kind] = described is None or described.policy(actor, None)
            self._titles[kind] = described.titles(sorted(keys)) if described and self._opens[kind] else {}
            missing = keys - set(self._titles[kind])
            if missing and self._opens[kind]:
                gone[kind] = missing
        self._last_known = _last_titles(gone)

    def plain(self, kind: str, key: int) -> str:
        """The title, the last known one of a thing that is gone, or its noun."""
        title = self._titles.get(kind, {}).get(key) or self._last_known.get((kind, key))
        return str(title) if title else noun(kind)

    def link(self, kind: str, key: int) -> Safe:
        """The title linked to its page; only the noun for whom the kind's policy refuses; no link when it is gone."""
        described = kinds.find(kind)
        if not self._opens.get(kind):
            return text(noun(kind))
        live = self._titles.get(kind, {}).get(key)
        if live and described:
            if kind not in self._urls:
                self._urls[kind] = described.addresses(sorted(self._titles[kind]))
            return el("a", live, href=self._urls[kind].get(key, ""), translate="no")
        last = self._last_known.get((kind, key))
        return el("span", last, class_="gone", translate="no") if last else text(noun(kind))


def _last_titles(gone: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for kind, keys in gone.items():
        named = Mention.objects.filter(kind=kind, key__in=keys).exclude(title="").order_by("entry_id")
        found.update({(kind, key): title for key, title in named.values_list("key", "title")})
    return found


def noun(kind: str) -> str:
    """What a thing of this kind is called when it has no title: "organisation"."""
    described = kinds.find(kind)
    if described:
        return str(described.noun)
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return _("something")


@prepared
def _mentions(*keys: int) -> QuerySet[Mention]:
    return Mention.objects.filter(entry_id__in=keys).order_by("id")


def tell(
    entries: Sequence[Entry], *, actor: Any, changes: Mapping[int, Sequence[Change]] | None = None
) -> list[Told]:
    """The entries as told to `actor`. `changes` holds, by change set, what it did to the thing at hand.

    Two queries and one for each kind of thing mentioned, whatever the number of entries.
    """
    mentions: dict[int, list[Mention]] = defaultdict(list)
    for mention in _mentions(*(entry.pk for entry in entries)) if entries else ():
        mentions[mention.entry_id].append(mention)
    titles = Titles(((m.kind, m.key) for found in mentions.values() for m in found), actor=actor)
    did = [change for some in (changes or {}).values() for change in some]
    rows = rows_by_change(did, actor=actor) if did else {}
    by_set = {
        key: [row for change in some for row in rows.get(change.pk, ())]
        for key, some in (changes or {}).items()
    }
    return [_told(entry, mentions[entry.pk], titles, by_set) for entry in entries]


def _told(
    entry: Entry, about: Sequence[Mention], titles: Titles, changes: Mapping[int, Sequence[FieldChange]]
) -> Told:
    plug = sentences.find(entry.verb) or _UNSPOKEN
    who = str(entry.by) if entry.by else _("The system")
    things = [titles.link(m.kind, m.key) for m in about]
    words = {
        **{
            key: _named(plug.words[key], value) if key in plug.words else _detail(key, value)
            for key, value in entry.data.items()
            if key != "changes"
        },
        "who": el("span", who, class_="who", translate="no") if entry.by else text(who),
        "what": things[0] if things else text(_("something")),
        "others": join(things[1:], ", "),
    }
    sentence = _say(plug, words)
    rows = [
        FieldChange(*_shown(about[0].kind if about else "", field, before, after))
        for field, (before, after) in sorted(entry.data.get("changes", {}).items())
    ]
    if entry.change_set and entry.verb == entry.change_set.verb:
        rows += changes.get(entry.change_set_id or 0, ())
    return Told(
        id=entry.pk,
        at=entry.at,
        icon=plug.icon,
        sentence=sentence,
        plain=unescape(strip_tags(sentence)),
        who=who,
        way=str(WAYS.get(entry.via, "")),
        room=entry.room,
        verb=entry.verb,
        rows=tuple(rows),
        change_set=entry.change_set_id,
    )


def _say(plug: Sentence, words: Mapping[str, Any]) -> Safe:
    try:
        return Safe(plug.text.format(**words))
    except (KeyError, IndexError, ValueError):
        # An old entry may lack what today's sentence names; it is told in general words.
        return Safe(_UNSPOKEN.text.format(**words))


def _named(words: Mapping[str, Any] | Callable[[str], str], value: Any) -> Any:
    """What a code is called in the reader's language; anything else as it was kept."""
    if callable(words):
        return _value(words(str(value)))
    return words[value] if value in words else _value(value)


def _detail(key: str, value: Any) -> Any:
    """A detail as people say it: a period is kept as "2026-10-01/2026-12-31"."""
    if key == "period":
        try:
            return text(period_words(parse(str(value))))
        except ValueError:
            pass
    return _value(value)


def _value(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return text(in_words(value))
    if isinstance(value, int):
        return _Count(value)
    return el("span", in_words(value), translate="no")


def in_words(value: Any) -> str:
    """A JSON value as people read it; nothing is ""."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(part)}" for name, part in value.items())
    return shorten(str(value), _MOST_SHOWN)


def _shown(kind: str, field: str, before: Any, after: Any) -> tuple[str, str, str]:
    known = (labels.find(kind) or {}).get(field)
    if isinstance(known, str | Promise):
        return str(known), in_words(before), in_words(after)
    try:
        known = known or apps.get_model(kind)._meta.get_field(field)
    except (LookupError, ValueError, FieldDoesNotExist):
        return field.replace("_", " "), in_words(before), in_words(after)
    label = str(getattr(known, "verbose_name", field))
    named = {str(key): str(name) for key, name in getattr(known, "flatchoices", None) or ()}
    return label, *(named.get(str(value), in_words(value)) for value in (before, after))  # type: ignore[return-value]


def rows_by_change(changes: Sequence[Change], *, actor: Any) -> dict[int, list[FieldChange]]:
    """By key of the change the fields it changed, as far as its kind lets this reader see them."""
    by_kind: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_kind[change.kind].append(change)
    found: dict[int, list[FieldChange]] = {}
    for kind, some in by_kind.items():
        described, plug = kinds.find(kind), details.find(kind)
        if described is not None and not described.policy(actor, None):
            continue
        if plug is None:
            found |= {change.pk: rows_of(change) for change in some}
        else:
            found |= {key: [FieldChange(*row) for row in rows] for key, rows in plug(some).items()}
    return found


def rows_of(change: Change) -> list[FieldChange]:
    """The fields that a change set changed of one thing; a created thing has only what it got, a removed one what it had."""
    before, after = change.before or {}, change.after or {}
    if not isinstance(before, dict) or not isinstance(after, dict):
        return [FieldChange("", in_words(before), in_words(after))]
    names = list(dict.fromkeys([*before, *after]))
    return [
        FieldChange(*_shown(change.kind, name, before.get(name), after.get(name)))
        for name in names
        if before.get(name) != after.get(name) and _is_told(change.kind, name)
    ]


def _is_told(kind: str, field: str) -> bool:
    """Whether the field has a name for people; the others are what an undo needs, or kept by the program itself."""
    try:
        fields = apps.get_model(kind)._meta
    except (LookupError, ValueError):
        return True
    try:
        return isinstance(getattr(fields.get_field(field), "verbose_name", ""), Promise)
    except FieldDoesNotExist:
        return False
