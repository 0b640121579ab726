"""What a question is, and what is wrong with a list of them. Pure.

As JSON: {"code": "safe", "kind": "single", "texts": {"en": "Do you feel safe?"}, "help": {}, "is_required": true,
"options": [{"code": "yes", "texts": {"en": "Yes"}}], "lowest": null, "highest": null, "low": {}, "high": {}, "unit": "",
"asked_if": {"question": "here", "any_of": ["yes"]}}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.text import fold

KINDS = ("single", "multiple", "scale", "number", "text", "date", "consent")
CHOICES = ("single", "multiple", "scale", "consent")
"""Kinds whose answers are codes that can be counted."""
MOST_QUESTIONS, MOST_OPTIONS, MOST_STEPS = 200, 100, 11
LONGEST = 2000
"""Characters of a question or an answer in words."""
_CODE = re.compile(r"^[a-z0-9][a-z0-9_]{0,39}$")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `asked_if` is (code of an earlier question, codes of it of which one has to be chosen), or None."""

    code: str
    kind: str
    texts: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = False
    options: tuple[Option, ...] = ()
    lowest: Decimal | None = None
    highest: Decimal | None = None
    low: Mapping[str, str] = field(default_factory=dict)
    high: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    asked_if: tuple[str, tuple[str, ...]] | None = None

    def choices(self) -> list[str]:
        """The codes that can be answered; empty for kinds without choice."""
        if self.kind == "scale":
            return [str(step) for step in range(int(self.lowest or 0), int(self.highest or 0) + 1)]
        if self.kind == "consent":
            return ["yes", "no"]
        return [option.code for option in self.options]

    def label(self, code: str, language: str, fallback: str) -> str:
        """What a choice is called."""
        if self.kind == "consent":
            return _("Yes") if code == "yes" else _("No")
        found = next((option.texts for option in self.options if option.code == code), None)
        return spoken(found, language, fallback) if found else code


def spoken(texts: Mapping[str, str], language: str, fallback: str) -> str:
    """The text in this language, else in the fallback, else in any."""
    return texts.get(language) or texts.get(fallback) or next((one for one in texts.values() if one), "")


def read_all(given: Iterable[Mapping[str, Any]]) -> list[Question]:
    """Questions of their JSON. Raises ValueError naming what has the wrong shape."""
    return [_read(one) for one in given]


def _read(one: Mapping[str, Any]) -> Question:
    rule = one.get("asked_if")
    try:
        return Question(
            code=str(one["code"]),
            kind=str(one["kind"]),
            texts=_texts(one.get("texts")),
            help=_texts(one.get("help")),
            is_required=bool(one.get("is_required")),
            options=tuple(
                Option(str(each["code"]), _texts(each.get("texts"))) for each in one.get("options") or ()
            ),
            lowest=_decimal(one.get("lowest")),
            highest=_decimal(one.get("highest")),
            low=_texts(one.get("low")),
            high=_texts(one.get("high")),
            unit=str(one.get("unit") or ""),
            asked_if=(str(rule["question"]), tuple(str(code) for code in rule["any_of"])) if rule else None,
        )
    except (KeyError, TypeError, AttributeError, InvalidOperation) as wrong:
        raise ValueError(f"Not a question: {wrong!r}") from wrong


def _texts(given: Mapping[str, str] | None) -> dict[str, str]:
    return {str(language): str(text).strip() for language, text in (given or {}).items() if str(text).strip()}


def _decimal(given: Any) -> Decimal | None:
    return None if given is None or given == "" else Decimal(str(given))


