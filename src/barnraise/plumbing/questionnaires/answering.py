"""From what somebody filled in to answers that can be kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from .questions import CHOICES, LONGEST, Question

LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, or one ticked option."""

    question: str
    code: str = ""
    number: Decimal | None = None
    text: str = ""
    on: date | None = None


class Unfit(Exception):
    """What was filled in is no answer to the question. The reason is a sentence."""


def check(
    questions: Sequence[Question], given: Mapping[str, Sequence[str]]
) -> tuple[list[Said], dict[str, str]]:
    """(answers, reasons by question). Questions that were not to be asked are passed over, whatever was filled in."""
    said: list[Said] = []
    wrong: dict[str, str] = {}
    chosen: dict[str, set[str]] = {}
    for one in questions:
        if not is_asked(one, chosen):
            continue
        try:
            answers = _answers(one, [text.strip() for text in given.get(one.code, ()) if text.strip()])
        except Unfit as no:
            wrong[one.code] = str(no)
            continue
        if one.kind in CHOICES:
            chosen[one.code] = {answer.code for answer in answers}
        said += answers
    return said, wrong


def is_asked(one: Question, chosen: Mapping[str, set[str]]) -> bool:
    """Its rule lets it be asked after these choices."""
    return one.asked_if is None or bool(chosen.get(one.asked_if[0], set()) & set(one.asked_if[1]))


def _answers(one: Question, given: Sequence[str]) -> list[Said]:
    if one.kind == "consent":
        if one.is_required and "yes" not in given:
            raise Unfit(_("Without this consent the answers cannot be taken."))
        return [Said(one.code, code="yes" if "yes" in given else "no")]
    if not given:
        if one.is_required:
            raise Unfit(_("Please answer this question."))
        return []
    if any("\x00" in text for text in given):
        raise Unfit(_("It contains a character that cannot be stored."))
    if one.kind in CHOICES:
        return _chosen(one, given)
    return [_written(one, given[0])]


def _chosen(one: Question, given: Sequence[str]) -> list[Said]:
    known = one.choices()
    wanted = list(dict.fromkeys(given))
    if strange := [code for code in wanted if code not in known]:
        raise Unfit(_("“%(code)s” cannot be chosen here.") % {"code": strange[0][:40]})
    if len(wanted) > 1 and one.kind != "multiple":
        raise Unfit(_("Choose one answer only."))
    number = Decimal(wanted[0]) if one.kind == "scale" else None
    return [Said(one.code, code=code, number=number) for code in known if code in wanted]


def _written(one: Question, text: str) -> Said:
    if one.kind == "number":
        return Said(one.code, number=_number(one, text))
    if one.kind == "date":
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise Unfit(_("Write the day like 2026-05-31.")) from None
        if not 1900 <= day.year <= 9000:
            raise Unfit(_("Write a day from 1900 on."))
        return Said(one.code, on=day)
    if len(text) > LONGEST:
        raise Unfit(_("At most 2,000 characters are taken here."))
    return Said(one.code, text=text)


def _number(one: Question, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unfit(_("Write a number, such as 12 or 3.5.")) from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise Unfit(_("This number is too large to be meant."))
    if one.lowest is not None and number < one.lowest:
        raise Unfit(_("The number has to be %(lowest)s at least.") % {"lowest": f"{one.lowest:f}"})
    if one.highest is not None and number > one.highest:
        raise Unfit(_("The number has to be %(highest)s at most.") % {"highest": f"{one.highest:f}"})
    return number.quantize(Decimal("0.0001"))
