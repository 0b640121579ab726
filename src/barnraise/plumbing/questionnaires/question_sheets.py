"""Questions as tables: one row each, so that they can be written together in a spreadsheet and taken in as a draft.

    code, kind, question (en), question (es), help (en), required, options (en), lowest, highest, low (en), high (en), unit, asked if

Options stand as `code = words` with semicolons between them, or as words alone; `asked if` is `code = option; option`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.tabular import recognise, rows
from barnraise.foundation.text import fold, squeeze

from .questions import KINDS, MOST_QUESTIONS, Option, Question, faults, fresh_code
from .sheets import NotRead

SPOKEN = {"question": "texts", "help": "help", "options": "options", "low": "low", "high": "high"}
"""Headings that are there once for each language, in brackets: "question (es)"."""
PLAIN = ("code", "kind", "required", "lowest", "highest", "unit", "asked if")
_ALIASES = {
    "pregunta": "question", "text": "question", "label": "question", "ayuda": "help", "hint": "help", "opciones": "options",
    "choices": "options", "codigo": "code", "name": "code", "tipo": "kind", "type": "kind", "obligatoria": "required",
    "minimo": "lowest", "maximo": "highest", "unidad": "unit", "si": "asked if", "relevant": "asked if",
}  # fmt: skip
_KINDS = {
    "one": "single", "radio": "single", "select one": "single", "una": "single", "several": "multiple", "checkbox": "multiple",
    "select multiple": "multiple", "varias": "multiple", "escala": "scale", "integer": "number", "decimal": "number",
    "numero": "number", "texto": "text", "fecha": "date", "acknowledge": "consent", "consentimiento": "consent",
}  # fmt: skip
_HEADING = re.compile(r"^(.*?)\s*(?:\(([a-z]{2,10})\)|::?\s*([a-z]{2,10}))$")
_YES = {"yes", "y", "true", "1", "x", "si", "required"}
_NO = {"", "no", "n", "false", "0"}
Cells = dict[tuple[str, str], str]


def question_lines(questions: Sequence[Question], language: str) -> Iterator[list[Any]]:
    """A head, then a line for each question; `language` comes first, then the others that something is written in."""
    used = {tongue for one in questions for texts in _spoken(one) for tongue in texts}
    tongues = [language, *sorted(used - {language})]
    yield [*PLAIN[:2], *(f"{name} ({tongue})" for name in SPOKEN for tongue in tongues), *PLAIN[2:]]
    for one in questions:
        said: dict[str, Mapping[str, str]] = {
            "question": one.texts,
            "help": one.help,
            "low": one.low,
            "high": one.high,
        }
        said["options"] = {
            tongue: "; ".join(f"{each.code} = {each.texts.get(tongue, '')}" for each in one.options)
            for tongue in tongues
            if any(each.texts.get(tongue) for each in one.options)
        }
        rule = f"{one.asked_if[0]} = {'; '.join(one.asked_if[1])}" if one.asked_if else ""
        yield [
            one.code,
            one.kind,
            *(said[name].get(tongue, "") for name in SPOKEN for tongue in tongues),
            "yes" if one.is_required else "",
            *("" if value is None else f"{value:f}" for value in (one.lowest, one.highest)),
            one.unit,
            rule,
        ]


def _spoken(one: Question) -> list[Mapping[str, str]]:
    return [one.texts, one.help, one.low, one.high, *(each.texts for each in one.options)]


def read(path: Path, name: str, language: str) -> list[Question]:
    """The questions of a table, in its order. Raises NotRead with a sentence for each thing to mend, UnreadableFile."""
    tables = recognise(path, name=name).tables
    if not tables:
        raise NotRead([_("No table was found in this file.")])
    table = tables[0]
    columns = {at: known for at, one in enumerate(table.columns) if (known := _column(one.name, language))}
    if ("question", language) not in columns.values():
        raise NotRead(
            [
                _("No column is called “question (%(language)s)”: it holds the words of each question.")
                % {"language": language}
            ]
        )
    found: list[Question] = []
    wrong: list[str] = []
    lines: dict[str, int] = {}
    for row in rows(path, table.choice):
        cells = {meant: squeeze(row.values[at]) for at, meant in columns.items() if at < len(row.values)}
        if not any(cells.values()):
            continue
        if len(found) >= MOST_QUESTIONS:
            raise NotRead([_("At most %(most)d questions can be asked at once.") % {"most": MOST_QUESTIONS}])
        one, reasons = _question(cells, [each.code for each in found], language)
        wrong += [
            _("Row %(row)d, column “%(column)s”: %(reason)s")
            % {"row": row.number, "column": column, "reason": why}
            for column, why in reasons
        ]
        lines.setdefault(one.code, row.number)
        found.append(one)
    if not wrong:
        wrong = [
            _("Row %(row)d, question “%(code)s”: %(reason)s")
            % {"row": lines.get(code, 0), "code": code, "reason": why}
            if code
            else why
            for code, why in faults(found, language)
        ]
    if wrong:
        raise NotRead(wrong)
    return found


def _column(heading: str, language: str) -> tuple[str, str] | None:
    """(name, language) of a heading; the language is "" where it has none, `language` where it is not said."""
    text = fold(heading)
    tongue = ""
    if parts := _HEADING.match(squeeze(heading).lower()):
        text, tongue = fold(parts[1]), parts[2] or parts[3]
    text = _ALIASES.get(text, text)
    if text in SPOKEN:
        return text, tongue or language
    return (text, "") if text in PLAIN else None


def _question(cells: Cells, taken: Sequence[str], language: str) -> tuple[Question, list[tuple[str, str]]]:
    """The question of one row, and (column, reason) of what has to be mended in it."""
    reasons: list[tuple[str, str]] = []
    texts = {
        name: {tongue: text for (each, tongue), text in cells.items() if each == name and text}
        for name in SPOKEN
    }
    kind = fold(cells.get(("kind", ""), "")) or ("single" if texts["options"] else "text")
    kind = _KINDS.get(kind, kind)
    if kind not in KINDS:
        reasons.append(("kind", _("Write one of %(kinds)s.") % {"kinds": ", ".join(KINDS)}))
    required = fold(cells.get(("required", ""), ""))
    if required not in _YES | _NO:
        reasons.append(("required", _("Write yes or no.")))
    numbers: dict[str, Decimal | None] = {}
    for name in ("lowest", "highest"):
        try:
            numbers[name] = Decimal(cells[name, ""]) if cells.get((name, "")) else None
        except InvalidOperation:
            numbers[name] = None
            reasons.append((name, _("Write a number.")))
    rule = _rule(cells.get(("asked if", ""), ""))
    if rule is not None and not rule[1]:
        reasons.append(
            (
                "asked if",
                _("Write the code of an earlier question, = and the answers, such as here = yes; maybe."),
            )
        )
    made = Question(
        code=cells.get(("code", "")) or fresh_code(texts["question"].get(language, ""), taken),
        kind=kind,
        texts=texts["question"],
        help=texts["help"],
        is_required=required in _YES,
        options=_options(texts["options"], language),
        lowest=numbers["lowest"],
        highest=numbers["highest"],
        low=texts["low"],
        high=texts["high"],
        unit=cells.get(("unit", ""), ""),
        asked_if=rule,
    )
    return made, reasons


def _rule(text: str) -> tuple[str, tuple[str, ...]] | None:
    if not text:
        return None
    code, _sign, wanted = text.partition("=")
    return code.strip(), tuple(part.strip() for part in wanted.split(";") if part.strip())


def _options(said: Mapping[str, str], language: str) -> tuple[Option, ...]:
    """Options of all languages, told apart by their codes, else by their place."""
    codes: list[str] = []
    texts: dict[str, dict[str, str]] = {}
    for tongue in [language, *(one for one in said if one != language)]:
        for at, part in enumerate(part for part in said.get(tongue, "").split(";") if part.strip()):
            code, sign, words = (piece.strip() for piece in part.partition("="))
            if not sign:
                words = code
                code = codes[at] if tongue != language and at < len(codes) else fresh_code(words, codes)
            if code not in texts:
                codes.append(code)
                texts[code] = {}
            texts[code][tongue] = words
    return tuple(
        Option(code, {tongue: words for tongue, words in texts[code].items() if words}) for code in codes
    )
