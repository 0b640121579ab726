"""What a playbook's file says, and what is wrong with one. Pure.

A file is JSON in UTF-8 with a line feed at its end, keys in the order of `SHAPE`, indented by two: the same document is the same bytes.

    {"format": "barnraise-playbook", "version": 1, "title": "…", "about": "…",
     "goal": {"name": "…", "about": "…", "begins_after": 0, "ends_after": 364},
     "objectives": [{"name": "…", "about": "…", "due_after": 180}],
     "indicators": [{"name": "…", "objective": "…", "definition": "…", "unit": "…", "direction": "up", "rule": "sum",
                     "frequency": "quarter", "source": "", "questionnaire": "", "question": "", "source_note": "…"}],
     "questionnaires": [{"name": "…", "is_public": true, "is_anonymous": false, "is_sensitive": false, "texts": {…}, "questions": […]}],
     "projects": [{"name": "…", "objective": "…", "kind": "health", "about": "…", "begins_after": 0, "ends_after": 364,
                   "milestones": [{"name": "…", "due_after": 30, "note": "…"}],
                   "budget": [{"name": "…", "is_income": false, "share": 2500}],
                   "openings": [{"kind": "volunteer", "name": "…", "about": "…", "places": 3}]}],
     "events": [{"title": "…", "serves": "…", "kind": "workshop", "about": "…", "begins_after": 14, "begins_at": "17:30", "minutes": 90,
                 "capacity": 40}],
     "lessons": ["…"]}

Days are counted from the first day of the playbook; null is unknown. A `share` is of the project's costs (where there are none: of what
comes in), in ten-thousandths. `objective`, `questionnaire` and `serves` are names in the same file; `serves` of an event is a project, an
objective or the goal, empty for the playbook itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from barnraise.foundation.text import fold

FORMAT, VERSION = "barnraise-playbook", 1
MOST_BYTES, MOST_ROWS = 2_000_000, 500
FARTHEST = 36_500
"""Days from the first day."""


class Fault(NamedTuple):
    """What is wrong with a file: where ("indicators[2].rule"), and how it is mended."""

    where: str
    reason: str


class Text(NamedTuple):
    """A text of at most so many characters; `is_needed`: not empty."""

    most: int
    is_needed: bool = False


class Whole(NamedTuple):
    """A whole number from `lowest` to `highest`, or null."""

    lowest: int
    highest: int
    may_be_null: bool = True


class Choice(NamedTuple):
    """One of these words."""

    words: tuple[str, ...]


class Yes(NamedTuple):
    """True or false."""


class Free(NamedTuple):
    """JSON whose inside another room judges; `kind` is dict or list."""

    kind: type


class Rows(NamedTuple):
    """A list of objects of one shape."""

    shape: Mapping[str, Any]


class Texts(NamedTuple):
    """A list of texts."""

    most: int


NAME, DAY = Text(200, True), Whole(-FARTHEST, FARTHEST)
PROJECT_KINDS = (
    "infrastructure",
    "empowerment",
    "environment",
    "education",
    "skills",
    "health",
    "awareness",
    "other",
)
OPENING_KINDS = ("volunteer", "trainee", "mentor", "scholarship")
SHAPE: Mapping[str, Any] = {
    "format": Choice((FORMAT,)),
    "version": Whole(VERSION, VERSION, False),
    "title": NAME,
    "about": Text(4000),
    "goal": {"name": Text(200), "about": Text(4000), "begins_after": DAY, "ends_after": DAY},
    "objectives": Rows({"name": Text(300, True), "about": Text(4000), "due_after": DAY}),
    "indicators": Rows(
        {
            "name": NAME,
            "objective": Text(300),
            "definition": Text(4000),
            "unit": Text(40),
            "direction": Choice(("up", "down")),
            "rule": Choice(("sum", "mean", "last", "maximum", "minimum", "count", "distinct")),
            "frequency": Choice(("month", "quarter", "year")),
            "source": Text(80),
            "questionnaire": Text(120),
            "question": Text(40),
            "source_note": Text(300),
        }
    ),
    "questionnaires": Rows(
        {
            "name": Text(120, True),
            "is_public": Yes(),
            "is_anonymous": Yes(),
            "is_sensitive": Yes(),
            "texts": Free(dict),
            "questions": Free(list),
        }
    ),
    "projects": Rows(
        {
            "name": NAME,
            "objective": Text(300),
            "kind": Choice(PROJECT_KINDS),
            "about": Text(4000),
            "begins_after": DAY,
            "ends_after": DAY,
            "milestones": Rows({"name": NAME, "due_after": Whole(-FARTHEST, FARTHEST, False), "note": Text(300)}),
            "budget": Rows({"name": NAME, "is_income": Yes(), "share": Whole(0, 1_000_000, False)}),
            "openings": Rows(
                {
                    "kind": Choice(OPENING_KINDS),
                    "name": NAME,
                    "about": Text(2000),
                    "places": Whole(1, 1_000_000, False),
                }
            ),
        }
    ),
    "events": Rows(
        {
            "title": Text(160, True),
            "serves": Text(300),
            "kind": Choice(("workshop", "booth", "volunteer", "gathering")),
            "about": Text(4000),
            "begins_after": Whole(-FARTHEST, FARTHEST, False),
            "begins_at": Text(5, True),
            "minutes": Whole(1, 60 * 24 * 60, False),
            "capacity": Whole(1, 1_000_000),
        }
    ),
    "lessons": Texts(500),
}  # fmt: skip


def written(document: Mapping[str, Any]) -> str:
    """The file of a document: the same document is the same text."""
    return json.dumps(_ordered(document, SHAPE), ensure_ascii=False, indent=2) + "\n"


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the file, as hexadecimal digits."""
    return hashlib.sha256(written(document).encode()).hexdigest()