def write_all(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Their JSON, from which `read_all` makes them again."""
    return [
        {
            "code": one.code,
            "kind": one.kind,
            "texts": dict(one.texts),
            "help": dict(one.help),
            "is_required": one.is_required,
            "options": [{"code": each.code, "texts": dict(each.texts)} for each in one.options],
            "lowest": _plain(one.lowest),
            "highest": _plain(one.highest),
            "low": dict(one.low),
            "high": dict(one.high),
            "unit": one.unit,
            "asked_if": {"question": one.asked_if[0], "any_of": list(one.asked_if[1])}
            if one.asked_if
            else None,
        }
        for one in questions
    ]


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def fresh_code(text: str, taken: Iterable[str]) -> str:
    """A code made of the first words of a text, one that is not taken."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")[:30].strip("_")
    start, used, at = words or "q", set(taken), 2
    code = start
    while code in used:
        code, at = f"{start}_{at}", at + 1
    return code


def faults(questions: Sequence[Question], language: str) -> list[tuple[str, str]]:
    """(code of the question, reason) of everything that keeps these questions from being asked. `language` must be there."""
    found: list[tuple[str, str]] = []
    if not questions:
        found.append(("", _("Add one question at least.")))
    if len(questions) > MOST_QUESTIONS:
        found.append(("", _("At most %(most)d questions can be asked at once.") % {"most": MOST_QUESTIONS}))
    earlier: dict[str, Question] = {}
    for one in questions:
        reasons = [*_shape_faults(one, language), *_choice_faults(one, language), *_rule_faults(one, earlier)]
        if one.code in earlier:
            reasons.append(_("Another question has this code already."))
        found += [(one.code, reason) for reason in reasons]
        earlier[one.code] = one
    return found


def _shape_faults(one: Question, language: str) -> list[str]:
    found = []
    if not _CODE.match(one.code):
        found.append(_("A code has 1 to 40 small letters, digits and underscores."))
    if one.kind not in KINDS:
        found.append(_("Choose one of the kinds of questions."))
    if not one.texts.get(language):
        found.append(_("Write the question in the main language."))
    texts = [*one.texts.values(), *one.help.values(), *one.low.values(), *one.high.values(), one.unit]
    texts += [text for option in one.options for text in option.texts.values()]
    if any(len(text) > LONGEST for text in texts):
        found.append(_("A text is longer than 2,000 characters."))
    if any("\x00" in text for text in texts):
        found.append(_("It contains a character that cannot be stored."))
    return found


def _choice_faults(one: Question, language: str) -> list[str]:
    if one.kind in ("single", "multiple"):
        return _option_faults(one, language)
    if one.kind == "scale":
        low, high = one.lowest, one.highest
        if low is None or high is None or low != int(low) or high != int(high):
            return [_("A scale needs whole numbers as its lowest and highest step.")]
        if not 1 <= high - low < MOST_STEPS or low < 0:
            return [_("A scale has 2 to 11 steps, from 0 or 1 upwards.")]
    if (
        one.kind == "number"
        and one.lowest is not None
        and one.highest is not None
        and one.lowest > one.highest
    ):
        return [_("The lowest number is above the highest.")]
    return []


def _option_faults(one: Question, language: str) -> list[str]:
    found = []
    codes = [option.code for option in one.options]
    if len(codes) < 2:
        found.append(_("Give two options at least."))
    if len(codes) > MOST_OPTIONS:
        found.append(_("At most 100 options can be offered."))
    if len(set(codes)) < len(codes):
        found.append(_("Two options have the same code."))
    if any(not _CODE.match(code) for code in codes):
        found.append(_("A code has 1 to 40 small letters, digits and underscores."))
    if any(not option.texts.get(language) for option in one.options):
        found.append(_("Write every option in the main language."))
    return found


def _rule_faults(one: Question, earlier: Mapping[str, Question]) -> list[str]:
    if one.asked_if is None:
        return []
    code, wanted = one.asked_if
    before = earlier.get(code)
    if before is None or before.kind not in CHOICES:
        return [_("It can only depend on a question with choices that comes before it.")]
    if not wanted or set(wanted) - set(before.choices()):
        return [_("It depends on an answer that cannot be given.")]
    return []
