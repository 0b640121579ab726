"""Reads of the journal: timelines, filtered entries, change sets and what they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.prepared import prepared

from .models import Change, ChangeSet, Entry, Mention
from .sockets import Sentence, kept_words, sentences
from .telling import FieldChange, Titles, Told, noun, rows_by_change, tell

_MOST_CHANGE_SETS = 500
_COMMON_WORDS = {
    "changed": gettext_lazy("Changed by somebody since."),
    "gone": gettext_lazy("No longer there."),
    "exists": gettext_lazy("There is one again already."),
    "in_use": gettext_lazy("Other records need it."),
}
"""Codes that many undoers give; a room may plug words of its own."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Newest first. `following` is what to pass as `before` for the older ones; None when there are none."""

    entries: list[Told]
    following: int | None


def _cut(rows: list[Entry], limit: int) -> tuple[list[Entry], int | None]:
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else None


_TOLD = (
    *(column.name for column in Entry._meta.concrete_fields),
    "by__name",
    "by__email",
    "change_set__verb",
)
"""What is told of an entry."""


@prepared
def _mentioned(key: int, *, kind: str, most: int) -> QuerySet[Mention, int]:
    rows = Mention.objects.filter(kind=kind, key=key).order_by("-entry_id")
    return rows.values_list("entry_id", flat=True)[:most]


@prepared
def _changed(key: int, *, kind: str, most: int) -> QuerySet[Change]:
    return Change.objects.filter(kind=kind, key=key).order_by("-change_set_id", "id")[:most]


@prepared
def _entries(*keys: int) -> QuerySet[Entry]:
    rows = Entry.objects.filter(id__in=keys).select_related("by", "change_set")
    return rows.only(*_TOLD).order_by("-id")


def timeline(ref: Ref, *, actor: Any, limit: int = 30, before: int | None = None) -> Timeline:
    """What happened to one thing: entries that mention it, and imports and bulk actions that changed it.

    At most five queries and one for each kind of thing mentioned. Imports older than their undo time are no longer listed.
    """
    older = Q(id__lt=before) if before else Q()
    if before:
        mentions = Mention.objects.filter(kind=ref.kind, key=ref.id, entry_id__lt=before).order_by(
            "-entry_id"
        )
        ids = set(mentions.values_list("entry_id", flat=True)[: limit + 1])
    else:
        ids = set(_mentioned(ref.id, kind=ref.kind, most=limit + 1))
    changes: dict[int, list[Change]] = defaultdict(list)
    for change in _changed(ref.id, kind=ref.kind, most=_MOST_CHANGE_SETS):
        changes[change.change_set_id].append(change)
    if changes:
        batches = Entry.objects.filter(older, change_set_id__in=list(changes)).order_by("-id")
        ids |= set(batches.values_list("id", flat=True)[: limit + 1])
    newest = sorted(ids, reverse=True)[: limit + 1]
    shown, following = _cut(list(_entries(*newest)) if newest else [], limit)
    return Timeline(tell(shown, actor=actor, changes=changes), following)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the journal is asked for; empty means all."""

    person: int | None = None
    room: str = ""
    verb: str = ""
    day: date | None = None


def chosen(wanted: Wanted) -> QuerySet[Entry]:
    """The entries asked for, newest first, with who and change set."""
    rows = Entry.objects.select_related("by", "change_set").order_by("-id")
    if wanted.person is not None:
        rows = rows.filter(by_id=wanted.person or None)
    if wanted.room:
        rows = rows.filter(room=wanted.room)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.day:
        start = timezone.make_aware(datetime.combine(wanted.day, time.min))
        end = timezone.make_aware(datetime.combine(wanted.day + timedelta(days=1), time.min))
        rows = rows.filter(at__gte=start, at__lt=end)
    return rows


def entries(*, actor: Any, wanted: Wanted = Wanted(), limit: int = 50, before: int | None = None) -> Timeline:
    """One page of the journal."""
    rows = chosen(wanted)
    if before:
        rows = rows.filter(id__lt=before)
    shown, following = _cut(list(rows[: limit + 1]), limit)
    return Timeline(tell(shown, actor=actor), following)


def all_entries(*, actor: Any, wanted: Wanted = Wanted(), batch: int = 500) -> Iterator[list[Told]]:
    """All entries asked for, in batches, memory flat."""
    before: int | None = None
    while True:
        page = entries(actor=actor, wanted=wanted, limit=batch, before=before)
        if page.entries:
            yield page.entries
        if page.following is None:
            return
        before = page.following


def people() -> list[tuple[int, str]]:
    """(key, name) of accounts that left an entry, by name."""
    accounts = get_user_model()._default_manager.filter(Exists(Entry.objects.filter(by_id=OuterRef("pk"))))
    return sorted(((account.pk, str(account)) for account in accounts), key=lambda pair: pair[1].casefold())


def rooms() -> list[tuple[str, str]]:
    """(label, name) of rooms that speak in the journal, by name."""
    labels = {verb.partition(".")[0] for verb, _sentence in sentences.items()}
    named = [
        (label, str(apps.app_configs[label].verbose_name)) for label in labels if label in apps.app_configs
    ]
    return sorted(named, key=lambda pair: pair[1].casefold())


class _Gap(int):
    """A number that plurals can count, printed as a gap."""

    def __format__(self, spec: str) -> str:
        return "…"


def _gapped(verb: str, plug: Sentence) -> str:
    """The sentence with a gap for every name in it; plurals in their general form."""
    gaps = dict.fromkeys(("who", "what", "count"), _Gap(2))
    for _attempt in range(20):
        try:
            return str(plug.text.format(**gaps))
        except KeyError as missing:
            gaps[str(missing.args[0])] = _Gap(2)
    return verb


def verbs(room: str = "") -> list[tuple[str, str]]:
    """(verb, its sentence with gaps) of what can happen, of one room when it is given."""
    found = [
        (verb, _gapped(verb, plug))
        for verb, plug in sentences.items()
        if not room or verb.partition(".")[0] == room
    ]
    return sorted(found, key=lambda pair: pair[1].casefold())


def change_set(key: int) -> ChangeSet:
    """The change set with its person. Raises ChangeSet.DoesNotExist."""
    return ChangeSet.objects.select_related("by").get(pk=key)


def ref_of(ref: str) -> Ref:
    """The reference written in an address. Raises Mention.DoesNotExist when it is none."""
    try:
        return Ref.parse(ref)
    except ValueError:
        raise Mention.DoesNotExist from None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things of a kind a change set created, updated or removed, and how many an undo kept."""

    noun: str
    action: str
    count: int
    kept: int