def _ordered(value: Any, shape: Any) -> Any:
    if isinstance(shape, Mapping) and isinstance(value, Mapping):
        return {name: _ordered(value[name], inner) for name, inner in shape.items() if name in value}
    if isinstance(shape, Rows):
        return [_ordered(row, shape.shape) for row in value]
    if isinstance(shape, Free):
        return json.loads(json.dumps(value, sort_keys=True))
    return value


def parsed(content: bytes) -> tuple[Any, list[Fault]]:
    """What a file says and what is wrong with it; None where it cannot be read at all."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        return None, [
            Fault("", _("The file is larger than %(most)s MB: this is no playbook.") % {"most": most})
        ]
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, [
            Fault(
                "",
                _(
                    "The file is not UTF-8 text. Take it as it was exported, without opening it in another program."
                ),
            )
        ]
    except (json.JSONDecodeError, RecursionError) as no:
        line = getattr(no, "lineno", 1)
        return None, [
            Fault(
                "", _("This is no JSON (line %(line)s). Take the file as it was exported.") % {"line": line}
            )
        ]
    return document, faults_of(document)


def faults_of(document: Any) -> list[Fault]:
    """Everything that is wrong with a document, in the order of the file."""
    if not isinstance(document, Mapping):
        return [Fault("", _("A playbook is one object with a format, a version and a title."))]
    if document.get("format") != FORMAT:
        return [Fault("format", _("This is no playbook: it should say “%(format)s”.") % {"format": FORMAT})]
    if document.get("version") != VERSION:
        said = _("This Barnraise reads version %(version)s. Update it, or ask for a file of that version.")
        return [Fault("version", said % {"version": VERSION})]
    found = list(_object(document, SHAPE, ""))
    return found or list(_links(document))


def _object(value: Any, shape: Mapping[str, Any], where: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(where, _("This should be an object in braces."))
        return
    for name in value:
        if name not in shape:
            yield Fault(
                _at(where, name), _("Nothing of this name is known. Take it out, or check how it is spelt.")
            )
    for name, inner in shape.items():
        if name not in value:
            yield Fault(_at(where, name), _("This is missing."))
        else:
            yield from _value(value[name], inner, _at(where, name))


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else str(name)


def _value(value: Any, shape: Any, where: str) -> Iterator[Fault]:
    if isinstance(shape, Mapping):
        yield from _object(value, shape, where)
    elif isinstance(shape, Rows | Texts):
        yield from _list(value, shape, where)
    else:
        reason = _CHECKS[type(shape)](value, shape)
        if reason:
            yield Fault(where, reason)


def _list(value: Any, shape: Rows | Texts, where: str) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(where, _("This should be a list in square brackets."))
    elif len(value) > MOST_ROWS:
        yield Fault(where, _("At most %(most)s rows are taken.") % {"most": MOST_ROWS})
    else:
        for number, row in enumerate(value):
            inner = Text(shape.most, True) if isinstance(shape, Texts) else shape.shape
            yield from _value(row, inner, f"{where}[{number}]")


def _text(value: Any, shape: Text) -> str:
    if not isinstance(value, str):
        return _("This should be a text in quotation marks.")
    if len(value) > shape.most:
        return _("At most %(most)s characters are kept here.") % {"most": shape.most}
    if "\x00" in value:
        return _("It contains a character that cannot be stored.")
    return _("This should not be empty.") if shape.is_needed and not value.strip() else ""


def _whole(value: Any, shape: Whole) -> str:
    if value is None and shape.may_be_null:
        return ""
    if isinstance(value, bool) or not isinstance(value, int) or not shape.lowest <= value <= shape.highest:
        said = {"lowest": shape.lowest, "highest": shape.highest}
        return _("Write a whole number from %(lowest)s to %(highest)s.") % said
    return ""


def _choice(value: Any, shape: Choice) -> str:
    return "" if value in shape.words else _("Write one of: %(words)s.") % {"words": ", ".join(shape.words)}


def _yes(value: Any, shape: Yes) -> str:
    return "" if isinstance(value, bool) else _("Write true or false.")


def _free(value: Any, shape: Free) -> str:
    if isinstance(value, shape.kind):
        return ""
    return (
        _("This should be an object in braces.")
        if shape.kind is dict
        else _("This should be a list in square brackets.")
    )


_CHECKS: Mapping[type, Callable[[Any, Any], str]] = {
    Text: _text, Whole: _whole, Choice: _choice, Yes: _yes, Free: _free
}  # fmt: skip


def _links(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Names stand once, and what is named is in the file."""
    objectives = yield from _names(document["objectives"], "objectives", "name")
    yield from _names(document["indicators"], "indicators", "name")
    asked = yield from _names(document["questionnaires"], "questionnaires", "name")
    projects = yield from _names(document["projects"], "projects", "name")
    goal = document["goal"]["name"]
    if not goal.strip() and document["objectives"]:
        yield Fault("goal.name", _("Objectives are steps towards a goal: name it."))
    for number, row in enumerate(document["indicators"]):
        yield from _link(row["objective"], objectives, f"indicators[{number}].objective")
        yield from _link(row["questionnaire"], asked, f"indicators[{number}].questionnaire")
    for number, row in enumerate(document["projects"]):
        yield from _link(row["objective"], objectives, f"projects[{number}].objective")
        yield from _names(row["budget"], f"projects[{number}].budget", "name")
    for number, row in enumerate(document["events"]):
        yield from _link(row["serves"], {*projects, *objectives, goal}, f"events[{number}].serves")
        yield from _clock(row["begins_at"], f"events[{number}].begins_at")


