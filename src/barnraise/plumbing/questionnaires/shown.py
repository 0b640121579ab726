"""Questions and outcomes as pages show them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from barnraise.foundation.html import Safe, el, join
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.charts import Chart, bars
from barnraise.plumbing.ui.components import badge, data, figure, number

from .models import Answer, Questionnaire, Version
from .questions import Question, spoken
from .selectors import Cell, Outcome

KINDS: Mapping[str, Any] = {
    "single": gettext_lazy("One of several"),
    "multiple": gettext_lazy("Some of several"),
    "scale": gettext_lazy("Scale"),
    "number": gettext_lazy("Number"),
    "text": gettext_lazy("In words"),
    "date": gettext_lazy("Day"),
    "consent": gettext_lazy("Agreement"),
}
STATES: Mapping[str, Any] = {
    "draft": gettext_lazy("Draft"),
    "planned": pgettext_lazy("questionnaire", "Opens later"),
    "open": pgettext_lazy("questionnaire", "Open"),
    "closed": pgettext_lazy("questionnaire", "Closed"),
}
TONES: Mapping[str, Any] = {"open": "good", "planned": "accent", "draft": "neutral", "closed": "neutral"}


def responses_of(row: Questionnaire, which: str = "") -> str:
    """Where its responses are; `which` narrows them."""
    return f"{reverse('questionnaires:responses')}?questionnaire={row.pk}" + (f"&{which}" if which else "")


def state_badge(state: str) -> Safe:
    """One of the states as word and colour."""
    return badge(STATES[state], tone=TONES[state])


def tongue() -> tuple[str, str]:
    """(language of the reader, main language of the house)."""
    return get_language() or "", installation().default_language


def question_text(question: Question) -> str:
    """The question as the reader reads it."""
    return spoken(question.texts, *tongue())


def rule_words(question: Question, questions: Sequence[Question]) -> str:
    """When it is asked, as a sentence; empty when always."""
    if question.asked_if is None:
        return ""
    code, wanted = question.asked_if
    before = next((one for one in questions if one.code == code), None)
    if before is None:
        return ""
    answers = ", ".join(before.label(each, *tongue()) for each in wanted)
    return _("Only if you answered “%(answers)s” to “%(question)s”.") % {
        "answers": answers,
        "question": question_text(before),
    }


def fields(
    questions: Sequence[Question],
    given: Mapping[str, Sequence[str]] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """Each question as the template of answering needs it, with what was filled in and what is wrong with it."""
    language, fallback = tongue()
    found = []
    for one in questions:
        values = list((given or {}).get(one.code, ()))
        found.append(
            {
                "name": f"a_{one.code}",
                "code": one.code,
                "kind": one.kind,
                "text": spoken(one.texts, language, fallback),
                "help": spoken(one.help, language, fallback),
                "is_required": one.is_required,
                "unit": one.unit,
                "lowest": one.lowest,
                "highest": one.highest,
                "low": spoken(one.low, language, fallback),
                "high": spoken(one.high, language, fallback),
                "value": values[0] if values else "",
                "boxes": [
                    (code, one.label(code, language, fallback), code in values) for code in one.choices()
                ],
                "wrong": (wrong or {}).get(one.code, ""),
                "rule": rule_words(one, questions),
                "asked_if": one.asked_if[0] if one.asked_if else "",
                "asked_when": " ".join(one.asked_if[1]) if one.asked_if else "",
            }
        )
    return found


def filled(post: Any, questions: Sequence[Question]) -> dict[str, list[str]]:
    """What a sent form holds, by question."""
    return {one.code: post.getlist(f"a_{one.code}") for one in questions}


def answer_words(question: Question, answers: Sequence[Answer]) -> str:
    """What was answered, as a person reads it."""
    if not answers:
        return ""
    first = answers[0]
    if first.code and question.kind != "scale":
        return ", ".join(question.label(one.code, *tongue()) for one in answers)
    if first.number is not None:
        return f"{first.number.normalize():f} {question.unit}".strip()
    return first.on.isoformat() if first.on else first.text


def result(outcome: Outcome, version: Version, *, may_read: bool) -> dict[str, Any]:
    """An outcome as the page of results needs it: a chart with its table, and the sentence below.

    Numbers lead to the responses where the reader `may_read` them.
    """
    rows = (
        f"{reverse('questionnaires:responses')}?answer={version.pk}:{outcome.question.code}:"
        if may_read
        else ""
    )
    said = outcome.answered
    question = outcome.question
    labels = {cell.code: question.label(cell.code, *tongue()) for cell in outcome.cells}
    return {
        "outcome": outcome,
        "text": question_text(question),
        "kind": KINDS[question.kind],
        "answered": "" if said is None else figure(said, rows=rows),
        "chart": _chart(outcome, labels, rows) if outcome.cells else None,
        "centre": _centre(outcome),
    }


def _percent(share: float | None) -> Any:
    return "" if share is None else number(round(share * 100, 1), unit="%")


def _between(cell: Cell) -> Any:
    if cell.low is None or cell.high is None:
        return ""
    return join([number(round(cell.low * 100, 1)), "–", number(round(cell.high * 100, 1), unit="%")])


def _count(count: int | None, rows: str) -> Any:
    return el("span", _("hidden (small number)")) if count is None else figure(count, rows=rows)


def _chart(outcome: Outcome, labels: Mapping[str, str], where: str) -> Chart:
    drawn = bars(
        question_text(outcome.question),
        _("How many chose what; small numbers are hidden."),
        [(labels[cell.code], cell.count) for cell in outcome.cells],
        columns=(_("Answer"), _("Responses")),
    )
    rows = [
        (
            data(labels[cell.code]) if outcome.question.kind != "consent" else el("span", labels[cell.code]),
            _count(cell.count, f"{where}{cell.code}" if where and outcome.question.kind != "date" else ""),
            _percent(cell.share),
            _between(cell),
        )
        for cell in outcome.cells
    ]
    heads = (_("Answer"), _("Responses"), _("Share"), _("95 % interval"))
    return replace(drawn, columns=heads, rows=rows, numeric=(1, 2, 3))


def _centre(outcome: Outcome) -> list[tuple[Any, Any]]:
    unit = outcome.question.unit
    found: list[tuple[Any, Any]] = []
    if outcome.mean is not None:
        found += [(_("Mean"), number(outcome.mean, unit=data(unit) if unit else ""))]
    if outcome.median is not None:
        found += [(_("Median"), number(outcome.median, unit=data(unit) if unit else ""))]
    if outcome.quartiles:
        low, high = outcome.quartiles
        found += [(_("Middle half"), f"{low:f}–{high:f} {unit}".strip())]
    return found