def tallies(row: ChangeSet) -> list[Tally]:
    """What a change set did, by kind and action; empty when its changes are purged."""
    counted = (
        Change.objects.filter(change_set=row)
        .values("kind", "action")
        .annotate(many=Count("id"), kept_many=Count("id", filter=~Q(kept="")))
        .order_by("kind", "action")
    )
    words = {"c": _("created"), "u": _("changed"), "r": _("removed")}
    return [
        Tally(noun(line["kind"]), words[line["action"]], line["many"], line["kept_many"]) for line in counted
    ]


@dataclass(frozen=True, slots=True)
class Done:
    """What a change set did to one thing. `kept` says why an undo left it, "" otherwise."""

    id: int
    link: Any
    noun: str
    action: str
    rows: list[FieldChange]
    kept: str


@dataclass(frozen=True, slots=True)
class DonePage:
    """Changes in the order they were made. `following` is the `after` of the next page; None on the last."""

    changes: list[Done]
    following: int | None


def done(
    row: ChangeSet, *, actor: Any, after: int | None = None, limit: int = 50, only_kept: bool = False
) -> DonePage:
    """One page of what a change set did; with `only_kept` those that an undo left as they are."""
    found = Change.objects.filter(change_set=row).order_by("id")
    if after:
        found = found.filter(id__gt=after)
    if only_kept:
        found = found.exclude(kept="")
    several = list(found[: limit + 1])
    shown = several[:limit]
    rows = rows_by_change(shown, actor=actor)
    titles = Titles(((change.kind, change.key) for change in shown), actor=actor)
    words = {"c": _("created"), "u": _("changed"), "r": _("removed")}
    told = [
        Done(
            change.pk,
            titles.link(change.kind, change.key),
            noun(change.kind),
            words[change.action],
            rows.get(change.pk, []),
            why_kept(change.kept),
        )
        for change in shown
    ]
    return DonePage(told, shown[-1].pk if len(several) > limit else None)


def why_kept(code: str) -> str:
    """The words for an undoer's code; an unknown code says itself; "" for none."""
    if not code:
        return ""
    words = kept_words.find(code) or _COMMON_WORDS.get(code)
    return str(words) if words is not None else code


def kept_count(row: ChangeSet) -> int:
    """How many changes an undo left as they are."""
    return Change.objects.filter(change_set=row).exclude(kept="").count()


def is_undoable(row: ChangeSet, *, now: datetime) -> bool:
    """Closed, not undone, and within its time."""
    return row.state == ChangeSet.State.DONE and now <= row.undo_until


def sentence_of(row: ChangeSet, *, actor: Any) -> Told | None:
    """The entry that told of the change set, None while it is open."""
    entry = (
        Entry.objects.filter(change_set=row, verb=row.verb)
        .select_related("by", "change_set")
        .order_by("id")
        .first()
    )
    return tell([entry], actor=actor)[0] if entry else None


def latest(*, actor: Any, limit: int = 8) -> list[Told]:
    """The newest entries, for a card."""
    return entries(actor=actor, limit=limit).entries


def change_set_title(row: ChangeSet) -> str:
    """What a change set is called in a sentence: "312 changes of 3 May 2026"."""
    made_on = date_format(timezone.localtime(row.created_at), "DATE_FORMAT")
    counted = ngettext("%(count)s change of %(day)s", "%(count)s changes of %(day)s", row.count)
    return counted % {"count": number_format(row.count, force_grouping=True), "day": made_on}