def _names(rows: Iterable[Mapping[str, Any]], where: str, field: str) -> Generator[Fault, None, set[str]]:
    """Faults of names that stand twice; returns the names (for `yield from`)."""
    seen: set[str] = set()
    names: set[str] = set()
    for number, row in enumerate(rows):
        folded = fold(row[field])
        if folded in seen:
            yield Fault(f"{where}[{number}].{field}", _("This name stands twice. Give one of them another."))
        seen.add(folded)
        names.add(row[field])
    return names


def _link(name: str, there: Iterable[str], where: str) -> Iterator[Fault]:
    if name and name not in set(there):
        yield Fault(where, _("Nothing is called so in this file."))


def _clock(text: str, where: str) -> Iterator[Fault]:
    hours, _colon, minutes = text.partition(":")
    is_clock = len(text) == 5 and hours.isdecimal() and minutes.isdecimal()
    if not (is_clock and int(hours) < 24 and int(minutes) < 60):
        yield Fault(where, _("Write hours and minutes, like 17:30."))


def shares(planned: Sequence[int]) -> list[int]:
    """Each part of the whole in ten-thousandths, adding up to 10,000 (largest remainder; equal remainders by place); zeros for a whole of 0."""
    whole = sum(planned)
    if not whole:
        return [0] * len(planned)
    parts = [divmod(value * 10_000, whole) for value in planned]
    missing = 10_000 - sum(part for part, _rest in parts)
    order = sorted(range(len(parts)), key=lambda at: (-parts[at][1], at))
    return [part + (at in order[:missing]) for at, (part, _rest) in enumerate(parts)]


def share_of(planned: int, whole: int) -> int:
    """A part of another whole in ten-thousandths, rounded half up; 0 of a whole of 0."""
    return (planned * 20_000 + whole) // (2 * whole) if whole else 0


def rows_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Each row of a document by its place ("indicators[2]", "title"): what is compared between two files."""
    found: dict[str, Any] = {}
    for name, value in _ordered(document, SHAPE).items():
        if not isinstance(value, list):
            found[name] = value
            continue
        for number, row in enumerate(value):
            inner = {}
            for key, part in row.items() if isinstance(row, Mapping) else ():
                if isinstance(SHAPE[name], Rows) and isinstance(SHAPE[name].shape[key], Rows):
                    found |= {f"{name}[{number}].{key}[{at}]": one for at, one in enumerate(part)}
                    inner[key] = len(part)
            found[f"{name}[{number}]"] = {**row, **inner} if isinstance(row, Mapping) else row
    return found


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The places of the rows in which two documents differ, in the order of the file."""
    left, right = rows_of(one), rows_of(other)
    return [place for place in {**left, **right} if left.get(place, ...) != right.get(place, ...)]
