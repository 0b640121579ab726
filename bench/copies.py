"""Rooms whose nouns hang on those of other rooms: what the sample town has in them, once more for each of the scale.

Each copy is the rows of a room with identities of their own, days of another time and names of other words. What stands in
the copied rooms leads to the same copy, everything else (partners, people, projects, numbers) to one that is drawn. Some rows
of every copy hang on the first one, so that a few have far more than others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from crowd import Dice, Table, Town, documents, first, told
from django.apps import apps
from django.db import connection, models

ROOMS = ("commitments", "issues", "meetings", "social", "feedback", "network", "roi", "reports", "stories", "recognition",
         "discovery", "playbooks", "adaptation", "site")  # fmt: skip
LEFT_OUT = {"site.HomePage", "site.ContentPage", "site.NewsListPage", "site.NewsPage", "feedback.Suggestion"}
"""Parts of a tree of pages; what is made anew from the latest comments."""
CROWDED = {
    # "Model.field" that hangs on the first copy instead, of so many of a thousand rows
    "meetings.Attendance.meeting": 60,
    "meetings.Member.series": 60,
    "meetings.Meeting.series": 60,
    "issues.Answer.issue": 20,
    "social.Reach.variant": 60,
    "feedback.Mark.theme": 100,
    "feedback.Comment.answer": 100,
    "network.Member.wave": 15,
    "stories.StoryFigure.story": 20,
    "stories.StoryPerson.story": 20,
    "roi.Outcome.valuation": 20,
    "recognition.Milestone.mark": 60,
    "adaptation.Lesson.review": 60,
    "adaptation.Move.revision": 20,
    "playbooks.Installation.playbook": 60,
}
MET = ("commitments.Commitment.made_at", 60)
"""Promises that were made at the first meeting."""
TIES = 2_500
"""Between members of the largest wave of a town a thousand times the sample."""
REFERENCE = re.compile(r"[a-z_]+\.[a-z_]+:\d+")
COUNTED = ("position", "number")


def copied() -> list[Any]:
    """The models that are copied, each after those it hangs on."""
    labels = {one.label for one in apps.get_app_configs()}  # the website may be absent
    waiting = [one for room in ROOMS if room in labels for one in apps.get_app_config(room).get_models()]
    waiting = [one for one in waiting if one._meta.label not in LEFT_OUT]
    found: list[Any] = []
    while waiting:
        (model,) = [one for one in waiting if not _hangs_on(one) & (set(waiting) - {one})][:1]
        waiting.remove(model)
        found.append(model)
    return found


def _hangs_on(model: Any) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


TABLES = tuple(one._meta.db_table for one in copied())


def are_there(town_scale: int) -> bool:
    """Whether the copies have been made."""
    found = apps.get_model("meetings.Meeting")._base_manager.filter(is_sample=False).count()
    return bool(found >= 20 * town_scale)


def tables(town: Town) -> Iterator[Table]:
    """(table, columns, rows) in an order that keys allow."""
    copier = Copier(town)
    for model in copied():
        fields = model._meta.concrete_fields
        columns = ", ".join(f'"{field.column}"' for field in fields)
        rows = list(copier.rows(model))  # while rows are written the connection answers nothing else
        yield model._meta.db_table, columns, rows
        yield from copier.said(model)
    yield from _ties(town, copier)


class Copier:
    """Remembers which rows were copied to which, and what must not come twice."""

    def __init__(self, town: Town) -> None:
        self.town, self.dice = town, Dice(91)
        self.meeting = first("meetings.Meeting")
        self.keys: dict[Any, dict[tuple[int, int], int]] = {}
        """By model: the key of the copy, by the number of the copy and the key of the sample's row."""
        self.firsts: dict[str, list[int]] = {}
        self.pools: dict[str, Sequence[int]] = {}
        self.drawn: dict[tuple[int, str], dict[int, int]] = {}
        self.titles: dict[Any, list[tuple[int, str]]] = {}
        self.waves: dict[int, int] = {}
        """The wave of each member: some are in another than the rest of their copy."""
        self.ties: set[tuple[int, int]] = set()

    def rows(self, model: Any) -> Iterable[tuple[Any, ...]]:
        """All copies of its rows, as the database takes them."""
        templates = list(model._base_manager.order_by("pk"))
        wholes = _wholes(model)
        seen = {(names, tuple(getattr(row, name) for name in names)) for row in templates for names in wholes}
        counted: dict[Any, int] = {}
        key, found = first(model._meta.label), self.keys.setdefault(model, {})
        for copy in range(self.town.scale):
            for row in templates:
                values = self._copied(model, row, copy, key)
                if (
                    values is None
                    or self._is_astray(model, values)
                    or not _is_new(values, wholes, seen, counted)
                ):
                    continue
                found[copy, row.pk] = key
                self._note(model, row, values, key)
                key += 1
                yield tuple(
                    field.get_db_prep_save(values[field.attname], connection)
                    for field in model._meta.concrete_fields
                )

    def _is_astray(self, model: Any, values: dict[str, Any]) -> bool:
        """A tie between members of two waves."""
        waves = self.waves
        return model._meta.label == "network.Tie" and waves[values["giver_id"]] != waves[values["taker_id"]]

    def _copied(self, model: Any, row: Any, copy: int, key: int) -> dict[str, Any] | None:
        """Its values by attribute; None where what it hangs on was left out."""
        back = timedelta(days=copy * 7919 % 640)
        values: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.primary_key:
                value = key
            elif field.is_relation and value is not None:
                value = self._related(model, field, value, copy)
                if value is None:
                    return None
            elif isinstance(field, models.UUIDField):
                value = self.dice.uuid()
            elif isinstance(value, date):
                value -= back
            elif isinstance(value, str | list | dict) and value:
                value = self._words(model, field, value, copy)
            values[field.attname] = value
        self._own(model, values, copy)
        return values

    def _own(self, model: Any, values: dict[str, Any], copy: int) -> None:
        """What no field tells by itself."""
        from barnraise.foundation.text import fold

        for name in [one.removesuffix("_folded") for one in values if one.endswith("_folded")]:
            longest = model._meta.get_field(name).max_length
            values[name] = f"{self.dice.words(2)} {copy}: {values[name]}"[:longest].strip()
            values[f"{name}_folded"] = fold(values[name])[:longest]
        if "is_sample" in values:
            values["is_sample"] = False
        if model._meta.label == "feedback.Comment" and values["key"] is not None:
            values["key"] += (copy + 1) * 10**9
        name, share = MET
        if f"{model._meta.label}.made_at" == name and self.dice.below(1000) < share:
            values["made_at"] = f"meetings.meeting:{self.meeting}"

    def _related(self, model: Any, field: Any, value: int, copy: int) -> int | None:
        related = field.related_model
        if related in self.keys or related is model:
            share = CROWDED.get(f"{model._meta.label}.{field.name}", 0)
            copy = 0 if share and self.dice.below(1000) < share else copy
            return self.keys[related].get((copy, value))
        return self._outside(related._meta.label_lower, value, copy)

    def _outside(self, label: str, value: int, copy: int) -> int:
        """One that is drawn for this copy; another for another row."""
        if label == "consent.purpose":
            return value
        drawn = self.drawn.setdefault((copy, label), {})
        if value not in drawn:
            for _ in range(20):
                drawn[value] = self._draw(label)
                if list(drawn.values()).count(drawn[value]) == 1:
                    break
        return drawn[value]

    def _draw(self, label: str) -> int:
        if label == "organisations.organisation":
            return self.town.body(self.dice)
        if label == "people.person":
            return self.town.person(self.dice)
        if label == "accounts.account":
            return int(self.dice.of(self.town.accounts))
        if label not in self.pools:
            keys = apps.get_model(label)._base_manager.order_by("pk").values_list("pk", flat=True)
            self.pools[label] = list(keys[:100_000])
        return int(self.dice.of(self.pools[label]))

    def _words(self, model: Any, field: Any, value: Any, copy: int) -> Any:
        if isinstance(value, list):
            return [self._words(model, field, one, copy) if one else one for one in value]
        if isinstance(value, dict):
            return {name: self._words(model, field, one, copy) if one else one for name, one in value.items()}
        if isinstance(value, str) and REFERENCE.fullmatch(value):
            return self._reference(value, copy)
        if isinstance(value, str) and field.unique:
            return f"{value[: (field.max_length or 60) - 6]}{copy:06}"
        return value

    def _reference(self, value: str, copy: int) -> str:
        label, _, key = value.partition(":")
        try:
            model = apps.get_model(label)
        except LookupError:
            return value
        if model in self.keys:
            return f"{label}:{self.keys[model].get((copy, int(key)), key)}"
        if model._meta.app_label in ROOMS:  # comes later: the sample's own row
            return value
        return f"{label}:{self._outside(label, int(key), copy)}"

    def _note(self, model: Any, row: Any, values: dict[str, Any], key: int) -> None:
        name = next(
            (one for one in ("name", "title", "what", "you_said", "words", "text") if values.get(one)), ""
        )
        self.titles.setdefault(model, []).append((key, str(values.get(name, ""))[:80]))
        if model._meta.label == "network.Member":
            self.waves[key] = values["wave_id"]
        if model._meta.label == "network.Tie":
            self.ties.add((values["giver_id"], values["taker_id"]))

    def said(self, model: Any) -> Iterator[Table]:
        """What search and the journal know of them, if they know of the sample's rows."""
        from barnraise.plumbing.journal.models import Mention
        from barnraise.plumbing.search.models import SearchDocument

        kind, found = model._meta.label_lower, self.titles.get(model, [])
        keys, titles = [key for key, _title in found], [title for _key, title in found]
        if SearchDocument.objects.filter(kind=kind).exists():
            yield from documents(self.town, kind, keys, titles)
        mention = Mention.objects.filter(kind=kind).select_related("entry").first()
        if mention is not None:
            yield from told(self.town, kind, mention.entry.verb, keys, titles, 92)


