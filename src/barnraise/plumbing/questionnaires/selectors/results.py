"""What was answered, counted: each version by itself, since answers to other words are not the same answers.

There is no filter: two selections that differ by one response would show that response.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.disclosure import hidden_cells, is_small
from barnraise.foundation.statistics import wilson
from barnraise.plumbing.ui.parts import firsts
from barnraise.plumbing.ui.picking import OFFERED

from ..models import Answer, Response, Version
from ..questions import Question, spoken


@dataclass(frozen=True, slots=True)
class Cell:
    """How many chose one thing. `count` is None where it is hidden; `share` and its 95 % interval where it is not known."""

    code: str
    count: int | None
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    `answered` and `without` (no answer, or not asked) add up to the version's responses; None where hidden. Shares are of
    `base`. `mean`, `median` and `quartiles` are those of numbers and scales, None where they would show a small number.
    """

    question: Question
    responses: int
    answered: int | None
    without: int | None
    base: int | None
    cells: tuple[Cell, ...] = ()
    mean: Decimal | None = None
    median: Decimal | None = None
    quartiles: tuple[Decimal, Decimal] | None = None

    @property
    def is_hidden(self) -> bool:
        """Something is not shown, because the number is small."""
        return self.answered is None or any(cell.count is None for cell in self.cells)


def outcomes(version: Version, threshold: int) -> list[Outcome]:
    """What came of every question of a version, in order. A threshold of 0 hides nothing."""
    many = Response.objects.filter(version=version).count()
    counted = _counted(version)
    answered = _answered(version, counted)
    found = []
    for question in version.asked():
        said = answered.get(question.code, 0)
        if question.kind in ("single", "scale", "consent"):
            found.append(_one_of(version, question, many, said, counted, threshold))
        elif question.kind == "multiple":
            found.append(_some_of(question, many, said, counted, threshold))
        elif question.kind == "number":
            found.append(_numbers(version, question, many, said, threshold))
        elif question.kind == "date":
            found.append(_years(version, question, many, said, threshold))
        else:
            found.append(_words(question, many, said, threshold))
    return found


def version_titles(chosen: Collection[int] = ()) -> list[tuple[int, str]]:
    """(key, "Buses in the evening, version 2") of published versions by name; of more than OFFERED the latest, and those chosen."""
    rows = Version.objects.filter(published_at__isnull=False)
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[: OFFERED + 1])
    if len(keys) > OFFERED:
        rows = rows.filter(pk__in=[*keys[:OFFERED], *chosen])
    named = rows.order_by("questionnaire__name_folded", "questionnaire_id", "number")
    return [
        (key, _("%(name)s, version %(number)s") % {"name": name, "number": number})
        for key, name, number in named.values_list("pk", "questionnaire__name", "number")
    ]


def is_version(said: str) -> bool:
    """Whether this is the key of a published version."""
    is_key = said.isascii() and said.isdigit() and len(said) < 19
    return is_key and Version.objects.filter(pk=int(said), published_at__isnull=False).exists()


def responses_that(said: str) -> QuerySet[Any, Any]:
    """Keys of responses to a version ("12"), that answered a question ("12:bus:"), or chose an answer ("12:bus:never")."""
    key, question, code = [*said.split(":"), "", ""][:3]
    if not question:
        return Response.objects.filter(version_id=int(key)).values("pk")
    rows = Answer.objects.filter(version_id=int(key), question=question)
    return (rows.filter(code=code) if code else rows).values("response_id")


def answer_title(said: str) -> str:
    """The same in words."""
    key, code, choice = [*said.split(":"), "", ""][:3]
    version = Version.objects.select_related("questionnaire").get(pk=int(key))
    words = [f"{version.questionnaire.name} {version.number}"]
    question = next((one for one in version.asked() if one.code == code), None)
    if question is not None:
        language = get_language() or ""
        words.append(spoken(question.texts, language, ""))
        words += [question.label(choice, language, "")] if choice else []
    return " · ".join(words)


def _counted(version: Version) -> Mapping[tuple[str, str], int]:
    """How many rows there are of each question and code; "" where the answer is no choice."""
    rows = Answer.objects.filter(version=version).values_list("question", "code")
    return {(name, code): many for name, code, many in rows.annotate(many=Count("*")).order_by()}


def _answered(version: Version, counted: Mapping[tuple[str, str], int]) -> Mapping[str, int]:
    """How many answered each question: a row is an answer, but for questions with several choices."""
    found: dict[str, int] = {}
    for (name, _code), many in counted.items():
        found[name] = found.get(name, 0) + many
    several = [one.code for one in version.asked() if one.kind == "multiple"]
    for name in several:
        ticked = Answer.objects.filter(response=OuterRef("pk"), question=name)
        found[name] = Response.objects.filter(Exists(ticked), version=version).count()
    return found


def _cell(code: str, count: int | None, base: int | None) -> Cell:
    if count is None or not base:
        return Cell(code, count)
    return Cell(code, count, count / base, *wilson(count, base))


def _shown(count: int, is_hidden: bool) -> int | None:
    return None if is_hidden else count


def _hidden(counts: list[int], threshold: int) -> list[bool]:
    return hidden_cells(counts, threshold) if threshold else [False] * len(counts)


def _is_small(count: int, total: int, threshold: int) -> bool:
    return bool(threshold) and is_small(count, total, threshold)


def _table(codes: list[str], counts: list[int], many: int, said: int, threshold: int) -> dict[str, Any]:
    """Fields of an Outcome whose cells and those without an answer add up to all responses."""
    hidden = _hidden([*counts, many - said], threshold)
    is_base_hidden = hidden[-1]
    base = many if is_base_hidden else said
    shown = [_shown(count, no) for count, no in zip(counts, hidden, strict=False)]
    return {
        "answered": _shown(said, is_base_hidden),
        "without": _shown(many - said, is_base_hidden),
        "base": base,
        "cells": tuple(_cell(code, count, base) for code, count in zip(codes, shown, strict=True)),
    }


def _one_of(
    version: Version,
    question: Question,
    many: int,
    said: int,
    counted: Mapping[tuple[str, str], int],
    threshold: int,
) -> Outcome:
    codes = question.choices()
    counts = [counted.get((question.code, code), 0) for code in codes]
    fields = _table(codes, counts, many, said, threshold)
    if (
        question.kind == "scale"
        and said
        and fields["answered"]
        and all(cell.count is not None for cell in fields["cells"])
    ):
        fields |= _centre(version, question.code, said, with_quartiles=False)
    return Outcome(question, many, **fields)


def _some_of(
    question: Question, many: int, said: int, counted: Mapping[tuple[str, str], int], threshold: int
) -> Outcome:
    codes = question.choices()
    counts = [counted.get((question.code, code), 0) for code in codes]
    is_base_hidden = _is_small(said, many, threshold)
    base = many if is_base_hidden else said
    cells = []
    for code, count in zip(codes, counts, strict=True):
        is_hidden = _is_small(count, many, threshold) or _is_small(count, base, threshold)
        cells.append(_cell(code, _shown(count, is_hidden), base))
    return Outcome(
        question,
        many,
        _shown(said, is_base_hidden),
        _shown(many - said, is_base_hidden),
        base,
        tuple(cells),
    )


def _numbers(version: Version, question: Question, many: int, said: int, threshold: int) -> Outcome:
    is_base_hidden = _is_small(said, many, threshold)
    centre: dict[str, Any] = {}
    if said and said >= threshold:
        centre = _centre(version, question.code, said, with_quartiles=said >= max(4, 2 * threshold))
    return Outcome(
        question,
        many,
        _shown(said, is_base_hidden),
        _shown(many - said, is_base_hidden),
        None if is_base_hidden else said,
        **centre,
    )


def _centre(version: Version, code: str, said: int, *, with_quartiles: bool) -> dict[str, Any]:
    """Mean, median and quartiles (between the two middle values where there are two; quartiles by the nearest rank)."""
    rows = Answer.objects.filter(version=version, question=code, number__isnull=False)
    mean = rows.aggregate(mean=Avg("number"))["mean"]
    ordered = rows.order_by("number").values_list("number", flat=True)
    low, high = _at(ordered, (said - 1) // 2), _at(ordered, said // 2)
    found: dict[str, Any] = {
        "mean": Decimal(str(mean)).quantize(Decimal("0.01")),
        "median": ((low + high) / 2).normalize(),
    }
    if with_quartiles:
        found["quartiles"] = tuple(_at(ordered, -(-said * part // 4) - 1).normalize() for part in (1, 3))
    return found


def _at(ordered: QuerySet[Any, Any], rank: int) -> Decimal:
    return Decimal(ordered[rank])


def _years(version: Version, question: Question, many: int, said: int, threshold: int) -> Outcome:
    rows = Answer.objects.filter(version=version, question=question.code).annotate(year=ExtractYear("on"))
    years = dict(rows.values_list("year").annotate(many=Count("pk")).order_by("year"))
    codes = [str(year) for year in years]
    return Outcome(question, many, **_table(codes, list(years.values()), many, said, threshold))


def _words(question: Question, many: int, said: int, threshold: int) -> Outcome:
    is_hidden = _is_small(said, many, threshold)
    shown = (_shown(said, is_hidden), _shown(many - said, is_hidden))
    return Outcome(question, many, *shown, None if is_hidden else said)


def written_answers(version: Version, question: str, most: int) -> list[Answer]:
    """The latest answers in words, for those who may read answers."""
    rows = Answer.objects.filter(version=version, question=question, number__isnull=True)
    return firsts(rows.select_related("response").order_by("-pk"), most)