def _wholes(model: Any) -> list[tuple[str, ...]]:
    """Attributes that no two rows share."""
    single = [
        (field.attname,) for field in model._meta.concrete_fields if field.unique and not field.primary_key
    ]
    several = [
        tuple(model._meta.get_field(name).attname for name in one.fields)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.fields
    ]
    return [*single, *several]


def _is_new(
    values: dict[str, Any], wholes: list[tuple[str, ...]], seen: set[Any], counted: dict[Any, int]
) -> bool:
    """Whether it may stand beside those before; what is numbered gets the next number."""
    mine = []
    for names in wholes:
        last = names[-1]
        whole = tuple(values[name] for name in names)
        if (names, whole) in seen and last in COUNTED:
            values[last] = counted[whole[:-1]] = counted.get(whole[:-1], 100) + 1
            whole = tuple(values[name] for name in names)
        if None in whole:
            continue
        if (names, whole) in seen:
            return False
        mine.append((names, whole))
    seen.update(mine)
    return True


def _ties(town: Town, copier: Copier) -> Iterator[Table]:
    """The members of the largest wave know each other too."""
    dice, key = Dice(93), first("network.Tie")
    largest = min(copier.waves.values(), default=0)
    members = [one for one, wave in copier.waves.items() if wave == largest]
    many = min(TIES * town.scale // 1000, len(members) * (len(members) - 1) // 4)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < many:
        pair = (dice.of(members), dice.of(members))
        if pair[0] != pair[1] and pair not in copier.ties:
            pairs.add(pair)
    yield (
        "network_tie",
        "id, giver_id, taker_id, t1, t2, t3, v1, v2, v3, created_at, updated_at",
        (
            (key + at, *pair, *(1 + dice.below(4) for _ in range(6)), town.now, town.now)
            for at, pair in enumerate(sorted(pairs))
        ),
    )
